"""Rules about models, which need Django's registry of apps: see tests/architecture/test_models.py."""

from __future__ import annotations

import configparser
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from .sources import ROOT

CLASSES = {"none", "personal", "special", "secret"}  # how a field may be classified; `kept` says how long


@cache
def ranks(path: Path = ROOT / ".importlinter") -> dict[str, int]:
    """The height of every app, from the layers in .importlinter; 0 is the top, siblings are equal."""
    config = configparser.ConfigParser()
    config.read_string(path.read_text(encoding="utf-8"))
    layers = config["importlinter:contract:apps"]["layers"].strip().splitlines()
    return {
        name.strip(" ()"): rank
        for rank, line in enumerate(layers)
        for name in line.split("|")
        if name.strip()
    }


def upward_keys(model: Any, user_model: Any, heights: dict[str, int] | None = None) -> Iterator[str]:
    """Relations of a model that point at an app above or beside its own."""
    heights = ranks() if heights is None else heights
    own = model._meta.app_label
    for field in own_fields(model):
        target = field.related_model if field.is_relation else None
        if target is None or isinstance(target, str) or target is user_model:
            continue
        other = target._meta.app_label
        if other != own and other in heights and heights[other] <= heights[own]:
            yield f"{own}.{model.__name__}.{field.name} points upwards, at {other}.{target.__name__}"


def leaking_keys(model: Any) -> Iterator[str]:
    """Keys from a guarded model to an unguarded one that let a join come back at persons."""
    if not is_guarded(model):
        return
    for field in own_fields(model):
        target = field.related_model if field.is_relation else None
        if target is not None and not is_guarded(target) and not field.remote_field.hidden:
            yield f'{model.__name__}.{field.name}: a key out of the guard needs related_name="+"'


def is_guarded(model: Any) -> bool:
    return any(base.__name__ == "GuardedModel" for base in model.__mro__)


def own_fields(model: Any) -> list[Any]:
    """Fields declared on this model or an abstract base of it; a concrete parent classifies its own."""
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def unclassified(model: Any) -> Iterator[str]:
    """Fields that the nested Privacy class forgets, names twice or does not know."""
    where = f"{model._meta.app_label}.{model.__name__}"
    privacy = model.__dict__.get("Privacy")
    if privacy is None:
        yield f"{where} has no Privacy class"
        return
    told = {key: value for key, value in vars(privacy).items() if not key.startswith("_")}
    for key in sorted(set(told) - CLASSES - {"kept"}):
        yield f"{where}.Privacy.{key} is not one of {', '.join(sorted(CLASSES))}, kept"
    named = [name for key in sorted(CLASSES & set(told)) for name in told[key].split()]
    fields = {name for field in own_fields(model) for name in (field.name, field.attname or field.name)}
    for name in sorted({name for name in named if named.count(name) > 1}):
        yield f"{where}.{name} is classified twice"
    for name in sorted(set(named) - fields):
        yield f"{where}.{name} is classified but does not exist"
    for field in own_fields(model):
        if not {field.name, field.attname or field.name} & set(named):
            yield f"{where}.{field.name} is not classified"
    if (told.get("personal") or told.get("special")) and not told.get("kept"):
        yield f"{where} holds personal data and does not say how long it is kept"
