"""`python -m superbill` is the `superbill` command."""

from superbill.cli.main import run

if __name__ == "__main__":
    run()
