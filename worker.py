"""The service from a plain checkout: `python worker.py` serves the workspace in the current directory."""

from scheduler.service import main

if __name__ == "__main__":
    raise SystemExit(main())
