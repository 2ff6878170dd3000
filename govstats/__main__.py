"""`python -m govstats`."""

from govstats.cli import main

if __name__ == "__main__":
    main()
