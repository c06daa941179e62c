"""Networks, one a file; none knows another."""
