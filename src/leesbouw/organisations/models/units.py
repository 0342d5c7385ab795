"""Organisations. `Unit` is one concrete base, so that roles, contacts, talks and later quotes point at one thing."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, Everywhere, ScopedQuerySet
from leesbouw.core.time import now, on_day, today

from ..domain import is_school_code
from ..enums import BoardKind, PartnerKind, Sector, UnitKind

ADDRESS = {
    UnitKind.LIBRARY: "/bibliotheek/{}/",
    UnitKind.BRANCH: "/vestiging/{}/",
    UnitKind.BOARD: "/bestuur/{}/",
    UnitKind.MUNICIPALITY: "/gemeente/{}/",
    UnitKind.PROVINCE: "/provincie/{}/",
    UnitKind.POI: "/poi/{}/",
    UnitKind.PARTNER: "/partner/{}/",
    UnitKind.NATION: "/landelijk/",
}


def address_of(kind: str, code: str) -> str:
    """The stable address of a unit; a school and a child-care location differ by their code."""
    if kind == UnitKind.LOCATION:
        return f"/school/{code}/" if is_school_code(code) else f"/kinderopvang/{code}/"
    return ADDRESS[UnitKind(kind)].format(code)


class Unit(models.Model):
    """Anything with a name that people work for or with. `code` is its public code within its kind."""

    kind = models.CharField(max_length=12, choices=UnitKind, db_index=True)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=160, db_index=True)
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    KIND = ""
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="organisations_unit_code")]

    class Privacy:
        none = "id kind code name created_at version"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.kind = self.KIND or self.kind
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of(self.kind, self.code)


def _base(name: str) -> models.OneToOneField:
    """The link of a kind of organisation to its Unit; from the Unit it is `as_<kind>`."""
    return models.OneToOneField(
        Unit, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name=f"as_{name}"
    )


class Nation(Unit):
    KIND = UnitKind.NATION
    base = _base("nation")

    class Privacy:
        none = "base"


class Poi(Unit):
    """A provincial support organisation."""

    KIND = UnitKind.POI
    base = _base("poi")

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "base"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q()  # who supports which province is public


class Province(Unit):
    KIND = UnitKind.PROVINCE
    base = _base("province")
    poi = models.ForeignKey(Poi, null=True, on_delete=models.PROTECT, related_name="provinces")

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "base poi"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind == UnitKind.NATION:
            return models.Q()
        if actor.unit_kind == UnitKind.POI:
            return models.Q(poi=actor.unit_id)
        if actor.unit_kind == UnitKind.PROVINCE:
            return models.Q(pk=actor.unit_id)
        return models.Q(municipalities__in=Municipality.objects.visible_to(actor).values("pk"))


class Municipality(Unit):
    """A municipality; its code is CBS's, four digits."""

    KIND = UnitKind.MUNICIPALITY
    base = _base("municipality")
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="municipalities")

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "base province"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        match actor.unit_kind:
            case UnitKind.NATION:
                return models.Q()
            case UnitKind.PROVINCE:
                return models.Q(province=actor.unit_id)
            case UnitKind.POI:
                return models.Q(province__poi=actor.unit_id)
            case UnitKind.MUNICIPALITY:
                return models.Q(pk=actor.unit_id)
            case UnitKind.LIBRARY | UnitKind.BRANCH:
                return models.Q(pk__in=area_of(actor)) | _of_visible_locations(actor)
        return _of_visible_locations(actor)


def _of_visible_locations(actor: Actor) -> models.Q:
    return models.Q(pk__in=Location.objects.visible_to(actor).values("municipality"))


