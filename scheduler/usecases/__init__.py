"""Verbs over ports: what happens when."""
