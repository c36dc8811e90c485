"""A package for each feature; `main.py` puts them together."""
