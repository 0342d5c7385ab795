"""The collection: titles as a library describes them, and the copies that children hold in their hands."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, Location, Partnership

from ..enums import AgeBand, Avi, CopyReason, CopyStatus, Owner, Part, TitleKind, TitleSource


class Title(models.Model):
    """A book as it is known, not one that stands somewhere. `authors` are names as people say them, first the main one.

    `isbn` has 13 digits without signs; "" where a book has none. `record_id` is its number in the file it came from.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    isbn = models.CharField(max_length=13, blank=True)
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    authors = models.JSONField(default=list)
    publisher = models.CharField(max_length=120, blank=True)
    published = models.PositiveSmallIntegerField(null=True)  # year
    language = models.CharField(max_length=3, default="dut")  # ISO 639-2/B, as in MARC
    series = models.CharField(max_length=200, blank=True)
    series_part = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=11, choices=TitleKind, default=TitleKind.STORY)
    age_band = models.CharField(max_length=2, choices=AgeBand, blank=True)
    avi = models.CharField(max_length=5, choices=Avi, blank=True)
    siso = models.CharField(max_length=20, blank=True)
    nur = models.CharField(max_length=3, blank=True)
    genre = models.CharField(max_length=60, blank=True)
    themes = models.JSONField(default=list)
    pages = models.PositiveSmallIntegerField(null=True)
    summary = models.TextField(blank=True)
    source = models.CharField(max_length=5, choices=TitleSource, default=TitleSource.TYPED)
    record_id = models.CharField(max_length=60, blank=True)
    added_on = models.DateField(default=today)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        indexes = [
            models.Index(fields=["library", "title"], name="collection_title_by_name"),
            models.Index(fields=["library", "record_id"], name="collection_title_by_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "isbn"], condition=~models.Q(isbn=""), name="collection_isbn_once"
            )
        ]

    class Privacy:
        none = (
            "id library isbn title subtitle authors publisher published language series series_part kind age_band"
            " avi siso nur genre themes pages summary source record_id added_on version"
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection:title", args=[self.pk])

    @property
    def by_whom(self) -> str:
        """ "Paul van Loon, Hugo van Look"."""
        return ", ".join(self.authors)

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """What a library has is no secret for the schools it works with; another library's catalogue is its own."""
        if actor.unit_kind == UnitKind.LOCATION and isinstance(actor.locations, frozenset):
            partners = Partnership.objects.filter(on_day(today()), location__in=actor.locations)
            return models.Q(library__in=partners.values("library"))
        return within(actor.libraries, "library")


class Copy(models.Model):
    """One book with its own barcode. `location` is the school or child care where it stands; None is the library.

    `times_lent` and `last_lent_on` are kept by lending through an action of this room, so that weeding needs no loans.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="copies")
    barcode = models.CharField(max_length=30)
    location = models.ForeignKey(Location, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=7, choices=Owner, default=Owner.LIBRARY)
    part = models.CharField(max_length=8, choices=Part, default=Part.STANDARD)
    book_set = models.ForeignKey("BookSet", null=True, on_delete=models.SET_NULL, related_name="+")
    place = models.CharField(max_length=40, blank=True)  # "kast B3", "lokaal groep 5"
    status = models.CharField(max_length=9, choices=CopyStatus, default=CopyStatus.IN_USE)
    status_reason = models.CharField(max_length=12, choices=CopyReason, blank=True)  # of what is not in use
    status_on = models.DateField(null=True)  # since when; None for what was always in use
    acquired_on = models.DateField(default=today)
    last_lent_on = models.DateField(null=True)
    times_lent = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["barcode"]
        indexes = [
            models.Index(
                fields=["location", "status", "part", "acquired_on", "library"], name="collection_copies_here"
            ),
            models.Index(fields=["title", "status"], name="collection_copies_of"),
        ]
        constraints = [models.UniqueConstraint(fields=["library", "barcode"], name="collection_barcode_once")]

    class Privacy:
        none = (
            "id library title barcode location owner part book_set place status status_reason status_on acquired_on"
            " last_lent_on times_lent version"
        )

    def __str__(self) -> str:
        return self.barcode

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """A school sees its own shelf; a library everything it keeps."""
        if actor.unit_kind == UnitKind.LOCATION:
            return within(actor.locations, "location")
        return within(actor.libraries, "library")


class TitleWord(models.Model):
    """A word in the titles, writers and series of a library, with the key of its sound and in how many titles it is."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)
    sound = models.CharField(max_length=40)
    titles = models.PositiveIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library", "sound"], name="collection_words_by_sound")]
        constraints = [models.UniqueConstraint(fields=["library", "word"], name="collection_word_once")]

    class Privacy:
        none = "id library word sound titles"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return Title.scope(actor)


class WordPlace(models.Model):
    """A title that holds a word. `weight`: 4 in the title, 3 of its writer, 2 in the series, 1 in a theme."""

    word = models.ForeignKey(TitleWord, on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")
    weight = models.PositiveSmallIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "title"], name="collection_place_once")]

    class Privacy:
        none = "id word title weight"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(title__in=Title.objects.visible_to(actor).values("pk"))
