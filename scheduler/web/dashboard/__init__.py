"""The dashboard: what is coming, what went out, and why, on a screen that works without JavaScript."""
