"""Our painter as one of the workers that `bench/cards/speed.py` sets side by side: a job a line, its cost a line."""

from __future__ import annotations

import json
import sys
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from scheduler.cards import brand, encode, template, work
from scheduler.cards.paint import paint
from scheduler.domain.card import CardRequest

brand_in, template_in = lru_cache(brand.load), lru_cache(template.load)


def card(request: CardRequest) -> tuple[bytes, float]:
    """The file's bytes, as the painting child makes them, and the quote's size in pixels."""
    look = brand_in(Path(request.brand_folder))
    spec = work.draw(request, look, template_in).spec
    assert spec.spec_hash  # what the file is called
    image = paint(spec, look.fonts, work.pictures_of(spec, look, request))
    return encode.encode(image, request.format), max((line.size for line in spec.lines), default=0.0)


def forget() -> None:
    """Empties every cache of ours: brand, template, photo, fonts, widths, masks. Only the imported code stays."""
    brand_in.cache_clear()
    template_in.cache_clear()
    for name, module in list(sys.modules.items()):
        if name.startswith("scheduler.cards"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def serve() -> None:
    """Answers each line of standard input."""
    for line in sys.stdin:
        job: dict[str, Any] = json.loads(line)
        if "request" not in job:
            print("{}", flush=True)
            continue
        if job["uncached"]:
            forget()
        start = time.process_time()
        picture, size = card(CardRequest(**job["request"]))
        cpu = (time.process_time() - start) * 1000
        if job.get("out"):
            Path(job["out"]).write_bytes(picture)
        print(json.dumps({"cpu": cpu, "bytes": len(picture), "size": size}), flush=True)


if __name__ == "__main__":
    serve()
