"""Tests: what people and programs see of the app, over HTTP."""
