"""Accounts, sessions and the three ways in: password, card with a PIN, one-time code."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class Theme(models.TextChoices):
    """Colors of the interface."""

    SYSTEM = "", _("как в системе")
    LIGHT = "light", _("светлая")
    DARK = "dark", _("тёмная")


class Account(AbstractBaseUser):
    """How one person signs in. Made without a password; what it opens stands in ``access``.

    Хранит: логин, отпечаток пароля, вид страниц и язык, время последнего входа.
    Зачем: чтобы пускать только того, чья это запись, и помнить, как удобно читать.
    Срок: пока есть хоть одна роль; отпечаток пароля — до сброса.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="account")
    login = models.CharField(_("логин"), max_length=150, unique=True)
    is_active = models.BooleanField(default=True)
    theme = models.CharField(max_length=10, blank=True, choices=Theme.choices)
    vision = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=5, blank=True)
    unread = models.IntegerField(default=0)

    USERNAME_FIELD = "login"

    class Meta:
        verbose_name = _("учётная запись")
        constraints = [
            models.CheckConstraint(condition=~Q(login=""), name="account_has_login"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} account"


class SignInWay(models.TextChoices):
    """How a session began."""

    PASSWORD = "PASSWORD", _("логин и пароль")
    CARD = "CARD", _("карточка класса")
    CODE = "CODE", _("одноразовый код")
    DEMO = "DEMO", _("просмотр без пароля")


class Session(models.Model):
    """One signed-in browser. The cookie holds a random key, the row only its digest.

    Хранит: когда и каким способом вошли, с какого вида устройства.
    Зачем: чтобы держать вход открытым и дать человеку закрыть его на чужом устройстве.
    Срок: до выхода, самое большее 30 дней.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    way = models.CharField(max_length=10, choices=SignInWay.choices)
    device = models.CharField(max_length=60, blank=True)
    acting = models.UUIDField(null=True, blank=True)
    bound_to = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, null=True, related_name="+"
    )
    began_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("вход")
        indexes = [models.Index(fields=["expires_at"], name="session_by_expiry")]

    def __str__(self) -> str:
        return f"#{self.pk} session"


class EndReason(models.TextChoices):
    """Why a card or a code no longer opens anything."""

    NEW_PRINT = "NEW_PRINT", _("напечатана новая")
    REVOKED = "REVOKED", _("отозвана")
    GUESSED = "GUESSED", _("PIN подбирали")
    USED = "USED", _("использован")
    RESET = "RESET", _("вход сброшен")


class SignInCard(models.Model):
    """A printed card: a QR address with a secret, and a PIN told apart from it. One lives per
    organization: what another one prints does not end it.

    Хранит: отпечатки секрета карточки и PIN, кто и когда её напечатал, сколько раз PIN не подошёл.
    Зачем: чтобы младшие школьники входили без пароля.
    Срок: до новой печати, отзыва или 14 лет; строка остаётся в истории год.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="cards")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=128)
    issued_by = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()
    valid_until = models.DateField(_("до 14 лет"))
    failures = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=10, blank=True, choices=EndReason.choices)

    class Meta:
        verbose_name = _("карточка")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organization"],
                condition=Q(ended_at__isnull=True),
                name="card_one_live",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="card_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} card"


class FirstVisitCode(models.Model):
    """A one-time code: opens the choice of a login and a password once.

    Хранит: отпечаток кода, кто и когда его выдал, когда использован.
    Зачем: чтобы родитель или сотрудник вошёл первый раз без почты и телефона.
    Срок: две недели до использования; строка остаётся в истории год.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=10, blank=True, choices=EndReason.choices)

    class Meta:
        verbose_name = _("одноразовый код")
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="code_one_live"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} code"


class Attempt(models.Model):
    """One try to sign in, counted by what was tried and by where from.

    Хранит: отпечаток логина или сетевого адреса и время попытки.
    Зачем: чтобы остановить подбор пароля и PIN.
    Срок: один час.
    """

    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("попытка входа")
        indexes = [models.Index(fields=["subject", "at"], name="attempt_by_subject")]

    def __str__(self) -> str:
        return f"#{self.pk} attempt"
