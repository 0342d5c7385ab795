"""States of a run, kinds of rows, and the sentences for every reason that the domain gives a code for."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(TextChoices):
    DRAFT = "draft", pgettext_lazy("import", "Begun")
    CHECKING = "checking", pgettext_lazy("import", "Being checked")
    PREVIEWED = "previewed", pgettext_lazy("import", "Checked, not stored yet")
    RUNNING = "running", pgettext_lazy("import", "Busy")
    FINISHED = "finished", pgettext_lazy("import", "Stored")
    FAILED = "failed", pgettext_lazy("import", "Broken off")
    UNDOING = "undoing", pgettext_lazy("import", "Being undone")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
    EXPIRED = "expired", pgettext_lazy("import", "Lapsed")


BUSY = (RunState.RUNNING, RunState.UNDOING)
WORKING = (RunState.CHECKING, *BUSY)


class RowKind(TextChoices):
    NEW = "new", pgettext_lazy("rows", "new")
    CHANGED = "changed", pgettext_lazy("rows", "changed")
    SAME = "same", pgettext_lazy("rows", "same")
    GONE = "gone", pgettext_lazy("rows", "not in the file")
    DOUBTFUL = "doubtful", pgettext_lazy("rows", "doubtful")
    FAULTY = "faulty", pgettext_lazy("rows", "faulty")


class Decision(TextChoices):
    """What somebody said about a doubtful row; without an answer it is left out."""

    NONE = "", pgettext_lazy("decision", "not decided")
    TAKE = "take", pgettext_lazy("decision", "take along")
    SKIP = "skip", pgettext_lazy("decision", "leave out")


class Reach(TextChoices):
    """Which part of a file that holds the whole country somebody wants."""

    ALL = "all", _("The whole country")
    PROVINCE = "province", _("One province")
    AREA = "area", _("Only the municipalities of our area")


class Gone(TextChoices):
    LEAVE = "leave", _("Leave them as they are")
    CLOSE = "close", _("Mark them as closed")


FILE_REASONS = {
    "empty": _("The file is empty. Download it again and try once more."),
    "no_rows": _("The file has a header, but no rows below it."),
    "too_large": _("The file is larger than 64 MB. Make it smaller, for instance by keeping one province."),
    "zip": _("This is a packed file (zip). Unpack it first and choose the CSV file that is inside."),
    "pdf": _("This is a PDF. Choose the CSV or Excel file of the same data."),
    "xml": _("This is an XML file. Choose the CSV or Excel file of the same data."),
    "web_page": _("This is a web page, not a file with data. Download the CSV file itself."),
    "old_excel": _("This is an old Excel file (xls). Save it as xlsx or as CSV and try again."),
    "not_text": _("This is no file with text. Choose a CSV or Excel file."),
    "bomb": _("This Excel file becomes far too large when it is opened. Save it as CSV and try again."),
    "broken": _("The file is damaged or cut off. Download it again and try once more."),
    "too_many_columns": _("The file has more than %(most)s columns. Is this the right file?"),
    "too_many_rows": _("The file has more rows than we can read at once. Keep one province and try again."),
    "long_cell": _("Row %(number)s holds a cell with far too much text. Is the file damaged?"),
    "no_known_columns": _("We know none of the columns in this file. Is this the right file?"),
    "other_importer": _("This looks like another file: %(label)s. Choose that kind of file first."),
}

ROW_REASONS = {
    "missing": _("This is empty and we need it."),
    "unreadable": _("We cannot read this."),
    "too_long": _("This text is too long."),
    "brin": _("This is no BRIN with a branch number, such as 12AB00."),
    "lrk": _("This is no number of the child-care register."),
    "kvk": _("This is no number of the trade register."),
    "board_number": _("This is no number of a school board."),
    "municipality_code": _("This is no municipality code of four digits."),
    "postcode": _("This is no postcode, such as 1234 AB."),
    "sector": _("The file does not say what kind of school this is. Choose it at the step Columns."),
    "care_type": _("We do not know this kind of child care."),
    "number": _("This is no number of children that can be right."),
    "hidden": _("The register hides this small number, so we cannot add up this location."),
    "weight": _("This is no pupil weight, such as 0.30."),
    "day": _("We cannot read this date."),
    "two_days": _("This location has rows with two different counting dates."),
    "other_year": _("The counting date lies in another school year than the one you chose."),
    "short_row": _("This row stops half-way. Was the file cut off?"),
    "double": _("An earlier row of the file has this code as well."),
    "unknown_location": _("We do not know this location. Import the locations first."),
    "unknown_municipality": _(
        "We do not know this municipality yet. Import DUO's schools first: they name it."
    ),
    "unknown_board": _("No location of ours belongs to this board."),
    "year_closed": _("This school year is closed. Its numbers no longer change."),
    "closed_here": _(
        "This location is closed in Leesbouw, but it is in the file. Take it along to open it again."
    ),
    "looks_like": _(
        "A location with this name and postcode is there under another code, which is not in the file."
    ),
    "changed_since": _("Somebody changed this after the import."),
    "in_use": _("Somebody already works with this."),
}

COLUMN_LABELS = {
    "code": _("code"),
    "brin": _("BRIN"),
    "branch": _("branch number"),
    "name": _("name"),
    "street": _("street"),
    "house_number": _("house number"),
    "postcode": _("postcode"),
    "town": _("town"),
    "municipality": _("municipality code"),
    "municipality_name": _("municipality"),
    "province": _("province"),
    "board": _("number of the board"),
    "board_name": _("name of the board"),
    "denomination": _("denomination"),
    "phone": _("telephone number of the location"),
    "website": _("website"),
    "kind": _("kind of school"),
    "structure": _("types of secondary education"),
    "sector": _("kind"),
    "type": _("kind of care"),
    "places": _("number of child places"),
    "preschool": _("pre-school education, yes or no"),
    "status": _("registered or not"),
    "ended_on": _("end of registration"),
    "closed_on": _("closed on"),
    "counted_on": _("counting date"),
    "weight": _("pupil weight"),
    "total": _("total of pupils"),
    "pupils": _("pupils"),
    "by_age": _("pupils by age"),
    "by_group": _("pupils by year group"),
    "age_younger": _("pupils younger than that"),
    "age_older": _("pupils older than that"),
}

DROPPED_LABELS = {
    "correspondence": _("postal address"),
    "regions": _("regions of education and care"),
    "person": _("name and e-mail of a contact person"),
    "holder_address": _("address and legal form of the organisation"),
    "agencies": _("childminder agencies"),
    "register": _("other facts of the register"),
    "postcode_pupil": _("where the pupils live"),
    "known_already": _("facts that we have from the locations"),
}


def column_label(code: str) -> str:
    """What people call a column: "pupils of 7 years", "pupils in group 3", or its own label."""
    kind, _sep, rest = code.partition("_")
    if kind == "age" and rest.isdigit():
        return str(_("pupils of %(age)s years")) % {"age": rest}
    if kind == "group" and rest.isdigit():
        return str(_("pupils in year group %(number)s")) % {"number": rest}
    return str(COLUMN_LABELS.get(code, code))
