"""The machinery, maintained by the template: no endpoints or tables of the service itself."""
