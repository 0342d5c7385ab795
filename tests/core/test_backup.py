"""What went in comes out again, and nothing is touched before all is checked."""

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.utils.translation import override

from leesbouw.core import backup, content, files
from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.organisations.models import Unit
from tests.factories.cast import make_cast
from tests.factories.forgetting import forgotten


@pytest.fixture
def made(committed_db, tmp_path) -> Path:
    make_cast()
    files.store(b"verslag", name="verslag.txt", content_type="text/plain", by=SYSTEM)
    return backup.make(tmp_path / "reserve.zip")


def rewritten(source: Path, target: Path, change) -> Path:
    """A copy of a backup in which `change(name, content)` gives the new content, or None to leave a part out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def test_holds_database_files_and_checksums_but_no_secret(made):
    manifest = backup.check(made)
    assert any(name.startswith("files/") for name in manifest.parts)
    assert not any("secret" in name for name in manifest.parts)
    assert "core.0001_initial" in manifest.migrations or connection.vendor


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_the_copy_of_the_database_is_whole(made, tmp_path):
    with zipfile.ZipFile(made) as archive:
        archive.extract("db.sqlite3", tmp_path)
    with sqlite3.connect(tmp_path / "db.sqlite3") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        count = copy.execute("SELECT count(*) FROM organisations_unit").fetchone()[0]
    assert count == Unit.objects.count()


def damage(name, content):
    return content[:-1] + bytes([content[-1] ^ 1]) if name.startswith("files/") else content


BROKEN = {
    "one bit turned": damage,
    "a part is gone": lambda name, content: None if name.startswith("files/") else content,
    "no manifest": lambda name, content: None if name == backup.MANIFEST else content,
    "manifest is no json": lambda name, content: b"{" if name == backup.MANIFEST else content,
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_damaged_backup_is_refused_before_anything_changes(made, tmp_path, how):
    broken = rewritten(made, tmp_path / "stuk.zip", BROKEN[how])
    before = sorted(files.folder().rglob("*"))
    with pytest.raises(Sentence):
        backup.restore(broken, replace=True)
    assert sorted(files.folder().rglob("*")) == before


def test_a_file_that_is_not_there_is_named(tmp_path, db):
    with override("nl"), pytest.raises(Sentence) as caught:
        backup.restore(tmp_path / "nergens.zip")
    assert "nergens.zip heet" in str(caught.value)


def test_what_is_no_zip_is_refused(tmp_path, db):
    path = tmp_path / "brief.txt"
    path.write_text("Beste bibliotheek")
    with pytest.raises(Sentence):
        backup.check(path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda manifest: manifest["migrations"].append("core.9999_from_the_future"), "9999"),
        (lambda manifest: manifest["content"].update({"role/from-the-future@1": "00"}), "from-the-future"),
        (lambda manifest: manifest.update(format=2, more="of it"), "newer Leesbouw"),
    ],
)
def test_a_backup_of_a_newer_version_is_refused(made, tmp_path, change, words):
    def newer(name, content):
        if name != backup.MANIFEST:
            return content
        manifest = json.loads(content)
        change(manifest)
        return json.dumps(manifest).encode()

    with override("en"), pytest.raises(Sentence, match=words):
        backup.restore(rewritten(made, tmp_path / "nieuw.zip", newer), replace=True)


def test_what_this_installation_added_itself_does_not_stop_a_backup_from_coming_back(committed_db, tmp_path):
    added = {"version": 1, "sha256": "1", "data": {}, "origin": "added here"}
    content.ContentItem.objects.create(kind="role", code="own", **added)

    path = backup.make(tmp_path / "reserve.zip")

    manifest = backup.check(path)
    assert "role/own@1" not in manifest.content
    assert backup.unknown_content(manifest) == []


def test_data_is_not_overwritten_unasked(made):
    with pytest.raises(Sentence, match="--replace"):
        backup.restore(made)


def test_old_backups_go_but_never_the_newest(db, monkeypatch, tmp_path):
    import os

    monkeypatch.setattr(backup, "folder", lambda: tmp_path)
    for name in ("leesbouw-20200101-000000.zip", "leesbouw-20200201-000000.zip"):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (0, 0))
    assert forgotten("backup", days=35) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["leesbouw-20200201-000000.zip"]
