"""What may be wrong with a post before it goes out: findings, each with its rule, place and way out."""
