"""What a new OpenAPI document breaks for the clients of an old one."""

from .operations import breaks as breaks
