    if not os.environ.get("SECRET_KEYS"):
        os.environ["SECRET_KEYS"] = os.urandom(32).hex()
        print("Without SECRET_KEYS, whoever signs in stays so until this program ends.")
