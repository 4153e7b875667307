"""Bodies, their names and successions, offices and holders, partners and relations, over time."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

__all__ = [
    "Accreditation",
    "Agreement",
    "Body",
    "BodyName",
    "Holding",
    "Level",
    "Membership",
    "Office",
    "Partner",
    "PartnerName",
    "Person",
    "RelationLevel",
    "Source",
    "Stage",
    "Succession",
    "SuccessionKind",
]

CERTAINTY = [
    ("A", _("Two or more sources, or the official text")),
    ("B", _("One source")),
    ("C", _("To be checked")),
]


class Source(models.Model):
    """Where rows come from."""

    key = models.CharField(max_length=40, primary_key=True)
    what = models.CharField(max_length=300)
    address = models.CharField(max_length=1000, blank=True)
    is_local = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.what


class Sourced(models.Model):
    """What every row says of itself: its source, and how certain it is."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    sure = models.CharField(max_length=1, choices=CERTAINTY)

    class Meta:
        abstract = True

    @property
    def is_to_be_checked(self) -> bool:
        """No source confirms it: never shown as plain fact."""
        return self.sure == "C"


class TwoNames(models.Model):
    """What is called by a name in each language: on a screen, in the reader's."""

    class Meta:
        abstract = True

    name: str
    name_en: str

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def other_name(self) -> str:
        """The name in the language that is not the reader's; "" if it is the same, or unknown."""
        names = {self.name, self.name_en} - {str(self)}
        return names.pop() if names else ""


class Body(TwoNames, Sourced):
    """A body from its first day to its last; a name or code used again is another body."""

    ref = models.CharField(max_length=80, unique=True)
    """Stable word, as the engine's resolution gives it: "mof-2025"."""
    kind = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    sort = models.CharField(max_length=600, db_index=True)
    folded = models.TextField(blank=True)
    """Every name without marks, for search."""
    code = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    host = models.ForeignKey(
        "Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="missions"
    )
    city = models.CharField(max_length=100, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    """Last day; None while it stands, or if no source gives one."""
    note = models.TextField(blank=True)
    is_local = models.BooleanField(default=False)
    """Added or changed here: loading the shipped rows leaves it alone."""

    class Meta:
        ordering = ["sort", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="body_days_run_forward",
            )
        ]


class BodyName(models.Model):
    """A name a body goes by, and whether it is enough alone."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=300, db_index=True)
    is_strong = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="body_name_once")]

    def __str__(self) -> str:
        return self.name


class SuccessionKind(models.TextChoices):
    """What became of a body."""

    MERGED = "merged", _("Merger")
    RENAMED = "renamed", _("New name")
    SPLIT = "split", _("Division")
    FUNCTIONS_MOVED = "functions_moved", _("Functions moved")


class Succession(Sourced):
    """One step from a body to what took over its work; read from both ends."""

    before = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="successions")
    after = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=20, choices=SuccessionKind.choices)
    on = models.DateField()
    """First day of the new state."""
    what = models.CharField(max_length=300, blank=True)
    """The part that moved; empty if the whole, or not stated."""

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "on"], name="succession_once"),
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="succession_not_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Office(TwoNames, Sourced):
    """A post in a body; tasks belong to offices and bodies, not to people."""

    ref = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="offices")
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]


class Person(models.Model):
    """A person in public office."""

    ref = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=600, db_index=True)
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["sort", "id"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class Holding(models.Model):
    """A person in an office: between days a source gives, or seen in it on days.

    Days are as precise as their source: "2025", "2025-07" or "2025-07-01"; "" if not given.
    """

    ref = models.CharField(max_length=240, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="holdings")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="holdings")
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    seen = models.JSONField(default=list)
    is_acting = models.BooleanField(default=False)
    """"Quyền", or entrusted with the duties."""
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"


class Partner(TwoNames, Sourced):
    """A country, a bloc or organisation, a region, or a named agreement."""

    ref = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, db_index=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    sort = models.CharField(max_length=600, db_index=True)
    folded = models.TextField(blank=True)
    iso3 = models.CharField(max_length=3, blank=True)
    contains_vietnam = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["sort", "id"]


class PartnerName(models.Model):
    """A spelling of a partner's name, and whether it is enough alone."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=300, db_index=True)
    is_strong = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "name"], name="partner_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Sourced):
    """A partner in a bloc; days as precise as their source, "" if not stated.

    A partner that left and came back has a row for each time.
    """

    ref = models.CharField(max_length=200, unique=True)
    bloc = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="blocs")
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.member} in {self.bloc}"


class Level(models.TextChoices):
    """Level of relations."""

    SPECIAL = "special", _("Special relations")
    COMPREHENSIVE_STRATEGIC = "comprehensive_strategic", _("Comprehensive strategic partnership")
    STRATEGIC = "strategic", _("Strategic partnership")
    COMPREHENSIVE = "comprehensive", _("Comprehensive partnership")
    SECTORAL_STRATEGIC = "sectoral_strategic", _("Strategic partnership in one field")


class RelationLevel(Sourced):
    """A level of relations from a day on; a later row of the same partner ends it."""

    ref = models.CharField(max_length=200, unique=True)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="levels")
    level = models.CharField(max_length=30, choices=Level.choices)
    on = models.CharField(max_length=10, blank=True)
    field = models.CharField(max_length=100, blank=True)
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.partner}: {self.level} {self.on}"


class Agreement(models.Model):
    """A named trade or investment agreement; its names are those of its partner row."""

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="agreement")
    sides = models.ManyToManyField(Partner, related_name="agreements")
    note = models.TextField(blank=True)
    is_local = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.partner)


class Stage(Sourced):
    """A stage an agreement reached for one side; sources that differ stand beside each other."""

    ref = models.CharField(max_length=240, unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="stages")
    side = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    """None if the source does not tell the sides apart."""
    stage = models.CharField(
        max_length=20,
        choices=[
            ("negotiating", _("Negotiating")),
            ("signed", _("Signed")),
            ("ratified", _("Ratified")),
            ("not_ratified", _("Not ratified")),
            ("in_force", _("In force")),
        ],
    )
    on = models.CharField(max_length=10, blank=True)
    known_on = models.CharField(max_length=10, blank=True)
    """The day the source speaks of, where it only tells how things stood."""
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["on", "known_on", "id"]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.stage} {self.on}"


class Accreditation(models.Model):
    """A partner a mission answers for; a mission may answer for several."""

    mission = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="accreditations")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="accreditations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mission", "partner"], name="accreditation_once")
        ]

    def __str__(self) -> str:
        return f"{self.mission}: {self.partner}"
