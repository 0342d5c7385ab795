"""Every read of imports; each starts from what the actor may see."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from django.db.models import Count, QuerySet

from leesbouw.accounts.queries import names_of_users
from leesbouw.collection.domain import TitleFacts
from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Title
from leesbouw.collection.queries import copies_for, image_of, titles_for
from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.registry import importers
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import LibraryArea, Location, Municipality, Province

from .domain.marc_out import Holding
from .domain.values import PROVINCES
from .enums import NAMESAKES, Decision, RowKind, RunState
from .models import ColumnChoice, ImportPart, ImportRow, ImportRun

SAMPLES = 5
PIECE = 500  # titles that are read at once


def runs_for(actor: Actor) -> QuerySet[ImportRun]:
    """Imports of the actor's unit, of kinds that she may bring, newest first."""
    kinds = [code for code, each in importers.items() if actor.may(each.permission)]
    runs = ImportRun.objects.visible_to(actor).filter(importer__in=kinds)
    return runs.select_related("job").order_by("-id")


def run_for(actor: Actor, pk: int) -> ImportRun:
    """One import. Raises ImportRun.DoesNotExist."""
    return runs_for(actor).get(pk=pk)


def rows_for(actor: Actor, run: ImportRun, kind: str = "") -> QuerySet[ImportRow]:
    """Rows of a run, in the order of the file."""
    rows = ImportRow.objects.visible_to(actor).filter(run=run).order_by("number", "id")
    return rows.filter(kind=kind) if kind else rows


def kinds_of(actor: Actor, run: ImportRun) -> dict[str, int]:
    """How many rows of each kind; a kind without rows is 0."""
    found = dict(rows_for(actor, run).order_by().values_list("kind").annotate(n=Count("pk")))
    return {kind: found.get(kind, 0) for kind in RowKind.values}


def teachers_in(run: ImportRun) -> dict[str, int]:
    """How many of the rows of each kind are about a teacher, as the check of the file counted them."""
    return {kind: int(run.counts.get(f"teachers_{kind}") or 0) for kind in RowKind.values}


def undecided(actor: Actor, run: ImportRun) -> int:
    """Doubtful rows that nobody decided about; they are left out."""
    return rows_for(actor, run, RowKind.DOUBTFUL).filter(decision="").count()


def namesakes(actor: Actor, run: ImportRun) -> list[int]:
    """Doubtful rows about a child of the same name under another number."""
    rows = rows_for(actor, run, RowKind.DOUBTFUL)
    return list(rows.filter(errors__in=[[["", reason]] for reason in NAMESAKES]).values_list("pk", flat=True))


def taken_along(actor: Actor, run: ImportRun) -> int:
    """Doubtful rows that somebody wants to be stored: as what we know, or as somebody new."""
    stored = [Decision.TAKE, Decision.NEW]
    return rows_for(actor, run, RowKind.DOUBTFUL).filter(decision__in=stored).count()


def open_mistakes(run: ImportRun) -> int:
    """Faulty rows that nobody mended and nobody chose to skip."""
    return ImportRow.objects.filter(run=run, kind=RowKind.FAULTY, decision=Decision.NONE).count()


def parts_holding(run: ImportRun, numbers: Collection[int]) -> list[ImportPart]:
    """The pieces of a file with the rows of these numbers."""
    parts = list(ImportPart.objects.filter(run=run).order_by("number").values_list("first", "pk"))
    firsts = [first for first, _pk in parts]
    wanted = {parts[bisect_right(firsts, number) - 1][1] for number in numbers if parts}
    return list(ImportPart.objects.filter(pk__in=wanted))


def texts_of(actor: Actor, run: ImportRun, numbers: Collection[int]) -> dict[int, dict[int, str]]:
    """Row number → position in the header → text, of rows whose kept texts are still there; in the order of the file."""
    if not ImportRun.objects.visible_to(actor).filter(pk=run.pk).exists():
        return {}
    return {
        abs(number): dict(zip(run.kept, texts, strict=False))
        for part in sorted(parts_holding(run, numbers), key=lambda part: part.number)
        for number, *texts in part.rows
        if abs(number) in numbers
    }


def shell_runs() -> QuerySet[ImportRun]:
    """Imports that were done from the shell, newest first."""
    return runs_for(SYSTEM).filter(unit_id=0)


def blocked_rows(actor: Actor, run: ImportRun) -> QuerySet[ImportRow]:
    """What could not be undone, with the reason in `errors`."""
    return rows_for(actor, run).filter(applied=True).exclude(errors=[])


def samples_of(actor: Actor, run: ImportRun) -> list[dict[int, str]]:
    """The first rows of the file: text by position in the header line, only of columns that were kept."""
    part = ImportPart.objects.visible_to(actor).filter(run=run).order_by("number").first()
    rows = part.rows[:SAMPLES] if part else []
    return [dict(zip(run.kept, row[1:], strict=False)) for row in rows]


def same_file_before(actor: Actor, run: ImportRun) -> ImportRun | None:
    """The last finished import of exactly these bytes."""
    earlier = ImportRun.objects.visible_to(actor).filter(
        importer=run.importer, sha256=run.sha256, state=RunState.FINISHED
    )
    return earlier.exclude(pk=run.pk).order_by("-finished_at").first()


