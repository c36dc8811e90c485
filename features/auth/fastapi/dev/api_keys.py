    print(f"For a key: uv run python -m {PACKAGE}.auth keys create me")
