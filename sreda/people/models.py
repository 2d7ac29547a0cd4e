"""One row per human, whatever they do and wherever."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class Person(models.Model):
    """A human being.

    Хранит: фамилию, имя, отчество, дату рождения, СНИЛС.
    Зачем: чтобы человек был записан один раз, а документы и отметки не перепутались.
    Срок: пока человек учится, работает или представляет ребёнка; затем по архивным срокам.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    last_name = models.CharField(_("фамилия"), max_length=100)
    first_name = models.CharField(_("имя"), max_length=100)
    middle_name = models.CharField(_("отчество"), max_length=100, blank=True)
    birth_date = models.DateField(_("дата рождения"), null=True, blank=True)
    snils = models.CharField(_("СНИЛС"), max_length=11, blank=True)
    sort_name = models.CharField(max_length=400)
    search_name = models.CharField(max_length=320)

    class Meta:
        verbose_name = _("человек")
        constraints = [
            models.UniqueConstraint(
                fields=["snils"], condition=~Q(snils=""), name="person_snils_once"
            )
        ]
        indexes = [models.Index(fields=["sort_name", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return f"#{self.pk} person"
