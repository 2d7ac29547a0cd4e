"""The regional project, as far as it stands: lists of organizations by wave."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class Wave(models.Model):
    """A list of organizations that a year of the project equips.

    Хранит: ничего о людях.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    region = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("год"))
    title = models.CharField(max_length=200)
    source = models.CharField(_("источник"), max_length=500)

    class Meta:
        verbose_name = _("перечень")
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "title"], name="wave_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.year}"


class WaveMember(models.Model):
    """An organization stands in a wave's list, and in one only: money is given once.

    Хранит: ничего о людях.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="members")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("строка перечня")
        constraints = [
            models.UniqueConstraint(fields=["organization"], name="wave_member_in_one_wave")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} wave member"
