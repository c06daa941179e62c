"""Sample cards, and how a machine reads them back."""
