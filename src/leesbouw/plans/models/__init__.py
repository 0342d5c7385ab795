"""Everything that plans keeps."""

from .blocks import BlockEvidence, BlockSolution, BlockYear
from .todo import Action, ActionCompletion

__all__ = ["Action", "ActionCompletion", "BlockEvidence", "BlockSolution", "BlockYear"]
