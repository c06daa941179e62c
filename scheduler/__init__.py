"""Quotidian: articles into a steady stream of short posts with quote pictures."""