class Library(Unit):
    """A library organisation. Which municipalities it serves is `LibraryArea`, dated."""

    KIND = UnitKind.LIBRARY
    base = _base("library")
    province = models.ForeignKey(Province, null=True, on_delete=models.PROTECT, related_name="libraries")
    website = models.CharField(max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "base province website"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        match actor.unit_kind:
            case UnitKind.NATION:
                return models.Q()
            case UnitKind.PROVINCE:
                return models.Q(province=actor.unit_id)
            case UnitKind.POI:
                return models.Q(province__poi=actor.unit_id)
            case UnitKind.LIBRARY | UnitKind.BRANCH:
                return models.Q(pk__in=_ids(actor.libraries))
            case UnitKind.MUNICIPALITY:
                served = models.Q(municipality=actor.unit_id)
            case _:
                served = models.Q(municipality__in=Location.objects.visible_to(actor).values("municipality"))
        return models.Q(pk__in=LibraryArea.objects.filter(on_day(today()), served).values("library"))


class LibraryArea(models.Model):
    """A municipality that a library serves, from and until a day."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="areas")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="areas")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"],
                condition=models.Q(ends_on=None),
                name="organisations_one_library_per_municipality",
            )
        ]

    class Privacy:
        none = "id library municipality starts_on ends_on"


class Branch(Unit):
    """A branch of a library."""

    KIND = UnitKind.BRANCH
    base = _base("branch")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="branches")
    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.PROTECT, related_name="branches"
    )
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    town = models.CharField(max_length=80, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "base library municipality street postcode town"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}:
            return models.Q(library__in=_ids(actor.libraries))
        return models.Q(library__in=Library.objects.visible_to(actor).values("pk"))


class Board(Unit):
    """A school board or child-care organisation. Its locations may lie in several libraries' areas."""

    KIND = UnitKind.BOARD
    base = _base("board")
    board_kind = models.CharField(max_length=10, choices=BoardKind)
    website = models.CharField(max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "base board_kind website"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind == UnitKind.NATION:
            return models.Q()
        if actor.unit_kind == UnitKind.BOARD:
            return models.Q(pk=actor.unit_id)
        return models.Q(pk__in=Location.objects.visible_to(actor).values("board"))


class Location(Unit):
    """A school location (code: BRIN and branch) or child-care location (code: LRK number)."""

    KIND = UnitKind.LOCATION
    base = _base("location")
    sector = models.CharField(max_length=4, choices=Sector, db_index=True)
    board = models.ForeignKey(Board, null=True, on_delete=models.PROTECT, related_name="locations")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="locations")
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    town = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.CharField(max_length=200, blank=True)
    denomination = models.CharField(max_length=60, blank=True)
    places = models.PositiveIntegerField(null=True)  # child care: kindplaatsen, as in the register
    closed_on = models.DateField(null=True)
    closing_told_on = models.DateField(null=True)  # an old day in a file makes nothing go on the same day
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged_from")

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = (
            "base sector board municipality street postcode town phone website denomination places closed_on"
            " closing_told_on merged_into"
        )

    @property
    def place(self) -> str:
        """The first part of its address."""
        return "school" if is_school_code(self.code) else "kinderopvang"

    @property
    def is_school(self) -> bool:
        return self.sector != Sector.CHILDCARE

    def get_sector_display(self) -> str:
        """As Django has it, which compares all the words of the list anew for every row of a table."""
        return str(Sector(self.sector).label) if self.sector else ""

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        match actor.unit_kind:
            case UnitKind.NATION:
                return models.Q()
            case UnitKind.PROVINCE:
                return models.Q(municipality__province=actor.unit_id)
            case UnitKind.POI:
                return models.Q(municipality__province__poi=actor.unit_id)
            case UnitKind.MUNICIPALITY:
                return models.Q(municipality=actor.unit_id)
            case UnitKind.BOARD:
                return models.Q(board=actor.unit_id)
            case UnitKind.LOCATION:
                return models.Q(pk=actor.unit_id)
            case UnitKind.LIBRARY | UnitKind.BRANCH:
                return models.Q(municipality__in=area_of(actor)) | models.Q(pk__in=worked_with(actor))
        return models.Q(pk__in=())


class Partner(Unit):
    """A bookshop, health centre, training partner or consultation in a library's area."""

    KIND = UnitKind.PARTNER
    base = _base("partner")
    partner_kind = models.CharField(max_length=12, choices=PartnerKind)
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="partners")
    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.PROTECT, related_name="partners"
    )
    note = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "base partner_kind library municipality note"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(library__in=_ids(actor.libraries))


def area_of(actor: Actor) -> models.QuerySet:
    """Ids of the municipalities that the actor's libraries serve today."""
    areas = LibraryArea.objects.filter(on_day(today()), library__in=_ids(actor.libraries))
    return areas.values("municipality")


def worked_with(actor: Actor) -> models.QuerySet:
    """Ids of the locations that the actor's libraries work with today, wherever they lie."""
    partnerships = Location.partnerships.rel.related_model.objects  # type: ignore[attr-defined]
    return partnerships.filter(on_day(today()), library__in=_ids(actor.libraries)).values("location")


def _ids(scope: object) -> frozenset[int]:
    return frozenset() if isinstance(scope, Everywhere) else scope  # type: ignore[return-value]
