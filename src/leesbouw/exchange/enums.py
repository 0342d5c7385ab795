"""States of a run, kinds of rows, and the sentences for every reason that the domain gives a code for."""

from __future__ import annotations

from collections.abc import Iterable

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
    NEW = "new", pgettext_lazy("decision", "another child")
    SKIP = "skip", pgettext_lazy("decision", "leave out")


class Reach(TextChoices):
    """Which part of a file that holds the whole country somebody wants."""

    ALL = "all", pgettext_lazy("import", "The whole country")
    PROVINCE = "province", pgettext_lazy("import", "One province")
    AREA = "area", pgettext_lazy("import", "Only the municipalities of our area")


class Gone(TextChoices):
    LEAVE = "leave", _("Leave them as they are")
    CLOSE = "close", _("Mark them as closed")


class Leavers(TextChoices):
    """What happens to pupils that the file does not name. Neither of the two deletes anything."""

    LEFT = "left", _("Mark them as left")
    KEEP = "keep", _("Leave them as they are")


FILE_REASONS = {
    "empty": _("The file is empty. Download it again and try once more."),
    "no_rows": _("The file has a header, but no rows below it."),
    "too_large": _("The file is larger than 64 MB. Bring a part of it, such as one province or one school."),
    "zip": _("This is a packed file (zip). Unpack it first and choose the file that is inside."),
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
    "not_json": _("This is no list of answers as JSON."),
    "codes": _("Look at “%(what)s” in the table of codes: it has no column of ours, or two."),
    "no_known_columns": _("We know none of the columns in this file. Is this the right file?"),
    "doctype": _(
        "This XML file brings its own rules along (DOCTYPE), and we read no such file. Make it again in your program."
    ),
    "xml_shape": _("This XML file is put together in a strange way, so we do not read it. Make it again."),
    "xml_other": _(
        "This XML file is no EDEXML and no UWLR. Choose “EDEXML” when you export from your program."
    ),
    "uwlr_fault": _("This file holds an error message of your program, no pupils. Export again."),
    "uwlr_request": _("This file holds the question to your program, not its answer with the pupils."),
    "no_pupils": _("There is no pupil in this file. Did you choose the right school year and all groups?"),
    "keys_are_bsn": _(
        "The numbers of the pupils in this file look like citizen service numbers (BSN). We must not have those. "
        "Export again with the pupil number of the school, or with the ECK iD."
    ),
    "other_importer": _("This looks like another file: %(label)s. Choose that kind of file first."),
}

