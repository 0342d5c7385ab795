"""The rules of the house that no ready-made linter knows.

Each rule is a function that takes what it judges and yields one line per violation; `python -m tools.rules` applies
all that need no database to the repository, tests/architecture proves that each can fail.
"""
