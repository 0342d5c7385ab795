"""The collection: titles, the copies that children hold in their hands, and what was agreed about them."""

from .catalogue import Copy, Title, TitleWord, WordPlace
from .environments import Environment, EnvironmentPhoto
from .provision import Exclusion, Provision
from .sets import BookSet, SetStay
from .stocktakes import Stocktake, StocktakeScan

__all__ = [
    "BookSet",
    "Copy",
    "Environment",
    "EnvironmentPhoto",
    "Exclusion",
    "Provision",
    "SetStay",
    "Stocktake",
    "StocktakeScan",
    "Title",
    "TitleWord",
    "WordPlace",
]
