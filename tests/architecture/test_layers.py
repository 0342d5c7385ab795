"""The layers are written down for every app that has modules of its own."""

from __future__ import annotations

import configparser

from tools.rules.sources import ROOT, package_sources

WITHOUT_MODULE_ORDER = {"config", "core", "rendering", "ui", "cli"}  # kernels: rooms, not the order of an app


def contract(name: str) -> dict[str, str]:
    config = configparser.ConfigParser()
    config.read_string((ROOT / ".importlinter").read_text())
    return dict(config[f"importlinter:contract:{name}"])


def test_every_app_is_held_to_the_order_inside_an_app() -> None:
    listed = {line.rpartition(".")[2] for line in contract("inside")["containers"].split()}
    present = {source.app for source in package_sources() if source.app} - WITHOUT_MODULE_ORDER

    assert listed == present
