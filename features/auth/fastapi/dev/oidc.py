    os.environ["OIDC_AUDIENCE"] = os.environ.get("OIDC_AUDIENCE") or PACKAGE
