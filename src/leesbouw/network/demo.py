"""The demo's talks: how often one wants to talk, three years of talks with what was agreed, and what is planned."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Row, Story, Tell, part
from leesbouw.core.time import AMSTERDAM
from leesbouw.people.models import StaffMember

from .actions import AgreementRow, RhythmRow, TalkRow, record_talks, set_rhythms
from .queries import usual_rhythms

AT_ONCE = 50  # talks in one step of the progress bar
WRITTEN_UP_AT = time(16, 30)


@part("network", after=("plans",))
def fill(story: Story, tell: Tell) -> None:
    told = [_rhythm(story, row) for row in story.rows("rhythms")]
    set_rhythms(told + left_out(story, told), by=SYSTEM)
    talks = [_talk(story, row) for row in story.rows("talks") + told_by_template(story)]
    talks.sort(key=lambda talk: talk.held_on or talk.planned_on)
    for start in range(0, len(talks), AT_ONCE):
        made = record_talks(talks[start : start + AT_ONCE], by=SYSTEM)
        story.made["talks"].update({talk.pk: talk for talk in made})
        tell(min(start + AT_ONCE, len(talks)), len(talks))


def _rhythm(story: Story, row: Row) -> RhythmRow:
    """The agenda is kept since this school year began; talks of before count as well."""
    units = story.made["units"]
    return RhythmRow(
        library_id=units[row["library"]].pk,
        unit_id=units[row["unit"]].pk,
        level=row["level"],
        kind=row["kind"],
        per_year=row["per_year"],
        staff_id=story.made["people"][row["staff"]].pk,
        guide=row.get("guide", ""),
        starts_on=story.year("Y0").starts_on,
    )


def left_out(story: Story, told: list[RhythmRow]) -> list[RhythmRow]:
    """Boards and municipalities at a level that the story does not tell of: the library chose not to talk there."""
    known = {(row.library_id, row.unit_id, row.level) for row in told}
    rows: dict[tuple[int, int, str], RhythmRow] = {}
    for place in story.rows("locations"):
        library = story.made["serving"][place["municipality"]]
        for code in (place["board"], place["municipality"]):
            unit = story.made["units"][code]
            for usual in usual_rhythms(unit):
                key = (library.pk, unit.pk, usual.level)
                if key not in known:
                    rows[key] = RhythmRow(*key, per_year=0)
    return list(rows.values())


def _talk(story: Story, row: Row) -> TalkRow:
    people, day = story.made["people"], story.day(row["on"])
    planned = row.get("state") == "planned"
    held_on = None if planned else story.happened(day)
    staff = [people[code] for code in row["staff"]]
    return TalkRow(
        unit_id=story.made["units"][row["unit"]].pk,
        library_id=staff[0].library_id,
        kind=row["kind"],
        level=row["level"],
        planned_on=story.workday(day) if planned else None,
        held_on=held_on,
        guide=row.get("guide", ""),
        summary=row.get("summary", ""),
        staff_ids=tuple(person.pk for person in staff),
        contact_ids=tuple(people[code].pk for code in row["contacts"]),
        answers=row.get("answers", {}),
        agreements=tuple(_agreement(story, agreement) for agreement in row.get("agreements", ())),
        created_at=datetime.combine(held_on, WRITTEN_UP_AT, AMSTERDAM) if held_on else None,
    )


def _agreement(story: Story, row: Row) -> AgreementRow:
    owner = story.made["people"][row["owner"]]
    ours = isinstance(owner, StaffMember)
    done_on = story.day_or_none(row, "done")
    return AgreementRow(
        what=row["text"],
        side=row["side"],
        staff_id=owner.pk if ours else None,
        contact_id=None if ours else owner.pk,
        due_on=story.workday(story.day(row["due"])),
        done_on=story.happened(done_on) if done_on else None,
    )


def told_by_template(story: Story) -> list[Row]:
    """Talks of locations that are not told in full: a text, with the names of that place in it."""
    templates = {row["code"]: row for row in story.rows("templates")}
    return [_filled_in(story, templates[row["template"]], row) for row in story.rows("rows")]


def _filled_in(story: Story, template: Row, row: Row) -> Row:
    people = story.made["people"]
    given = [people[code].name.split(" ")[0] for code in row["contacts"]]
    words = {"location": story.made["units"][row["unit"]].name, "first": given[0], "second": given[-1]}
    talk = {**template, **row}
    if "summary" in template:
        talk["summary"] = template["summary"].format(**words)
    talk["answers"] = {code: text.format(**words) for code, text in template.get("answers", {}).items()}
    talk["agreements"] = [_dated(story, row, agreement) for agreement in template.get("agreements", ())]
    return talk


def _dated(story: Story, row: Row, agreement: Row) -> Row:
    """An agreement counted from the day of its talk; what would be done later than today is not done yet."""
    held_on = story.happened(story.day(row["on"]))
    owner = row["staff"][0] if agreement["owner"] == "staff" else row["contacts"][0]
    told = {**agreement, "owner": owner, "due": held_on + timedelta(days=agreement["due_after"])}
    done_on = held_on + timedelta(days=agreement.get("done_after", 0))
    if "done_after" in agreement and story.workday(done_on) <= story.today:
        told["done"] = done_on
    return told
