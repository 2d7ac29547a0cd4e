"""Rows of ``portal`` itself, ``ui`` and ``access``."""

from django.utils.translation import gettext_lazy as _

from sreda.access.facade import Role
from sreda.portal.access_table.door import Anyone, Door, MenuEntry

GET_POST = ("GET", "POST")

DOORS = (
    Door(
        "portal:home",
        Anyone.WITH_ROLE,
        menu=MenuEntry(_("Сегодня"), "today", 0, words=_("главная начало домой")),
    ),
    Door("portal:find", Anyone.WITH_ROLE),
    Door(
        "portal:audit",
        frozenset({Role.SCHOOL_ADMIN, Role.OPERATOR}),
        menu=MenuEntry(
            _("Действия"), "clock", 80, words=_("журнал действий аудит история кто изменил события")
        ),
    ),
    Door("portal:audit_xlsx", frozenset({Role.SCHOOL_ADMIN, Role.OPERATOR})),
    Door(
        "portal:kept",
        Anyone.SIGNED_IN,
        menu=MenuEntry(
            _("Что о нас хранится"),
            "shield",
            90,
            words=_("персональные данные согласие приватность"),
            in_profile=True,
        ),
    ),
    Door("portal:kept_json", Anyone.SIGNED_IN),
    Door("portal:livez", Anyone.EVERYONE),
    Door("portal:readyz", Anyone.EVERYONE),
    Door("access:switch", Anyone.SIGNED_IN, ("POST",), ("other_grant",)),
    Door("ui:appearance", Anyone.EVERYONE, GET_POST),
    Door("ui:gallery", Anyone.WITH_ROLE),
    Door("ui:states", Anyone.WITH_ROLE),
)
