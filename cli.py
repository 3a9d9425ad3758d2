"""The door for a checkout: ``python cli.py extract samples/…`` does what the installed ``zhfacts`` does."""

from pipeline.commands import main

if __name__ == "__main__":
    main()
