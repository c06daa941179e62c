"""How a person reaches it on a screen."""
