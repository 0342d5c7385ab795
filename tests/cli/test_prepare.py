"""What must be in order before the start: each fault is one sentence and exit code 1."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from leesbouw.cli import Stop, prepare, run
from leesbouw.cli.main import main
from leesbouw.core import content

Usage = namedtuple("Usage", "total used free")


def sentence_of(work: Callable[[], object]) -> str:
    with pytest.raises(Stop) as stopped:
        work()
    assert stopped.value.code == 1
    return stopped.value.sentence


# Folder and disk


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    prepare.folder_is_usable(tmp_path / "a" / "data")

    assert (tmp_path / "a" / "data").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    sentence = sentence_of(lambda: prepare.folder_is_usable(tmp_path / "file" / "data"))

    assert str(tmp_path / "file" / "data") in sentence
    assert "LEESBOUW_DATA" in sentence


def test_a_full_and_a_nearly_full_disk_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare.shutil, "disk_usage", lambda _: Usage(10, 10, 1024))
    nearly = sentence_of(lambda: prepare.folder_is_usable(tmp_path))

    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(prepare.tempfile, "TemporaryFile", full)
    completely = sentence_of(lambda: prepare.folder_is_usable(tmp_path))

    assert nearly != completely


def test_two_cannot_run_on_one_folder(tmp_path: Path) -> None:
    code = (
        "import sys,pathlib;from leesbouw.cli import prepare;prepare.hold_alone(pathlib.Path(sys.argv[1]));"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(prepare.__file__).parents[2])}
    first = subprocess.Popen(
        # through exec, as `leesbouw run` does
        [
            sys.executable,
            "-c",
            code + "import os;os.execv('/bin/sh',['sh','-c','echo held;read x'])",
            tmp_path,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert first.stdout is not None
    assert first.stdout.readline() == b"held\n"
    second = subprocess.run(
        [sys.executable, "-c", code, tmp_path], env=environment, capture_output=True, check=False, text=True
    )
    first.communicate()
    third = subprocess.run([sys.executable, "-c", code, tmp_path], env=environment, check=False)

    assert (second.returncode, third.returncode) == (1, 0)
    assert str(tmp_path) in second.stderr
    assert "Traceback" not in second.stderr


# Port


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_no_port_is_refused(text: str) -> None:
    assert "65535" in sentence_of(lambda: prepare.port_number(text))


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert str(port) in sentence_of(lambda: prepare.port_is_free("127.0.0.1", port))
    prepare.port_is_free("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.9", "300.1.1.1"])
def test_a_host_that_is_not_here_is_named(host: str) -> None:
    assert host in sentence_of(lambda: prepare.port_is_free(host, 8000))


@pytest.mark.parametrize(
    "url", ["leesbouw.nl", "ftp://leesbouw.nl", "https://", "http:///x", "http://x:abc", "http://[x"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert "LEESBOUW_URL" in sentence_of(lambda: prepare.addresses_are_sound(url, ""))


@pytest.mark.parametrize(
    "url",
    ["mysql://anna:geheim@host/x", "postgresql://anna:geheim@host", "postgresql://anna:geheim@host:port/x"],
)
def test_a_database_that_is_none_of_ours_is_refused_without_telling_its_address(url: str) -> None:
    sentence = sentence_of(lambda: prepare.addresses_are_sound("", url))

    assert "DATABASE_URL" in sentence
    assert "geheim" not in sentence


def test_sound_addresses_pass() -> None:
    prepare.addresses_are_sound("", "")
    prepare.addresses_are_sound("https://leesbouw.nl", "postgresql://anna@/x?host=/run/postgresql")


# Database


def test_a_database_that_fails_is_told_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def work() -> None:
        with prepare.database_in_words():
            raise DatabaseError("connection to postgresql://anna:geheim@host failed")

    assert "geheim" not in sentence_of(work)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("no such table: accounts_user"), "leesbouw run"),
        (ProgrammingError('relation "accounts_user" does not exist'), "leesbouw run"),
        (OperationalError("database or disk is full"), "schijf is vol"),
        (OperationalError("database is locked"), "bezig"),
    ],
)
def test_what_an_error_of_the_database_means_is_told(error: Exception, words: str) -> None:
    assert words in prepare.words_for(error)


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "postgresql://anna:geheim@host:port/x"), ("LEESBOUW_DATA", "/proc/nowhere")],
)
def test_a_setting_that_cannot_be_used_is_named_by_every_command(name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "leesbouw.cli", "users"],
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert name in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("key", [("people", "9999_from_the_future"), ("monitor", "0001_initial")])
@pytest.mark.django_db
def test_a_migration_from_a_newer_version_stops_the_start(
    key: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: {key: None})

    assert " ".join(key) in sentence_of(prepare.upgrade_is_known)


@pytest.mark.django_db
def test_old_migrations_of_other_peoples_packages_do_not_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.MIGRATION_MODULES = {}  # the suite runs without; here they are looked at
    applied = {("auth", "0099_squashed_long_ago"): None, ("core", "0001_initial"): None}
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: applied)

    assert prepare.unknown_migrations() == []


@pytest.fixture
def shipped_roles(tmp_path: Path, settings: Any) -> Path:
    """The folder of roles of a version that ships nothing else yet; the database knows nothing."""
    content.ContentItem.objects.all().delete()
    settings.CONTENT_FOLDER = tmp_path
    (tmp_path / "role").mkdir()
    return tmp_path / "role"


def known(code: str, sha256: str, **values: str) -> None:
    row = {"kind": "role", "version": 1, "data": {}, **values}
    content.ContentItem.objects.create(code=code, sha256=sha256, **row)


@pytest.mark.django_db
def test_content_that_is_unknown_or_changed_stops_the_start(shipped_roles: Path) -> None:
    for code in ("kept", "changed"):
        (shipped_roles / f"{code}@1.toml").write_text("code = 1")
    known("kept", sha256(b"code = 1").hexdigest())
    known("changed", "1")
    known("future", "1")
    known("own", "1", origin="added here")

    assert prepare.unknown_content() == ["role/changed@1", "role/future@1"]
    assert "role/changed@1" in sentence_of(prepare.upgrade_is_known)


@pytest.mark.django_db
def test_new_content_that_cannot_be_used_stops_the_start_before_anything_is_touched(
    shipped_roles: Path,
) -> None:
    (shipped_roles / "new@1.toml").write_text("no TOML at all")

    assert "new@1.toml" in sentence_of(prepare.upgrade_is_known)
    assert not content.ContentItem.objects.exists()


@pytest.mark.django_db
def test_a_database_of_this_version_may_start() -> None:
    prepare.upgrade_is_known()


# Static files


def test_static_files_are_collected_once(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"

    prepare.collect_static()
    first = capsys.readouterr().out
    prepare.collect_static()

    assert first
    assert capsys.readouterr().out == ""
    assert list((tmp_path / "static").glob("ui/**/*.css"))


def test_the_fingerprint_changes_with_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "ui" / "static"
    folder.mkdir(parents=True)
    empty = prepare.fingerprint(tmp_path)
    (folder / "a.css").write_text("")
    one = prepare.fingerprint(tmp_path)
    os.utime(folder / "a.css", ns=(1, 1))

    assert len({empty, one, prepare.fingerprint(tmp_path)}) == 3


# What is told once all runs


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    for step in ("upgrade_is_known", "bring_up_to_date", "erase_again", "collect_static"):
        monkeypatch.setattr(prepare, step, lambda step=step: done.append(step))
    monkeypatch.setattr(run, "load_demo", lambda: done.append("demo"))
    monkeypatch.setattr(run, "setup_link", lambda: "http://localhost/once")
    return done


def test_an_empty_installation_gets_a_link_that_works_once(
    ready: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "is_empty", lambda: True)

    note, is_filled = run.get_ready(demo_if_empty=False)
    assert "http://localhost/once" in note
    assert not is_filled
    assert ready == ["upgrade_is_known", "bring_up_to_date", "erase_again", "collect_static"]


def test_only_an_empty_database_gets_the_demo(ready: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "is_empty", lambda: True)
    assert run.get_ready(demo_if_empty=True) == ("", False)
    assert ready.pop() == "demo"

    monkeypatch.setattr(prepare, "is_empty", lambda: False)
    assert run.get_ready(demo_if_empty=True) == ("", True)
    assert "demo" not in ready


@pytest.mark.django_db
def test_a_fresh_database_is_empty() -> None:
    assert prepare.is_empty()


@pytest.mark.django_db
def test_content_that_was_not_loaded_yet_is_told_apart_from_a_mistake(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [])
    assert not prepare.is_behind()

    content.ContentItem.objects.filter(kind="parameters", code="retention").delete()
    content.forget_cache()
    assert prepare.is_behind()
    assert "Start één keer met `leesbouw run`" in sentence_of(lambda: main(["retention", "--dry-run"]))
