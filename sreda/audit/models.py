"""The trail: who did what, when. Rows are only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class AuditEvent(models.Model):
    """One thing that was done. No foreign key points here; ``uid`` is in order of time.

    Хранит: номер учётной записи того, кто сделал, его роль, время и что изменилось.
    Зачем: чтобы любое изменение можно было проследить до человека и времени.
    Срок: год под рукой и ещё три года в архиве.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    at = models.DateTimeField(_("когда"))
    event = models.CharField(_("что"), max_length=100)
    actor_account_id = models.BigIntegerField(_("кто"), null=True, blank=True)
    actor_role = models.CharField(_("роль"), max_length=20, blank=True)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )
    target_type = models.CharField(max_length=60, blank=True)
    target_uid = models.UUIDField(null=True, blank=True)
    change = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("событие")
        indexes = [
            models.Index(fields=["target_uid", "-id"], name="audit_by_target"),
            models.Index(fields=["organization", "-id"], name="audit_by_organization"),
            models.Index(fields=["actor_account_id", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.event}"