FILE_WARNINGS = {
    "school_year_missing": _("The file does not say which school year it is about."),
    "school_year_odd": _("We cannot read the school year in the file."),
    "several_school_years": _("The file speaks of more than one school year."),
    "brin_missing": _("The file does not say of which school it is."),
    "brin_odd": _("We cannot read the BRIN of the school in the file."),
    "branch_missing": _("The BRIN in the file has no branch number. We take it for the main location, 00."),
    "several_schools": _("The file holds pupils of more than one school."),
    "several_branches": _("The pupils in this file belong to more than one location of the school."),
    "version_missing": _("The file does not say which version of the standard it follows."),
    "encoding_differs": _(
        "The file says something else about its letters than is true. Look at names with accents."
    ),
    "key_missing": _("Somebody in the file has no number."),
    "double_group": _("Two groups in the file have the same key. We take the first."),
    "same_group_name": _("Two groups in the file have the same name. We see them as one group."),
    "unknown_group": _("Somebody in the file is in a group that is not in the file."),
    "year_group_odd": _("The file has a year group that we do not know."),
    "bsn_left_out": _(
        "A few numbers in the file look like citizen service numbers (BSN). We threw those away at once."
    ),
    "birth_date_odd": _("We cannot read some dates of birth. We leave out the year of these pupils."),
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
    "unknown_location": _(
        "We do not know this location. Has it closed? Then skip the row. Else import the locations first."
    ),
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
    "control": _("This holds signs that cannot be read or printed."),
    "who": _("We cannot see whether this is a pupil or a teacher."),
    "no_key": _("This pupil has no number and no ECK iD, so we cannot recognise the child next time."),
    "key_rounded": _(
        "A spreadsheet has rounded this number. Make the file again and do not open it in between."
    ),
    "eck_id": _("This is no ECK iD."),
    "year_group": _("We do not know this year group."),
    "year_group_sector": _("This kind of school does not have this year group."),
    "birth_year": _("This year of birth cannot be right."),
    "other_child": _("This number was another child's. Is it the same child, or another one?"),
    "other_eck_id": _("The number is the same, the ECK iD is not. Is it the same child?"),
    "zeros": _("The same name; the number is the same but for zeros in front. Is it the same child?"),
    "same_name": _("A child of this name is there under another number. Is it the same child?"),
    "double_key": _("This number stands in the file more than once, for different children."),
    "double_eck_id": _("This ECK iD stands in the file more than once."),
    "key_taken": _("Another child of this school has this number now."),
    "unsettled": _("Something is still open for this child. It stays in the list of leavers."),
    "isbn": _("This is no ISBN: its check digit is wrong."),
    "isbn_rounded": _(
        "A spreadsheet has rounded this ISBN. Make the file again and keep the column as text."
    ),
    "unknown_isbn": _("We do not know this ISBN, and the file gives no title with it."),
    "published": _("This is no year."),
    "barcode_taken": _("Another book has this barcode."),
    "month": _("This is no month, such as October 2026 or 10-2026."),
    "amount": _("This is no number that can be right."),
    "month_runs": _("This month is not over yet. Bring it when it is."),
    "lends_here": _("This school lends with Leesbouw in this month, so we count it ourselves."),
    "double_month": _("An earlier row of the file is about this school and month as well."),
    "more_home": _("More went home than was lent."),
    "more_borrowers": _("More children borrowed than there are members."),
    "more_than_loans": _("More children borrowed than there were loans."),
    "what": _("We do not know what this line is: a loan, a hold or a card."),
    "nobody": _("There is no pupil number and no card number in this row."),
    "unknown_barcode": _("We do not know this barcode. Bring the books first."),
    "other_place": _("This book stands at another school."),
    "withdrawn_copy": _("This book was taken out of the collection."),
    "unknown_who": _("Nobody at this school has this number. Bring the pupils or the cards first."),
    "future": _("This day is still to come."),
    "due_before": _("The last day lies before the first one."),
    "double_copy": _("An earlier row of the file lends this book as well."),
    "double_hold": _("An earlier row of the file is the same reservation."),
    "lent_already": _("This book is with somebody else in Leesbouw."),
    "unknown_title": _("We do not know this title. Bring the books first."),
    "card_taken": _("Somebody else has this card number."),
    "changed_since": _("Somebody changed this after the import."),
    "in_use": _("Somebody already works with this."),
}

NAMESAKES = ("same_name", "zeros")  # doubts about a child of the same name under another number

