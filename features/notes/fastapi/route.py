class Route(ScopedRoute, IdempotentRoute):
    """It asks for a scope first, and answers a repeated POST as it did before."""
