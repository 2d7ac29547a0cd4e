"""The register: one table of organizations, their buildings, the school years of a region."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class Kind(models.TextChoices):
    """What an organization is."""

    REGION = "REGION", _("регион")
    MUNICIPALITY = "MUNICIPALITY", _("муниципалитет")
    AUTHORITY = "AUTHORITY", _("орган управления образованием")
    SCHOOL = "SCHOOL", _("школа")
    COLLEGE = "COLLEGE", _("колледж")
    IT_CUBE = "IT_CUBE", _("IT-куб")
    ADDITIONAL = "ADDITIONAL", _("дополнительное образование")
    PD_CENTER = "PD_CENTER", _("центр повышения квалификации")
    KINDERGARTEN = "KINDERGARTEN", _("детский сад")


class Locality(models.TextChoices):
    """Town or village: the norm of the connection depends on it."""

    URBAN = "URBAN", _("город")
    RURAL = "RURAL", _("село")


class Status(models.TextChoices):
    """Whether an organization works."""

    ACTIVE = "ACTIVE", _("работает")
    SUSPENDED = "SUSPENDED", _("приостановлена")
    REORGANIZED = "REORGANIZED", _("реорганизована")
    CLOSED = "CLOSED", _("закрыта")


class Organization(models.Model):
    """A region, a municipality, an authority, a school … ``region`` and ``municipality`` are
    stored on every row below them, so that a line is one condition.

    Хранит: имя и должность руководителя, рабочие телефон и почту организации.
    Зачем: чтобы знать, кто отвечает за организацию; эти сведения открыты по закону об образовании.
    Срок: пока организация есть в реестре; прежние руководители — в истории изменений.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(_("вид"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("наименование"), max_length=300)
    full_name = models.CharField(_("полное наименование"), max_length=600, blank=True)
    sort_name = models.CharField(max_length=500)
    search_name = models.CharField(max_length=1400)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    region = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    municipality = models.ForeignKey(
        "self",
        verbose_name=_("муниципалитет"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    locality = models.CharField(_("местность"), max_length=10, blank=True, choices=Locality.choices)
    inn = models.CharField(_("ИНН"), max_length=12, blank=True)
    ogrn = models.CharField(_("ОГРН"), max_length=15, blank=True)
    kpp = models.CharField(_("КПП"), max_length=9, blank=True)
    oktmo = models.CharField(_("ОКТМО"), max_length=11, blank=True)
    address = models.CharField(_("адрес"), max_length=500, blank=True)
    phone = models.CharField(_("телефон"), max_length=60, blank=True)
    email = models.EmailField(_("почта"), blank=True)
    site = models.URLField(_("сайт"), blank=True)
    head_name = models.CharField(_("руководитель"), max_length=200, blank=True)
    head_post = models.CharField(_("должность руководителя"), max_length=120, blank=True)
    status = models.CharField(
        _("состояние"), max_length=12, choices=Status.choices, default=Status.ACTIVE
    )
    is_sample = models.BooleanField(_("учебные данные"), default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("организация")
        constraints = [
            models.UniqueConstraint(
                fields=["inn"], condition=~Q(inn=""), name="organization_inn_once"
            ),
            models.UniqueConstraint(
                fields=["ogrn"], condition=~Q(ogrn=""), name="organization_ogrn_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="REGION", region__isnull=True)
                | (~Q(kind="REGION") & Q(region__isnull=False)),
                name="organization_has_region",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["REGION", "MUNICIPALITY"]) | Q(municipality__isnull=True),
                name="organization_tree_tops",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "sort_name", "id"], name="organization_by_region"),
            models.Index(
                fields=["municipality", "sort_name", "id"], name="organization_by_municipality"
            ),
            models.Index(fields=["region", "kind"], name="organization_by_kind"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @property
    def organization_id(self) -> int | None:
        """Whose line the trail of this row belongs to: its own."""
        return self.pk


class Condition(models.TextChoices):
    """What state a building is in."""

    GOOD = "GOOD", _("хорошее")
    REPAIR_PLANNED = "REPAIR_PLANNED", _("ремонт запланирован")
    REPAIR_NEEDED = "REPAIR_NEEDED", _("нужен ремонт")
    UNDER_REPAIR = "UNDER_REPAIR", _("идёт ремонт")
    EMERGENCY = "EMERGENCY", _("аварийное")


class Building(models.Model):
    """A building of an organization: what lines, networks and equipment will belong to.

    Хранит: ничего о людях.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="buildings"
    )
    name = models.CharField(_("здание"), max_length=200)
    address = models.CharField(_("адрес"), max_length=500)
    locality = models.CharField(_("местность"), max_length=10, blank=True, choices=Locality.choices)
    built_year = models.PositiveSmallIntegerField(_("год постройки"), null=True, blank=True)
    classrooms = models.PositiveSmallIntegerField(_("кабинетов"), null=True, blank=True)
    accessibility = models.CharField(_("доступная среда"), max_length=200, blank=True)
    condition = models.CharField(
        _("состояние"), max_length=16, choices=Condition.choices, default=Condition.GOOD
    )
    note = models.CharField(_("примечание"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("здание")
        constraints = [
            models.CheckConstraint(
                condition=Q(built_year__isnull=True) | Q(built_year__range=(1700, 2100)),
                name="building_year_plausible",
            ),
        ]
        indexes = [models.Index(fields=["organization", "id"], name="building_by_organization")]

    def __str__(self) -> str:
        return f"#{self.pk} building"


class AcademicYear(models.Model):
    """A school year of a region; periods and classes belong to it.

    Хранит: ничего о людях.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    region = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        verbose_name = _("учебный год")
        constraints = [
            models.UniqueConstraint(fields=["region", "title"], name="academic_year_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="academic_year_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"
