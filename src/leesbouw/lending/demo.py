"""Two years of lending in the demo: rules and cards of each school, loans with the seasons of a school year, holds.

Older loans have a year group, a week and a title, as they do after the cut; of the last weeks one knows who has what.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from leesbouw.accounts.demo import actor_of
from leesbouw.collection.actions import ProvisionRow, set_provision
from leesbouw.collection.enums import AgeBand, CopyStatus, LoanSystem, SetKind
from leesbouw.collection.models import Copy
from leesbouw.collection.queries import provision_of
from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import AMSTERDAM, SchoolYear
from leesbouw.organisations.models import Location, LocationYear
from leesbouw.pupils.actions import pair_class_device, print_cards
from leesbouw.pupils.queries.classes import class_lines

from .actions import (
    CardRow,
    MonthRow,
    PastLoan,
    RulesRow,
    add_volunteer,
    bring_loans,
    choose_rules,
    count_months,
    cut_links,
    lend,
    make_cards,
    make_desk,
    mark_lost,
    pair_desk,
    place_hold,
    store_months,
    tell_year,
)
from .domain.borrowers import Borrower
from .domain.due import due_day
from .domain.months import last_day, month_of, months_of
from .domain.rules import Holiday, Rules
from .enums import BorrowerKind, MonthOrigin, Why
from .models import Loan
from .queries.rules import holidays_for, rules_at, usual_rules

YEARS_BACK = 2
VOLUNTEER, PIN = "Gerda", "2580"
SCHOOL, TABLET = "99AA00", "Tablet in de hal"
COORDINATOR, TEACHER = "joke.hendriks@voorbeeld.example", "eva.lammers@voorbeeld.example"
# How busy a month is beside an ordinary one: Kinderboekenweek in October, little in the last weeks before summer.
SEASON = {8: 0.5, 9: 1.1, 10: 1.5, 11: 1.2, 12: 0.8, 1: 1.2, 2: 1.0, 3: 1.1, 4: 0.9, 5: 0.8, 6: 0.9, 7: 0.3}
BAND_YEARS = {
    AgeBand.AP: (1, 2, 3),
    AgeBand.A: (3, 4, 5),
    AgeBand.BP: (5, 6),
    AgeBand.B: (6, 7, 8),
    AgeBand.C: (8,),
}
MINUTES = [time(9, minute) for minute in range(60)]
MOST_HOLDS = 4
WAITS = "Dierenkist"  # a box that stands ready for who scans it at the desk
BOX_WAS_OUT, BOX_STAYS = (310, 180, 60), 25  # so many days ago, and for how many
READERS_ALOUD = 3  # groups


@part("lending", after=("books", "pupils", "monitor"))
def fill(story: Story, tell: Tell) -> None:
    places = list(
        Location.objects.filter(pk__in=Copy.objects.values("location"), closed_on=None).order_by("pk")
    )
    months: dict[int, list[MonthRow]] = {}
    for done, place in enumerate(places, 1):
        dice = random.Random(f"lending {place.code}")
        _rules(place, dice)
        children = story.made["pupils"].get(place.code, {})
        if children:
            rows = [
                CardRow(Borrower(BorrowerKind.PUPIL, pk)) for pk, one in children.items() if not one.days_gone
            ]
            make_cards(rows, location=place, by=SYSTEM)
            add_volunteer(location=place, name=VOLUNTEER, pin=PIN, by=SYSTEM)
        season = _Season(story, place, dice)
        season.tell()
        months[place.pk] = season.counted()
        tell(done, len(places))
    store_months(months, by=SYSTEM, origin=MonthOrigin.COUNTED)
    _tablet(story)
    _elsewhere(story, [place for place in places if place.is_school and not months[place.pk]])
    count_months(by=SYSTEM)
    tell_year(year=SchoolYear.of(story.today).previous, by=SYSTEM)
    due = Loan.objects.trusted("the links of the demo that are over").filter(
        was_cut=False, cut_on__lte=story.today
    )
    cut_links(sorted(due.values_list("pk", flat=True)), by=SYSTEM)


def _tablet(story: Story) -> None:
    """Children of one school help themselves at a tablet. Most groups have their cards; the group of the teacher of the
    story has not, so that she sees what to do."""
    place = story.made["units"][SCHOOL]
    if not story.made["pupils"].get(SCHOOL):
        return
    made = make_desk(
        location=place, name=TABLET, is_self=True, by=actor_of(story, COORDINATOR, "reading-coordinator")
    )
    pair_desk(typed=made.code, is_self=True)
    own = {line.group.pk for line in class_lines(actor_of(story, TEACHER, "teacher")) if line.is_own}
    by = actor_of(story, COORDINATOR, "reading-coordinator")
    for line in class_lines(by):
        if line.pupils and line.group.pk not in own:
            print_cards(group_id=line.group.pk, by=by)
    for group_id in sorted(own):
        pair_class_device(group_id=group_id, browser="iPad", by=by)


def _elsewhere(story: Story, places: Sequence[Location]) -> None:
    """One school lends with another system, and gives its totals by file."""
    agreed = ((place, provision_of(SYSTEM, place)) for place in places)
    place, now = next(((place, row) for place, row in agreed if row is not None), (None, None))
    if place is None or now is None:
        return
    names = ("ways", "owner", "manager", "responsible", "goes_home", "goes_home_why", "review_on", "profile")
    row = ProvisionRow(**{name: getattr(now, name) for name in names}, system=LoanSystem.OTHER)
    set_provision(location=place, row=row, by=SYSTEM)
    year = SchoolYear.of(story.today)
    of_years = (
        LocationYear.objects.filter(location=place, year=year) if place else LocationYear.objects.none()
    )
    children = next(iter(of_years.values_list("pupils", flat=True)), None)
    if place is None or not children:
        return
    dice = random.Random(f"elsewhere {place.code}")
    rows = []
    for month in (*months_of(year.previous, story.today), *months_of(year, story.today)):
        if last_day(month) >= story.today:
            break
        loans = round(children * SEASON[month.month] * dice.uniform(1.1, 1.5))
        borrowers = min(round(loans * 0.55), round(children * 0.9))
        rows.append(MonthRow(month, loans, round(loans * 0.8), borrowers, children, round(children * 4.6)))
    store_months({place.pk: rows}, by=SYSTEM)


def _rules(place: Location, dice: random.Random) -> None:
    """Two of three schools chose their own; the others lend the usual way."""
    if dice.random() < 1 / 3:
        return
    usual = usual_rules(place.sector)
    row = RulesRow(
        days=dice.choice((14, 21, 21, 28)),
        renewals=dice.choice((0, 1, 2)),
        books=dice.choice((2, 2, 3)),
        region="middle",
        library_day=dice.choice((None, 1, 2, 4, 4, 5)),
        holiday_lending=dice.random() < 0.7,
        holiday_extra=dice.choice((0, 0, 2)),
        cut_days=dice.choice((14, 30, 30, 60)),
        limits=usual.limits,
    )
    choose_rules(location=place, row=row, by=SYSTEM)


@dataclass
class _Season:
    """The loans of one place, copy by copy."""

    story: Story
    place: Location
    dice: random.Random
    rows: list[PastLoan] = field(default_factory=list)
    has: Counter[int] = field(default_factory=Counter)  # pupil → open books
    lent: list[tuple[date, int]] = field(default_factory=list)  # day → pupil, of the years that are counted
    school_days: dict[date, date] = field(
        default_factory=dict
    )  # day → that day or the first school day after it
    due_days: dict[date, date] = field(
        default_factory=dict
    )  # day on which a book goes out → when it comes back

    def tell(self) -> None:
        today = self.story.today
        self.guess = random.Random(f"who borrowed at {self.place.code}")  # of whom is not kept
        self.rules: Rules = rules_at(self.place.pk)
        self.counted_from = SchoolYear.of(today).previous.starts_on
        begin = SchoolYear(SchoolYear.of(today).first - YEARS_BACK).starts_on
        self.holidays: Sequence[Holiday] = [
            one
            for year in range(YEARS_BACK + 1)
            for one in holidays_for(self.rules, begin.replace(year=begin.year + year))
        ]
        self.children = self._children()
        self.year_groups = sorted(self.children)
        self.known_from = today - timedelta(days=self.rules.cut_days)
        self.this_month = month_of(today)
        self.groups = self._groups()
        if not self.children and not self.groups:
            return
        copies = Copy.objects.filter(location=self.place, status=CopyStatus.IN_USE)
        for copy in copies.filter(book_set=None).select_related("title").order_by("pk"):
            self._copy(copy, max(begin, copy.acquired_on))
        self._boxes_before(copies)
        bring_loans(self.rows, location=self.place, by=SYSTEM)
        self._lose()
        self._wait()
        self._read_aloud()
        self._lend_a_box()

    def _children(self) -> dict[int, list[int]]:
        """Year group → pupils who are there today."""
        found: dict[int, list[int]] = {}
        for pk, one in self.story.made["pupils"].get(self.place.code, {}).items():
            if not one.days_gone and "Y0" in one.places:
                found.setdefault(one.places["Y0"].year_group, []).append(pk)
        return found

    def _groups(self) -> list[int]:
        """The groups of a child care, which borrow as a whole."""
        return [] if self.place.is_school else self._all_groups()

    def _all_groups(self) -> list[int]:
        made = self.story.made["groups"]
        return sorted(
            group.pk
            for (code, year, _name), group in made.items()
            if code == self.place.code and year == "Y0"
        )

    def _copy(self, copy: Copy, day: date) -> None:
        """One copy through two years: now and then lent, as often as its title is liked."""
        liked = random.Random(f"liked {copy.title.title}").triangular(0.3, 2.2, 0.8)
        while True:
            day += timedelta(days=max(1, int(self.dice.expovariate(liked / 45))))
            day = self._school_day(day)
            if day >= self.story.today:
                return
            if self.dice.random() > SEASON[day.month]:
                continue
            back = day + timedelta(days=int(self.dice.triangular(3, 34, 15)))
            day = self._lend(copy, day, self._school_day(back))

    def _school_day(self, day: date) -> date:
        found = self.school_days.get(day)
        if found is None:
            found = self.school_days[day] = self._next_school_day(day)
        return found

    def _next_school_day(self, day: date) -> date:
        while True:
            holiday = next((one for one in self.holidays if day in one), None)
            if holiday is not None:
                day = holiday.ends_on + timedelta(days=1)
            elif day.isoweekday() > 5:
                day += timedelta(days=8 - day.isoweekday())
            else:
                return day

    def _lend(self, copy: Copy, day: date, back: date) -> date:
        """Adds the loan; returns the day on which the copy can go out again."""
        today = self.story.today
        is_open = back >= today
        if is_open and self.dice.random() < 0.12:  # a shelf is never as empty as that
            return today
        years = BAND_YEARS.get(copy.title.age_band, (5,)) if self.place.is_school else ()
        year_group = self.dice.choice(years) if years else None
        if self.place.is_school and year_group not in self.children:
            year_group = self.dice.choice(self.year_groups)
        known = is_open or back > self.known_from or day >= self.this_month
        borrower = self._borrower(year_group, is_open) if known or self.groups else None
        if is_open and borrower is None:
            return today
        due_on = self.due_days.get(day)
        if due_on is None:
            due_on = self.due_days[day] = due_day(day, self.rules, self.holidays).on
        kind = BorrowerKind.PUPIL if self.place.is_school else BorrowerKind.GROUP
        ended = None if is_open else self._at(back)
        self._count(day, year_group, borrower)
        self.rows.append(PastLoan(copy.pk, self._at(day), due_on, borrower, kind, year_group, ended))
        return back

    def _borrower(self, year_group: int | None, is_open: bool) -> Borrower | None:
        if self.groups:
            return Borrower(BorrowerKind.GROUP, self.dice.choice(self.groups))
        those = self.children[year_group]  # type: ignore[index]
        limit = self.rules.limits.get(year_group or 0, self.rules.books)
        for _try in range(4):
            pk = self.dice.choice(those)
            if not is_open or self.has[pk] < limit:
                self.has[pk] += is_open
                return Borrower(BorrowerKind.PUPIL, pk)
        return None

    def _count(self, day: date, year_group: int | None, borrower: Borrower | None) -> None:
        """Who borrowed on a day, for the figures of its month."""
        if day < self.counted_from:
            return
        if borrower is None and year_group is not None:
            borrower = Borrower(BorrowerKind.PUPIL, self.guess.choice(self.children[year_group]))
        self.lent.append((day, borrower.id if borrower else 0))

    def counted(self) -> list[MonthRow]:
        """The months that are over, of the school and of the groups that there are now."""
        by_month: dict[date, list[int]] = {}
        for day, pupil in self.lent:
            if last_day(month_of(day)) < self.story.today:
                by_month.setdefault(month_of(day), []).append(pupil)
        return [row for month, who in sorted(by_month.items()) for row in self._month(month, who)]

    def _month(self, month: date, who: Sequence[int]) -> list[MonthRow]:
        if not self.place.is_school:
            return [MonthRow(month, len(who), len(who) if self.rules.may_go_home else 0)]
        groups: dict[int, set[int]] = {}
        if SchoolYear.of(month) == SchoolYear.of(self.story.today):
            for pk, one in self.story.made["pupils"][self.place.code].items():
                if not one.days_gone and "Y0" in one.places:
                    group = self.story.made["groups"][self.place.code, "Y0", one.places["Y0"].group]
                    groups.setdefault(group.pk, set()).add(pk)
        everybody = sum(map(len, self.children.values()))
        return [
            self._row(month, who, everybody, None),
            *(
                self._row(month, [pk for pk in who if pk in those], len(those), group)
                for group, those in sorted(groups.items())
            ),
        ]

    def _row(self, month: date, who: Sequence[int], children: int, group: int | None) -> MonthRow:
        home = len(who) if self.rules.may_go_home else 0
        return MonthRow(month, len(who), home, len(set(who)), children, None, group)

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, MINUTES[self.dice.randrange(60)], tzinfo=AMSTERDAM)

    def _lose(self) -> None:
        """A book that is long too late is lost now and then."""
        late = Loan.objects.trusted("the lost books of the demo").filter(
            location=self.place, ended_at=None, due_on__lt=self.story.today, kind=BorrowerKind.PUPIL
        )
        for loan in late.order_by("due_on", "pk")[: self.dice.choice((0, 1, 1, 2))]:
            mark_lost(loan_id=loan.pk, by=SYSTEM)

    def _wait(self) -> None:
        """Some children wait for a book that is out."""
        everybody = sorted(pk for those in self.children.values() for pk in those)
        out = Loan.objects.trusted("the books of the demo that are out").filter(
            location=self.place, ended_at=None
        )
        titles = list(out.order_by("-pk").values_list("title", flat=True)[: 4 * MOST_HOLDS])
        for title_id in sorted(set(titles))[: min(MOST_HOLDS, len(everybody) // 20)]:
            place_hold(
                title_id=title_id, pupil_id=self.dice.choice(everybody), location_id=self.place.pk, by=SYSTEM
            )

    def _read_aloud(self) -> None:
        """In a few groups of a school a book to read aloud, and one to read on in, with the group as a whole."""
        if not self.children:
            return
        out = Loan.objects.trusted("the books of the demo that are out").filter(
            location=self.place, ended_at=None
        )
        free = Copy.objects.filter(location=self.place, status=CopyStatus.IN_USE)
        free = free.filter(book_set=None).exclude(pk__in=out.order_by().values("copy"))
        ids = list(free.order_by("pk").values_list("pk", flat=True))
        for group in self._all_groups()[:READERS_ALOUD]:
            for copy_id in self.dice.sample(ids, min(2, len(ids))):
                ids.remove(copy_id)
                to = Borrower(BorrowerKind.GROUP, group)
                lend(copy_id=copy_id, to=to, location_id=self.place.pk, by=SYSTEM, allowed=set(Why))

    def _boxes_before(self, copies: QuerySet[Copy]) -> None:
        """Boxes went to groups as a whole before, a month each."""
        rows = list(copies.exclude(book_set=None).order_by("pk")) if self.children else []
        for days in BOX_WAS_OUT:
            day = self._school_day(self.story.today - timedelta(days=days))
            back = self._school_day(day + timedelta(days=BOX_STAYS))
            at, ended, due_on = self._at(day), self._at(back), due_day(day, self.rules, self.holidays).on
            for copy in rows:
                if copy.acquired_on < day:
                    loan = PastLoan(copy.pk, at, due_on, kind=BorrowerKind.GROUP, ended_at=ended)
                    self.rows.append(loan)

    def _lend_a_box(self) -> None:
        """A box on a theme is with a group as a whole, but for the one that its school just got."""
        groups = self._all_groups()
        boxes = Copy.objects.filter(location=self.place, book_set__kind=SetKind.THEME).order_by("pk")
        for copy in boxes.exclude(book_set__name=WAITS) if groups else ():
            to = Borrower(BorrowerKind.GROUP, groups[-1])
            lend(copy_id=copy.pk, to=to, location_id=self.place.pk, by=SYSTEM, allowed=set(Why))
