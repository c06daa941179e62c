"""Parts of `speed.py` beside it: the peers, our own worker, and what is measured of them."""
