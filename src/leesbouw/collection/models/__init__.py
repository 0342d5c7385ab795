"""The collection: titles, the copies that children hold in their hands, and what was agreed about them."""

from .catalogue import Copy, Title, TitleWord, WordPlace
from .provision import Exclusion, Provision

__all__ = ["Copy", "Exclusion", "Provision", "Title", "TitleWord", "WordPlace"]
