# Who talks to it: `client`, who may do everything, `other`, who may too, and a `stranger`.
pytest_plugins = ["clients"]
