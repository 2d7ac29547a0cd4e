"""Grants: what an account may, where, and from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class Role(models.TextChoices):
    """The thirteen roles (reference: docs/glossary.md)."""

    PUPIL = "PUPIL", _("ученик")
    GUARDIAN = "GUARDIAN", _("родитель")
    TEACHER = "TEACHER", _("учитель")
    CLASS_TEACHER = "CLASS_TEACHER", _("классный руководитель")
    HEAD_TEACHER = "HEAD_TEACHER", _("завуч")
    DIRECTOR = "DIRECTOR", _("директор")
    SCHOOL_ADMIN = "SCHOOL_ADMIN", _("администратор школы")
    MUNICIPAL = "MUNICIPAL", _("специалист муниципалитета")
    MINISTRY = "MINISTRY", _("специалист министерства")
    OPERATOR = "OPERATOR", _("оператор")
    AUTHOR = "AUTHOR", _("автор материалов")
    EXPERT = "EXPERT", _("эксперт")
    OBSERVER = "OBSERVER", _("федеральный наблюдатель")


class Level(models.TextChoices):
    """How far a role sees: its organization, everything in a municipality, in a region."""

    ORGANIZATION = "ORGANIZATION", _("организация")
    MUNICIPALITY = "MUNICIPALITY", _("муниципалитет")
    REGION = "REGION", _("регион")


class Grant(models.Model):
    """One role of one account at one organization, written by the fact that it follows from.

    Хранит: какая роль, в какой организации, с какого и по какое время.
    Зачем: чтобы каждому открывалось только то, что ему положено.
    Срок: пока действует должность, зачисление или опека; история — год и три в архиве.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+"
    )
    fact = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("роль")
        constraints = [
            models.UniqueConstraint(fields=["fact", "role"], name="grant_one_per_fact"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="grant_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["organization", "role"], name="grant_by_organization")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role}"
