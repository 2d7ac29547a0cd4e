"""Notices: a line of text for one account, with an address to go to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class Notice(models.Model):
    """Something an account should know. ``about`` is the event told of: told once to an account.

    It stays when the role that brought it has ended, so its text names no pupil and no guardian:
    the name stands on the page behind ``url``, which asks again who may see it.

    Хранит: текст уведомления, кому оно и прочитано ли.
    Зачем: чтобы человек узнал о важном, не заглядывая во все разделы.
    Срок: 90 дней.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=300, blank=True)
    about = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("уведомление")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "about"],
                condition=Q(about__isnull=False),
                name="notice_once_about",
            )
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="notice_by_account"),
            models.Index(fields=["about"], name="notice_by_about"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} notice"
