"""Rows of ``accounts`` and ``notifications``: doors, one's own page, notices."""

from django.utils.translation import gettext_lazy as _

from sreda.portal.access_table.door import Anyone, Door, MenuEntry

GET_POST = ("GET", "POST")

DOORS = (
    Door("accounts:sign_in", Anyone.EVERYONE, GET_POST),
    Door("accounts:demo", Anyone.EVERYONE, ("POST",)),
    Door("accounts:help", Anyone.EVERYONE),
    Door("accounts:code", Anyone.EVERYONE, GET_POST),
    Door("accounts:code_finish", Anyone.EVERYONE, GET_POST),
    Door("accounts:card_pin", Anyone.EVERYONE, GET_POST),
    Door("accounts:card", Anyone.EVERYONE, samples=("card_secret",)),
    Door("accounts:sign_out", Anyone.EVERYONE, ("POST",)),
    Door(
        "accounts:profile",
        Anyone.SIGNED_IN,
        menu=MenuEntry(
            _("Профиль и вход"),
            "person",
            85,
            words=_("пароль сеансы устройства роли"),
            in_profile=True,
        ),
    ),
    Door("accounts:change_password", Anyone.SIGNED_IN, ("POST",)),
    Door("accounts:end_other_sessions", Anyone.SIGNED_IN, ("POST",)),
    Door("accounts:end_session", Anyone.SIGNED_IN, ("POST",), ("own_session",)),
    Door("notifications:list", Anyone.WITH_ROLE),
    Door("notifications:read_all", Anyone.WITH_ROLE, ("POST",)),
    Door("notifications:open", Anyone.WITH_ROLE, GET_POST, ("own_notice",)),
)
