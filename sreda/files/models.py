"""What was uploaded: one row per file, the bytes lie in the media folder."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class StoredFile(models.Model):
    """An uploaded file. The context that asked to keep it serves it and says when it goes.

    Хранит: сам файл, его имя, кто и когда его загрузил.
    Зачем: чтобы прочитать присланную таблицу и показать, откуда взялись записи.
    Срок: пока файл нужен тому разделу, где его загрузили; таблицы — 30 дней.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    uploader_account_id = models.BigIntegerField(_("кто загрузил"), null=True, blank=True)
    purpose = models.CharField(_("зачем"), max_length=60)
    name = models.CharField(_("имя файла"), max_length=255)
    size = models.BigIntegerField(_("размер"))
    sha256 = models.CharField(max_length=64)
    content_kind = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(_("когда"))

    class Meta:
        verbose_name = _("файл")
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=0), name="stored_file_size_not_negative"),
        ]
        indexes = [
            models.Index(fields=["uploader_account_id", "-id"], name="stored_file_by_uploader"),
            models.Index(fields=["sha256"], name="stored_file_by_digest"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.purpose}"
