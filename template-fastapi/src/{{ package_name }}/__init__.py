"""The service: `main.py` assembles it from the features beside it and the machinery in `core/`."""
