"""Rows of ``organizations``, ``monitoring`` and ``imports``: the register and what loads it."""

from django.utils.translation import gettext_lazy as _

from sreda.access.facade import Role
from sreda.portal.access_table.door import Anyone, Door, MenuEntry
from sreda.portal.access_table.roles import ABOVE_SCHOOL, ALL, STAFF

GET_POST = ("GET", "POST")
POST = ("POST",)
REGISTER_KEEPERS = frozenset({Role.MINISTRY, Role.OPERATOR})
PASSPORT_KEEPERS = REGISTER_KEEPERS | {Role.MUNICIPAL, Role.SCHOOL_ADMIN, Role.DIRECTOR}
NOT_KEEPERS = ALL - REGISTER_KEEPERS
ONE = ("organization",)
BUILDING = ("organization", "building")
BATCH = ("batch",)
ROW = ("batch", "row_number")

ORGANIZATIONS = (
    Door(
        "organizations:list",
        ABOVE_SCHOOL,
        menu=MenuEntry(
            _("Реестр"),
            "building",
            10,
            words=_("организации школы колледжи детские сады муниципалитеты список"),
            covers=("organizations:",),
        ),
    ),
    Door("organizations:export", ABOVE_SCHOOL),
    Door("organizations:new", REGISTER_KEEPERS, GET_POST),
    Door(
        "organizations:card",
        Anyone.WITH_ROLE,
        samples=ONE,
        menu=MenuEntry(
            _("Организация"),
            "building",
            50,
            words=_("школа колледж паспорт здания адрес телефон"),
            at_own_place=True,
            only=ALL - ABOVE_SCHOOL,
            covers=("organizations:",),
        ),
    ),
    Door("organizations:edit", PASSPORT_KEEPERS, GET_POST, ONE),
    Door("organizations:status", REGISTER_KEEPERS, GET_POST, ONE),
    Door("organizations:history", PASSPORT_KEEPERS | STAFF | {Role.OBSERVER}, samples=ONE),
    Door("organizations:buildings", Anyone.WITH_ROLE, samples=ONE),
    Door("organizations:building_new", PASSPORT_KEEPERS, GET_POST, ONE),
    Door("organizations:building_edit", PASSPORT_KEEPERS, GET_POST, BUILDING),
    Door("organizations:building_close", PASSPORT_KEEPERS, POST, BUILDING),
    Door("organizations:building_reopen", PASSPORT_KEEPERS, POST, BUILDING),
)

MONITORING = (
    Door(
        "monitoring:waves",
        ABOVE_SCHOOL,
        menu=MenuEntry(
            _("Перечни"),
            "route",
            40,
            words=_("волны проекта проект оснащение школы список"),
            covers=("monitoring:",),
        ),
    ),
    Door("monitoring:wave", ABOVE_SCHOOL, samples=("wave",)),
    Door("monitoring:wave_xlsx", ABOVE_SCHOOL, samples=("wave",)),
)

IMPORTS = (
    Door(
        "imports:list",
        REGISTER_KEEPERS,
        menu=MenuEntry(
            _("Загрузки"),
            "upload",
            30,
            words=_("импорт таблица файл csv xlsx загрузить"),
            covers=("imports:",),
        ),
    ),
    Door("imports:new", REGISTER_KEEPERS, GET_POST),
    Door("imports:sample_csv", REGISTER_KEEPERS, samples=("import_kind",), unknown_to=NOT_KEEPERS),
    Door("imports:sample_xlsx", REGISTER_KEEPERS, samples=("import_kind",), unknown_to=NOT_KEEPERS),
    Door("imports:batch", REGISTER_KEEPERS, samples=BATCH, unknown_to=NOT_KEEPERS),
    Door("imports:columns", REGISTER_KEEPERS, GET_POST, BATCH, unknown_to=NOT_KEEPERS),
    Door("imports:progress", REGISTER_KEEPERS, samples=BATCH, unknown_to=NOT_KEEPERS),
    Door("imports:row", REGISTER_KEEPERS, POST, ROW, unknown_to=NOT_KEEPERS),
    Door("imports:decision", REGISTER_KEEPERS, POST, ROW, unknown_to=NOT_KEEPERS),
    Door("imports:apply", REGISTER_KEEPERS, POST, BATCH, unknown_to=NOT_KEEPERS),
    Door("imports:cancel", REGISTER_KEEPERS, POST, BATCH, unknown_to=NOT_KEEPERS),
    Door("imports:problems", REGISTER_KEEPERS, samples=BATCH, unknown_to=NOT_KEEPERS),
)

DOORS = (*ORGANIZATIONS, *MONITORING, *IMPORTS)
