"""The service. `main.py` puts it together: features stand beside it, machinery in `core/`."""
