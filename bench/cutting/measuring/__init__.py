"""Parts of the scripts beside it: marked articles, measures, rankers to compare with, and the fit."""