def newer_year_before(actor: Actor, run: ImportRun) -> ImportRun | None:
    """A finished import of the same kind, and of the same school if it is of one, whose file is of a later year."""
    first = run.options.get("year")
    if not first:
        return None
    for other in ImportRun.objects.visible_to(actor).filter(importer=run.importer, state=RunState.FINISHED):
        same_kind = all(other.options.get(name) == run.options.get(name) for name in ("sector", "location"))
        if other.pk != run.pk and same_kind and int(other.options.get("year") or 0) > int(first):
            return other
    return None


def chosen_columns(actor: Actor, importer: str, header_sha256: str) -> dict[str, Sequence[str]]:
    """Names of headers by column, as somebody of this unit chose them before for such a file."""
    choice = (
        ColumnChoice.objects.visible_to(actor).filter(importer=importer, header_sha256=header_sha256).first()
    )
    return choice.mapping if choice else {}


def province_names() -> list[str]:
    """The provinces that somebody can choose: the twelve, and others that are in this database."""
    return sorted({*PROVINCES.values(), *Province.objects.values_list("name", flat=True)})


def has_area(actor: Actor) -> bool:
    """Whether the actor's library serves any municipality today."""
    libraries = actor.libraries if isinstance(actor.libraries, frozenset) else frozenset()
    return LibraryArea.objects.filter(on_day(today()), library__in=libraries).exists()


def knows_municipalities() -> bool:
    """Whether there is any municipality to choose."""
    return Municipality.objects.exists()


def last_done(actor: Actor) -> dict[str, ImportRun]:
    """The last finished import of each kind, of the actor's unit."""
    done = ImportRun.objects.visible_to(actor).filter(state=RunState.FINISHED).order_by("finished_at")
    return {run.importer: run for run in done}


def waiting_run(actor: Actor, importer: str) -> ImportRun | None:
    """The newest file of this kind that somebody of the unit brought and has yet to store."""
    begun = runs_for(actor).filter(importer=importer, state__in=[RunState.DRAFT, RunState.PREVIEWED])
    return next((run for run in begun if not (run.is_lapsed or run.has_nothing_new)), None)


def name_of(run: ImportRun) -> str:
    """Who brought the file; empty for the shell and for accounts that are gone."""
    return names_of_users({run.by_user_id}).get(run.by_user_id, "") if run.by_user_id else ""


def latest_runs() -> dict[str, ImportRun]:
    """The newest run of each importer that got past its preview, of all units; for the status page."""
    latest: dict[str, ImportRun] = {}
    done = [RunState.RUNNING, RunState.FINISHED, RunState.FAILED, RunState.UNDOING]
    for run in ImportRun.objects.filter(state__in=done).select_related("job").order_by("id"):
        latest[run.importer] = run
    return latest


def titles_to_export(
    actor: Actor, library_id: int
) -> tuple[int, Iterator[tuple[int, TitleFacts, list[Holding]]]]:
    """How many titles a library has, and each with what is known of it and its copies that were not taken out; read in
    pieces, so that a large catalogue needs no memory."""
    rows = titles_for(actor).filter(library=library_id).order_by("pk")
    return rows.count(), _titles_in_pieces(actor, rows)


def _titles_in_pieces(actor: Actor, rows: QuerySet[Title]) -> Iterator[tuple[int, TitleFacts, list[Holding]]]:
    last = 0
    while some := list(rows.filter(pk__gt=last)[:PIECE]):
        copies: dict[int, list[Holding]] = {}
        there = copies_for(actor).filter(title__in=some).exclude(status=CopyStatus.WITHDRAWN)
        for one in there.order_by("barcode"):
            code = one.location.code if one.location else ""
            copies.setdefault(one.title_id, []).append(Holding(one.barcode, code, one.place))
        for row in some:
            image = image_of(row)
            facts = TitleFacts(**image | {"authors": tuple(row.authors), "themes": tuple(row.themes)})
            yield row.pk, facts, copies.get(row.pk, [])
        last = some[-1].pk


def schools_to_bring_for(actor: Actor) -> QuerySet[Location]:
    """The schools whose pupils this actor may bring in: her own, or those her library works with today."""
    places = Location.objects.visible_to(actor).filter(closed_on=None).exclude(sector=Sector.CHILDCARE)
    if actor.kind == "system":
        return places
    near = (
        actor.locations if actor.unit_kind in {UnitKind.LOCATION, UnitKind.LIBRARY, UnitKind.BRANCH} else ()
    )
    return places.filter(pk__in=near if isinstance(near, frozenset) else ()).order_by("name")


def closed_schools_of_board(actor: Actor, location_id: int) -> list[Location]:
    """Closed schools of the same board within reach, whose pupils may have gone along in a merger."""
    board = Location.objects.filter(pk=location_id).values("board")
    near = actor.locations if isinstance(actor.locations, frozenset) else frozenset()
    return list(
        Location.objects.visible_to(actor)
        .filter(board__in=board)
        .exclude(closed_on=None)
        .exclude(pk=location_id)
        .exclude(merged_into=location_id)  # those come along by themselves
        .filter(pk__in=near)
    )


def school_of(run: ImportRun) -> Location | None:
    """The school whose pupils are in the file; None for a register."""
    pk = run.options.get("location")
    return Location.objects.filter(pk=pk).first() if pk else None