COLUMN_LABELS = {
    "month": pgettext_lazy("column", "month"),
    "loans": pgettext_lazy("column", "loans"),
    "at_home": pgettext_lazy("column", "loans that went home"),
    "borrowers": pgettext_lazy("column", "children who borrowed"),
    "members": pgettext_lazy("column", "children who may borrow"),
    "holdings": pgettext_lazy("column", "books that stand there"),
    "what": pgettext_lazy("column", "loan, hold or card"),
    "card": pgettext_lazy("column", "card number"),
    "pupil": pgettext_lazy("column", "number of the pupil"),
    "borrowed": pgettext_lazy("column", "since"),
    "due": pgettext_lazy("column", "back by"),
    "returned": pgettext_lazy("column", "brought back on"),
    "isbn": pgettext_lazy("column", "ISBN"),
    "title": pgettext_lazy("column", "title"),
    "subtitle": pgettext_lazy("column", "subtitle"),
    "authors": pgettext_lazy("column", "writers"),
    "publisher": pgettext_lazy("column", "publisher"),
    "published": pgettext_lazy("column", "year of publication"),
    "language": pgettext_lazy("column", "language"),
    "series": pgettext_lazy("column", "series"),
    "series_part": pgettext_lazy("column", "part of the series"),
    "book_kind": pgettext_lazy("column", "kind of book"),
    "age_band": pgettext_lazy("column", "age"),
    "avi": pgettext_lazy("column", "AVI"),
    "siso": pgettext_lazy("column", "SISO"),
    "nur": pgettext_lazy("column", "NUR"),
    "genre": pgettext_lazy("column", "genre"),
    "themes": pgettext_lazy("column", "themes"),
    "pages": pgettext_lazy("column", "pages"),
    "summary": pgettext_lazy("column", "summary"),
    "record_id": pgettext_lazy("column", "number of the title"),
    "barcode": pgettext_lazy("column", "barcode"),
    "copies": pgettext_lazy("column", "number of copies"),
    "place": pgettext_lazy("column", "place"),
    "owner": pgettext_lazy("column", "owner"),
    "part": pgettext_lazy("column", "part of the collection"),
    "to_make": pgettext_lazy("column", "new copies"),
    "left_on": pgettext_lazy("column", "left on"),
    "school": pgettext_lazy("column", "school"),
    "teaches": pgettext_lazy("column", "teaches"),
    "code": pgettext_lazy("column", "code"),
    "brin": pgettext_lazy("column", "BRIN"),
    "branch": pgettext_lazy("column", "branch number"),
    "name": pgettext_lazy("column", "name"),
    "street": pgettext_lazy("column", "street"),
    "house_number": pgettext_lazy("column", "house number"),
    "postcode": pgettext_lazy("column", "postcode"),
    "town": pgettext_lazy("column", "town"),
    "municipality": pgettext_lazy("column", "municipality code"),
    "municipality_name": pgettext_lazy("column", "municipality"),
    "province": pgettext_lazy("column", "province"),
    "board": pgettext_lazy("column", "number of the board"),
    "board_name": pgettext_lazy("column", "name of the board"),
    "denomination": pgettext_lazy("column", "denomination"),
    "phone": pgettext_lazy("column", "telephone number of the location"),
    "website": pgettext_lazy("column", "website"),
    "kind": pgettext_lazy("column", "kind of school"),
    "structure": pgettext_lazy("column", "types of secondary education"),
    "sector": pgettext_lazy("column", "kind"),
    "type": pgettext_lazy("column", "kind of care"),
    "places": pgettext_lazy("column", "number of child places"),
    "preschool": pgettext_lazy("column", "pre-school education, yes or no"),
    "status": pgettext_lazy("column", "registered or not"),
    "ended_on": pgettext_lazy("column", "end of registration"),
    "closed_on": pgettext_lazy("column", "closed on"),
    "counted_on": pgettext_lazy("column", "counting date"),
    "weight": pgettext_lazy("column", "pupil weight"),
    "total": pgettext_lazy("column", "total of pupils"),
    "pupils": pgettext_lazy("column", "pupils"),
    "by_age": pgettext_lazy("column", "pupils by age"),
    "by_group": pgettext_lazy("column", "pupils by year group"),
    "age_younger": pgettext_lazy("column", "pupils younger than that"),
    "age_older": pgettext_lazy("column", "pupils older than that"),
    "who": pgettext_lazy("column", "pupil or teacher"),
    "key": pgettext_lazy("column", "pupil number"),
    "eck_id": pgettext_lazy("column", "ECK iD"),
    "first_name": pgettext_lazy("column", "first name"),
    "infix": pgettext_lazy("column", "infix"),
    "last_name": pgettext_lazy("column", "last name"),
    "full_name": pgettext_lazy("column", "whole name"),
    "group": pgettext_lazy("column", "group"),
    "year_group": pgettext_lazy("column", "year group"),
    "group_year_group": pgettext_lazy("column", "year group of the group"),
    "birth_year": pgettext_lazy("column", "year of birth"),
    "email": pgettext_lazy("column", "e-mail of the teacher"),
    "groups": pgettext_lazy("column", "groups of the teacher"),
}

