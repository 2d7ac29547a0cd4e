"""A batch on its way through the flow, its rows with remarks, the keys its rows hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class State(models.TextChoices):
    """Where a batch is."""

    UPLOADED = "UPLOADED", _("в очереди")
    READING = "READING", _("читаем файл")
    MAPPING = "MAPPING", _("ждёт выбора столбцов")
    CHECKING = "CHECKING", _("проверяем строки")
    CHECKED = "CHECKED", _("проверен")
    APPLYING = "APPLYING", _("загружаем")
    APPLIED = "APPLIED", _("загружен")
    FAILED = "FAILED", _("не прочитан")
    CANCELED = "CANCELED", _("отменён")


class Batch(models.Model):
    """One uploaded table. It belongs to the scope that its maker acted in.

    ``clean_rows`` are the ready rows that are not stored: they are in the file until the first
    applying, and 0 after it. What is in ``BatchRow`` is counted there, so the sums are always true.

    Хранит: имя загруженного файла, кто его загрузил, кто и когда записал его строки.
    Зачем: чтобы показать, что прочитано, и найти источник записей.
    Срок: 30 дней после последнего изменения; событие в журнале остаётся.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(_("вид"), max_length=40)
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    maker_account_id = models.BigIntegerField(_("кто загрузил"), null=True, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    file_name = models.CharField(_("файл"), max_length=255)
    search_name = models.CharField(max_length=300)
    file_size = models.BigIntegerField(_("размер"))
    file_sha256 = models.CharField(_("отпечаток файла"), max_length=64)

    state = models.CharField(
        _("состояние"), max_length=10, choices=State.choices, default=State.UPLOADED
    )
    trouble = models.TextField(_("почему не прочитан"), blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    asked_account_id = models.BigIntegerField(null=True, blank=True)
    asked_grant_uid = models.UUIDField(null=True, blank=True)

    shape = models.JSONField(default=dict)
    first_rows = models.JSONField(default=list)
    places = models.JSONField(default=dict)

    total_rows = models.PositiveIntegerField(default=0)
    clean_rows = models.PositiveIntegerField(default=0)
    clean_new = models.PositiveIntegerField(default=0)
    clean_changed = models.PositiveIntegerField(default=0)
    clean_same = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(_("добавлено строк"), default=0)
    changed_count = models.PositiveIntegerField(_("изменено строк"), default=0)
    same_count = models.PositiveIntegerField(_("без изменений"), default=0)

    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("загрузка")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="batch_state_known"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="batch_percent_to_100"),
            models.CheckConstraint(
                condition=~Q(state="APPLIED") | Q(applied_at__isnull=False),
                name="batch_applied_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-id"], name="batch_by_scope"),
            models.Index(fields=["file_sha256"], name="batch_by_digest"),
            models.Index(fields=["touched_at"], name="batch_by_touch"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.state}"


class RowState(models.TextChoices):
    """What may become of a row with remarks."""

    ERROR = "ERROR", _("Нужна правка")
    CONFIRM = "CONFIRM", _("Подтвердите")
    DOUBLE = "DOUBLE", _("Двойник")
    FIXED = "FIXED", _("Поправится само")
    READY = "READY", _("Готово")
    SKIPPED = "SKIPPED", _("Не загружаем")
    LOADED = "LOADED", _("Загружено")


class BatchRow(models.Model):
    """A row of the file with remarks, or one that a person corrected; the file never changes.

    ``holder`` is the earlier row of the same file that holds one of its keys.

    Хранит: строку присланной таблицы, в ней могут быть фамилия, имя, дата рождения, СНИЛС.
    Зачем: чтобы исправить ошибку в строке, не меняя файл.
    Срок: 30 дней после последнего изменения загрузки.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("строка"))
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=RowState.choices)
    outcome = models.CharField(max_length=8, blank=True)
    decision = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=300, blank=True)
    holder = models.PositiveIntegerField(null=True, blank=True)
    is_corrected = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("строка загрузки")
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RowState]),
                name="batch_row_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "state", "number"], name="batch_row_by_state"),
            models.Index(fields=["batch", "holder"], name="batch_row_by_holder"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} row {self.number}"


class BatchKey(models.Model):
    """A value that only one row of the file may have, and the row that has it.

    Хранит: короткий отпечаток ИНН или СНИЛС из присланной таблицы и номер строки.
    Зачем: чтобы найти повтор внутри одного файла.
    Срок: до конца загрузки, самое большее 30 дней после последнего изменения.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="keys")
    digest = models.BigIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("ключ строки")
        constraints = [
            models.UniqueConstraint(fields=["batch", "digest"], name="batch_key_one_holder"),
        ]
        indexes = [models.Index(fields=["batch", "number"], name="batch_key_by_row")]

    def __str__(self) -> str:
        return f"#{self.pk} key of row {self.number}"
