"""Sample cards, generated ones, and what is asked of each: what stands where, and what a machine reads on it."""
