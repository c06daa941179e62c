"""An article into ranked excerpts, word for word: sentences, repairs, gates, candidates, ranking, diversity."""

from scheduler.cutting.pipeline import cut

__all__ = ["cut"]
