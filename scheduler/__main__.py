"""python -m scheduler: the command line from a plain checkout."""

from scheduler.cli import main

if __name__ == "__main__":
    main()
