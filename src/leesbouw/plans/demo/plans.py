"""Two years of plans at every location with a lasting cooperation: most live, some are stuck, some have no goals yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import AMSTERDAM, SchoolYear, now, today
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location

from ..actions import (
    ActivityRow,
    EvaluationRow,
    EvidenceRow,
    GoalRow,
    add_activities,
    add_evidence,
    add_goal,
    agree_tasks,
    approve_plan,
    begin_plan,
    continue_goals,
    divide_tasks,
    evaluate_goal,
    finish_activity,
    mark_learning,
    read_plan_in,
    send_plan,
    set_money,
    write_plan,
)
from ..domain import goals_left
from ..domain.tasks import Said
from ..enums import Audience, Decision, EvidenceKind, GoalKind, GoalOrigin, PlanKind, Side
from ..models import Goal, Plan, PlanApproval, PlannedActivity, PlanVersion
from ..queries import (
    Section,
    baseline_of,
    goal_rules,
    goals_of,
    kinds_for,
    target_as_said,
    template_of,
)
from .blocks import units
from .habits import tell_habits
from .heads import consultant_of, head_of

# what, measure, audience, owner: goals that fit a figure where the location has one
MEASURED = {
    "school": (
        ("Meer kinderen vinden lezen leuk", "reading-pleasure", Audience.CHILDREN, Side.TOGETHER),
        ("Leerkrachten introduceren vaker boeken", "introduces-books", Audience.TEACHERS, Side.PARTNER),
        ("Elke week praten over boeken", "talks-about-books-in-class", Audience.TEACHERS, Side.PARTNER),
        ("Meer kinderen lenen op school", "borrows-at-school", Audience.CHILDREN, Side.TOGETHER),
    ),
    "vo": (("Meer leerlingen lezen met plezier", "vo-reading-pleasure", Audience.CHILDREN, Side.TOGETHER),),
    "ko": (("Kinderen kunnen zelf bij de boeken", "childcare-environment", Audience.TEACHERS, Side.PARTNER),),
}
# what, evidence, audience, owner: changes that one can see
CHANGES = (
    ("Ouders weten welk boek in de tas zit", "Vijf ouders vertellen wat hen hielp", Audience.PARENTS),
    (
        "Elke groep heeft een fijne leesplek",
        "Foto’s van elke leesplek, besproken in het team",
        Audience.CHILDREN,
    ),
    (
        "Het team kent tien nieuwe boeken",
        "Een lijst met tien titels die elk van ons voorlas",
        Audience.TEACHERS,
    ),
)
# what, aim, steps, audience, side, hours, visits, first month, groups
ACTIVITIES = (
    ("Boekenkring", "Kinderen tippen elkaar", "Voordoen in de klas, daarna doet de leerkracht het zelf", "children", Side.LIBRARY, "4.5", 3, 10, (5, 6)),
    ("Kinderboekenweek", "Iedereen praat over hetzelfde thema", "Opening in de hal, elke dag een boek", "children", Side.TOGETHER, "3", 1, 10, ()),
    ("Boekpromotie in groep 3 en 4", "Beginnende lezers vinden een boek dat past", "Tien boeken meenemen en laten kiezen", "children", Side.LIBRARY, "3", 2, 11, (3, 4)),
    ("Workshop voor het team: voorlezen", "Elke leerkracht leest met plezier voor", "Studiemiddag van twee uur", "teachers", Side.LIBRARY, "6", 1, 1, ()),
    ("Koffieochtend voor ouders", "Ouders ervaren hoe leuk samen lezen is", "Samen prentenboeken bekijken", "parents", Side.TOGETHER, "2.5", 1, 2, ()),
    ("Leesgesprekken in groep 7", "Weten wat kinderen graag lezen", "Met elk kind vijf minuten praten over boeken", "children", Side.PARTNER, "0", 0, 3, (7,)),
)  # fmt: skip
CHILDCARE = (
    ("Interactief voorlezen voordoen", "Elke medewerker leest elke dag voor", "Voordoen op de groep en samen nabespreken", "teachers", Side.LIBRARY, "4", 2, 10, ()),
    ("Voorleesontbijt", "Ouders horen hun kind lachen om een verhaal", "Ontbijt op de groep met een prentenboek", "parents", Side.TOGETHER, "2", 1, 1, ()),
    ("Boeken wisselen", "Er is altijd iets nieuws", "Een krat met boeken bij het thema", "children", Side.LIBRARY, "1.5", 3, 9, ()),
)  # fmt: skip
SECONDARY = (
    ("Vrij lezen in klas 1 en 2", "Elke leerling leest elke dag", "Een kwartier aan het begin van de dag", "children", Side.PARTNER, "0", 0, 9, (1, 2)),
    ("Boekenpraat in de mediatheek", "Leerlingen vinden een boek dat past", "Vier keer een les met tien boeken", "children", Side.LIBRARY, "8", 4, 10, (1, 2)),
    ("De Weddenschap", "Leerlingen halen samen hun doel", "Aanmelden, drie boeken lezen, erover praten", "children", Side.TOGETHER, "3", 2, 1, (3,)),
)  # fmt: skip
FORMS = {  # which form of the catalogue an activity of the demo is
    "Boekenkring": "book-circle",
    "Kinderboekenweek": "childrens-book-week",
    "Boekpromotie in groep 3 en 4": "book-promotion",
    "Leesgesprekken in groep 7": "reading-talk",
    "Vrij lezen in klas 1 en 2": "vo-free-reading",
    "Boekenpraat in de mediatheek": "vo-library-intro",
    "De Weddenschap": "the-bet",
}
OURS = (
    ("safe-online", (5, 6, 7, 8)),
    ("knows-ai", (8,)),
    ("enjoys-stories", (1, 2)),
    ("vo-names-sources", (2, 3)),
)
MONEY = (100_00, 250_00, None)  # for the extra costs of a year, by turns
TEXTS = {
    "vision": "Wij willen dat elk kind op {name} graag leest. Wie graag leest, leest meer, en wie meer leest, leert beter lezen.",
    "reason": "De groepen zijn gevarieerd: in sommige gezinnen is een kast vol boeken, in andere geen enkel. School maakt het verschil.",
    "ambition": "Over drie jaar kiest elk kind elke week een boek dat past, en praat elke groep wekelijks over boeken.",
    "cooperation": "De school is zelf verantwoordelijk voor het lezen. De Bibliotheek doet voor, adviseert en zorgt voor de collectie.",
    "begin": "Goed: er is elke dag tijd om te lezen en de schoolbibliotheek is mooi. Beter: we praten nog weinig over boeken.",
    "collection": "In november kiezen twee kinderen uit elke groep mee bij de nieuwe boeken. In mei gaan oude boeken eruit.",
    "training": "De leescoördinator volgt Open Boek. Het team heeft in januari een studiemiddag over voorlezen.",
    "parents": "Ouders horen bij de start welk boek hun kind meekrijgt. In februari is er een koffieochtend.",
    "meetings": "Start in september, halverwege in januari, terugblik in mei. De directeur is er bij de start en de terugblik.",
    "everyday": "We lezen elke dag voor, na het fruit en voor het slapen. Baby’s krijgen een boekje op schoot.",
    "now": "Leerlingen in klas 1 lezen nog graag. In klas 3 zakt dat. Docenten Nederlands lezen voor, andere vakken weinig.",
    "evaluation": "In mei kijken we samen terug en kiezen we wat we vasthouden.",
}
CHANGED_AT = "99AA00"  # here the plan was changed after the head agreed, and waits for her again
CHANGED = "Ouders horen bij de start welk boek hun kind meekrijgt. De koffieochtend van februari wordt een avond: overdag kwam bijna niemand."
WORDS = {
    Decision.CONTINUE: "We zijn op weg. De boekenkring loopt in vier groepen, de andere volgen.",
    Decision.ADJUST: "Het kostte meer tijd dan we dachten. We beginnen dit jaar met twee groepen.",
    Decision.ANCHOR: "Dit doen we nu vanzelf. Het staat in het rooster van elke groep.",
    Decision.STOP: "Dit paste niet bij wat de groepen nodig hadden. We kiezen iets anders.",
}


@part("goals", after=("plans", "monitor"))
def fill(story: Story, tell: Tell) -> None:
    """A location that just began has a plan for this year only; one in seven has no goals yet."""
    places = list(_places())
    for number, (location, library_id, begins) in enumerate(places):
        chance = Random(f"plannen {location.code}")
        running = SchoolYear.running()
        for year in (running.previous, running):
            if not year < begins:
                _year(story, location, library_id, year, chance)
        tell(number + 1, len(places))


def _places() -> Iterator[tuple[Location, int, SchoolYear]]:
    for unit, library_id, _base, begins in units():
        if isinstance(unit, Location):
            yield unit, library_id, begins


def _year(story: Story, location: Location, library_id: int, year: SchoolYear, chance: Random) -> None:
    is_over = year < SchoolYear.running()
    carried = [] if is_over else continue_goals(unit=location, year=year, by=SYSTEM)
    goals = carried + ([] if chance.random() < 0.14 else _goals(location, year, chance))
    _activities(story, location, library_id, year, goals, chance)
    tell_habits(location, year, chance)
    _tasks(location, year, chance)
    if chance.random() < 0.7:
        ours = [(goal, group) for goal, groups in OURS for group in groups]
        mark_learning(unit=location, year=year, ours=ours, by=SYSTEM)
    for kind in kinds_for(location):
        if kind != PlanKind.MEDIA and (kind == PlanKind.YEAR or is_over):
            _plan(location, kind, year, is_agreed=is_over or chance.random() < 0.6)
    if is_over:
        for goal in goals:
            decision = chance.choice(list(Decision))
            told = EvaluationRow(WORDS[decision], decision)
            evaluate_goal(goal=goal, year=year, evaluation=told, by=SYSTEM)


def _goals(location: Location, year: SchoolYear, chance: Random) -> list[Goal]:
    """Goals are set in autumn, so a figure of the year before is where they begin, where there is one."""
    rows, begins_at = [], year
    for what, code, audience, owner in MEASURED.get(location.sector, MEASURED["school"]):
        before = baseline_of(SYSTEM, location, code, until=year.previous)
        found = before or baseline_of(SYSTEM, location, code, until=year)
        if found is None or len(rows) == 2:
            continue
        begins_at = year.previous if before else year
        step = chance.choice((0.03, 0.05, 0.1))
        target = min(1.0, found.value + step) if found.value <= 1 else round(found.value * (1 + step), 1)
        if target == found.value:
            continue
        rows.append(
            GoalRow(
                what,
                owner,
                GoalKind.MEASURED,
                SchoolYear(year.first + chance.choice((0, 0, 1))),
                measure=code,
                target=target_as_said(code, target),
                audience=audience,
                origin=GoalOrigin.FINDING,
            )
        )
    what, evidence, audience = chance.choice(CHANGES)
    rows.append(
        GoalRow(
            what,
            Side.PARTNER,
            GoalKind.CHANGE,
            year,
            evidence=evidence,
            audience=audience,
            origin=GoalOrigin.TALK,
        )
    )
    there = [goal.what for goal in goals_of(SYSTEM, location, year)]
    fresh = [row for row in rows if row.what not in there]
    room = goals_left(len(there), goal_rules().goals_a_year)
    chosen = fresh[:room]
    return [add_goal(unit=location, year=year, goal=row, by=SYSTEM, begins_at=begins_at) for row in chosen]


def _activities(
    story: Story,
    location: Location,
    library_id: int,
    year: SchoolYear,
    goals: list[Goal],
    chance: Random,
) -> None:
    kinds = {Sector.CHILDCARE: CHILDCARE, Sector.VO: SECONDARY, Sector.PRO: SECONDARY}
    chosen = kinds.get(Sector(location.sector), ACTIVITIES)
    rows = []
    classes = list(location.groups.filter(year=year))
    for what, aim, steps, audience, side, hours, times, month, groups in chosen:
        if chance.random() < 0.15:
            continue
        day = date(year.first + (month < 8), month, chance.randint(3, 20))
        day = story.workday(day)
        rows.append(
            ActivityRow(
                what,
                side,
                form=FORMS.get(what, ""),
                goal_id=chance.choice(goals).pk if goals else None,
                aim=aim,
                steps=steps,
                audience=Audience(audience),
                groups=groups,
                class_ids=[one.pk for one in classes if groups and set(one.year_groups) <= set(groups)],
                from_on=day,
                until_on=day + timedelta(days=14) if times > 1 else None,
                times=times,
                hours=Decimal(hours),
                school_hours=Decimal(chance.choice((1, 2, 3))),
                cost_cents=chance.choice((None, None, 25_00, 60_00)),
            )
        )
    for made in add_activities(unit=location, year=year, rows=rows, by=SYSTEM, library_id=library_id):
        if made.from_on and made.from_on < today() - timedelta(days=21) and chance.random() < 0.85:
            finish_activity(activity=PlannedActivity(pk=made.pk), by=SYSTEM, done_on=made.from_on)


def _tasks(location: Location, year: SchoolYear, chance: Random) -> None:
    """Most locations divided the tasks last year and agreed; this year some did not look at it yet."""
    if year == SchoolYear.running() and chance.random() < 0.5:
        return
    said = {"lend": Said(Side.TOGETHER, "Ouders helpen op dinsdag"), "parents": Said(Side.PARTNER)}
    by = consultant_of(location)
    divide_tasks(unit=location, year=year, said=said if chance.random() < 0.6 else {}, by=by)
    agree_tasks(unit=location, year=year, by=by)


def _plan(location: Location, kind: PlanKind, year: SchoolYear, *, is_agreed: bool) -> None:
    by = consultant_of(location)
    plan = begin_plan(unit=location, kind=kind, year=year, by=by)
    known = {one.code for one in _sections(kind)}
    texts = {code: text.format(name=location.name) for code, text in TEXTS.items() if code in known}
    read_plan_in(plan=plan, year=year, texts=texts, by=by)
    if kind == PlanKind.YEAR:
        set_money(plan=plan, year=year, cents=MONEY[len(location.name) % len(MONEY)], by=SYSTEM)
    if is_agreed:
        approve_plan(plan=plan, year=year, by=head_of(location))
        shows = EvidenceRow(EvidenceKind.RECORD, record=f"plan:{plan.pk}")
        block = "childcare-plan" if location.sector == Sector.CHILDCARE else "plan"
        add_evidence(unit=location, code=block, year=year, evidence=shows, by=SYSTEM)
        _said_in_time(plan, year)
        if (location.code, kind, year) == (CHANGED_AT, PlanKind.YEAR, SchoolYear.running()):
            write_plan(plan=plan, year=year, code="parents", text=CHANGED, by=by)
            send_plan(plan=plan, year=year, by=by)
    elif len(location.name) % 2:
        send_plan(plan=plan, year=year, by=by)


def _said_in_time(plan: Plan, year: SchoolYear) -> None:
    """A plan was agreed in the first weeks of its year, not on the day on which somebody makes a demo."""
    day = datetime.combine(year.starts_on + timedelta(days=40 + plan.unit_id % 14), time(15, 30), AMSTERDAM)
    at = min(day, now())
    PlanVersion.objects.filter(plan=plan).update(made_at=at)
    PlanApproval.objects.filter(version__plan=plan).update(approved_at=at)


def _sections(kind: PlanKind) -> list[Section]:
    return [one for one in template_of(kind)[0].sections if one.shows == "text"]
