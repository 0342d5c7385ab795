"""Rules about models: keys point downwards, every field is classified, no join leads out of the guard and back."""

from __future__ import annotations

from types import SimpleNamespace

from django.apps import apps
from django.contrib.auth import get_user_model

from tools.rules import models as rules


def our_models() -> list:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("leesbouw.")
        for model in config.get_models()
    ]


def field(name: str, target: object = None, hidden: bool = False) -> SimpleNamespace:
    remote = SimpleNamespace(hidden=hidden) if target else None
    return SimpleNamespace(
        name=name,
        attname=name,
        is_relation=target is not None,
        related_model=target,
        remote_field=remote,
    )


def model(app: str, name: str, *fields: SimpleNamespace, bases: tuple = (), **attributes: object) -> type:
    """Something that looks like a model to the rules, without a registry."""
    meta = SimpleNamespace(app_label=app, local_fields=list(fields), local_many_to_many=[])
    return type(name, bases, {"_meta": meta, **attributes})


def test_keys_point_downwards() -> None:
    user = get_user_model()

    assert [line for each in our_models() for line in rules.upward_keys(each, user)] == []


def test_a_key_upwards_or_sideways_is_caught() -> None:
    heights = {"exchange": 0, "dashboards": 0, "people": 1, "organisations": 2}
    above, beside = model("exchange", "Run"), model("dashboards", "Tile")
    below, user = model("organisations", "Unit"), model("exchange", "User")

    def found(app: str, target: type) -> list[str]:
        return list(rules.upward_keys(model(app, "X", field("to", target)), user, heights))

    assert found("people", above) == ["people.X.to points upwards, at exchange.Run"]
    assert found("exchange", beside) == ["exchange.X.to points upwards, at dashboards.Tile"]
    assert found("people", below) == []
    assert found("people", user) == []


def test_every_app_has_a_place_in_the_layers() -> None:
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith("leesbouw.")}

    assert labels - set(rules.ranks()) == set()


def test_every_field_is_classified() -> None:
    assert [line for each in our_models() for line in rules.unclassified(each)] == []


def test_a_forgotten_a_double_and_an_invented_field_are_caught() -> None:
    privacy = type("Privacy", (), {"none": "id id gone", "public": "x"})
    lines = list(rules.unclassified(model("people", "X", field("id"), field("email"), Privacy=privacy)))

    assert lines == [
        "people.X.Privacy.public is not one of none, personal, secret, special, kept",
        "people.X.id is classified twice",
        "people.X.gone is classified but does not exist",
        "people.X.email is not classified",
    ]


def test_a_model_without_a_privacy_class_is_caught_even_when_its_parent_has_one() -> None:
    parent = model("people", "Parent", Privacy=type("Privacy", (), {"none": "id"}))

    assert list(rules.unclassified(model("people", "X", bases=(parent,)))) == [
        "people.X has no Privacy class"
    ]


def test_personal_data_without_a_term_is_caught() -> None:
    privacy = type("Privacy", (), {"personal": "email"})

    assert list(rules.unclassified(model("people", "X", field("email"), Privacy=privacy))) == [
        "people.X holds personal data and does not say how long it is kept"
    ]


def test_no_key_leads_out_of_the_guard_and_back() -> None:
    assert [line for each in our_models() for line in rules.leaking_keys(each)] == []


def test_a_key_out_of_the_guard_is_caught() -> None:
    guard = type("GuardedModel", (), {})
    unit = model("organisations", "Unit")

    def found(hidden: bool) -> list[str]:
        return list(rules.leaking_keys(model("people", "X", field("unit", unit, hidden), bases=(guard,))))

    assert found(hidden=False) == ['X.unit: a key out of the guard needs related_name="+"']
    assert found(hidden=True) == []
