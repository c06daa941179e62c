"""make demo CHANNEL=x: the demo on the folder and on a stand-in for X, whose own record is printed beside the log."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

from tests.servers.x import stand_in
from tests.servers.x_book import LONGEST, Book, weight
from tests.servers.x_keys import OPTIONS


def environment(url: str) -> dict[str, str]:
    """The variables that add an account on X to a workspace's settings."""
    options = {f"OPTIONS__{key.upper()}": value for key, value in OPTIONS.items()}
    account = {"NETWORK": "x", "SLOTS": "tue 09:00, thu 17:30", "OPTIONS__SERVER": url, **options}
    return {f"QUOTIDIAN_CHANNELS__X__{key}": value for key, value in account.items()}


def told(book: Book) -> Iterator[str]:
    """What the stand-in holds and what it would have cost, a line each."""
    yield f"\nThe stand-in for X holds {len(book.posts)} posts:"
    for post in book.posts:
        alts = sum(bool(upload.alt_text) for upload in post.media)
        words = " ".join(post.text.split())
        yield f"  {post.id}  {weight(post.text):3} of {LONGEST}, {len(post.media)} card, {alts} alt text  {words}"
    bill = Counter(what for what, _ in book.ledger)
    items = ", ".join(f"{count} × {what}" for what, count in bill.items())
    yield f"On X it would have cost ${book.cost_usd:.3f}: {items or 'nothing'}."


def main() -> int:
    """Runs the demo with the stand-in; the demo's exit code."""
    with stand_in() as server:
        command = [sys.executable, "-m", "scheduler", "demo"]
        code = subprocess.run(command, env=os.environ | environment(server.url), check=False).returncode
        sys.stdout.write("\n".join(told(server.book)) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
