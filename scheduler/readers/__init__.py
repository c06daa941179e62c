"""Bytes of one file into an article: one reader a format, each by the port's shape, none touching the disk."""
