"""Parts of the scripts beside it: marked articles, measures, rankers to compare with, and the fit.

One thread is enough for matrices of this size, and several wait for each other.
"""

import os

for _library in ("OMP", "OPENBLAS"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