KEPT_TOGETHER = (  # columns that the list of what is kept names in one word
    (pgettext_lazy("kept", "BRIN and branch number"), ("brin", "branch")),
    (pgettext_lazy("kept", "address"), ("street", "house_number", "postcode", "town")),
    (pgettext_lazy("kept", "municipality and province"), ("municipality", "municipality_name", "province")),
    (pgettext_lazy("kept", "board: number and name"), ("board", "board_name")),
    (pgettext_lazy("kept", "kind of school"), ("kind", "structure")),
    (pgettext_lazy("kept", "whether it is registered, and until when"), ("status", "ended_on")),
    (pgettext_lazy("kept", "pupils by age"), ("age_",)),
    (pgettext_lazy("kept", "pupils by year group"), ("group_",)),
    (pgettext_lazy("kept", "name of the pupil"), ("first_name", "infix", "last_name", "full_name")),
    (pgettext_lazy("kept", "year group"), ("year_group", "group_year_group")),
)

DROPPED_LABELS = {
    "correspondence": pgettext_lazy("column", "postal address"),
    "regions": pgettext_lazy("column", "regions of education and care"),
    "person": pgettext_lazy("column", "name and e-mail of a contact person"),
    "holder_address": pgettext_lazy("column", "address and legal form of the organisation"),
    "agencies": pgettext_lazy("column", "childminder agencies"),
    "register": pgettext_lazy("column", "other facts of the register"),
    "postcode_pupil": pgettext_lazy("column", "where the pupils live"),
    "known_already": pgettext_lazy("column", "facts that we have from the locations"),
    "bsn": pgettext_lazy("column", "citizen service number (BSN) and education number"),
    "sex": pgettext_lazy("column", "boy or girl"),
    "birth_date": pgettext_lazy("column", "date of birth and age"),
    "address": pgettext_lazy("column", "address and postcode"),
    "origin": pgettext_lazy("column", "country, nationality, language and religion"),
    "weight": pgettext_lazy("column", "weight of the pupil"),
    "contact": pgettext_lazy("column", "e-mail and telephone numbers"),
    "photo": pgettext_lazy("column", "photo"),
    "login": pgettext_lazy("column", "user names and passwords"),
    "parents": pgettext_lazy("column", "facts of parents and carers"),
    "care": pgettext_lazy("column", "health, care and remarks"),
    "other_names": pgettext_lazy("column", "initials and other names"),
    "enrolment": pgettext_lazy("column", "facts of the school and the enrolment"),
    "study": pgettext_lazy("column", "level, advice and marks"),
    "teacher": pgettext_lazy("column", "teachers beside a pupil, and their roles"),
    "card": pgettext_lazy("column", "numbers of cards"),
}


def column_label(code: str) -> str:
    """What people call a column: "pupils of 7 years", "pupils in group 3", or its own label."""
    kind, _sep, rest = code.partition("_")
    if kind == "age" and rest.isdigit():
        return str(pgettext_lazy("column", "pupils of %(age)s years")) % {"age": rest}
    if kind == "group" and rest.isdigit():
        return str(pgettext_lazy("column", "pupils in year group %(number)s")) % {"number": rest}
    return str(COLUMN_LABELS.get(code, code))


def kept_labels(codes: Iterable[str]) -> list[str]:
    """What is kept, in few words: columns that belong together are named once."""
    group_of = {code: label for label, members in KEPT_TOGETHER for code in members}
    labels: dict[str, None] = {}
    for code in codes:
        head, _sep, rest = code.partition("_")
        counted = head in {"age", "group"} and (rest.isdigit() or rest in {"younger", "older"})
        kind = f"{head}_" if counted else code
        labels[str(group_of[kind]) if kind in group_of else column_label(code)] = None
    return list(labels)
