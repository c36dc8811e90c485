"""Notes: the worked example of a resource of the API."""

from .views import bp as bp
