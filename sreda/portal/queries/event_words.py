"""What happened, in words: a line per event name of the trail. ``organizations`` has its own.

The test ``test_event_words`` fails when a context records an event that has no words here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sreda.access.facade import Role
from sreda.organizations.facade import event_titles

EVENTS: dict[str, Promise] = {
    "access.role.switch": _("Сменил роль"),
    "accounts.appearance.choose": _("Выбрал вид страниц"),
    "accounts.card.end": _("Остановлена карточка для входа"),
    "accounts.card.print": _("Напечатана карточка для входа"),
    "accounts.card.stop": _("Карточка остановлена: PIN подбирали"),
    "accounts.code.end": _("Одноразовый код больше не действует"),
    "accounts.code.issue": _("Выдан одноразовый код"),
    "accounts.code.use": _("Первый вход по одноразовому коду"),
    "accounts.password.change": _("Сменил пароль"),
    "accounts.password.reset": _("Сброшен вход"),
    "accounts.session.begin": _("Вошёл"),
    "accounts.session.end": _("Вышел"),
    "accounts.session.end_others": _("Вышел на других устройствах"),
    "demo.region.load": _("Загружен учебный край"),
    "imports.batch.apply": _("Строки таблицы загружены"),
    "imports.batch.break": _("Загрузка остановилась из-за ошибки"),
    "imports.batch.cancel": _("Загрузка отменена"),
    "imports.batch.correct": _("Исправлена строка загрузки"),
    "imports.batch.upload": _("Прислана таблица"),
    "monitoring.wave.load": _("Загружен перечень проекта"),
    "notifications.list.read": _("Прочитал уведомления"),
    "notifications.notice.read": _("Прочитал уведомление"),
    "portal.person.erase": _("Сведения о человеке стёрты"),
    "roster.class.load": _("Классы загружены таблицей"),
    "roster.class.open": _("Открыт класс"),
    "roster.class.print_cards": _("Напечатаны карточки класса"),
    "roster.class.print_codes": _("Напечатаны одноразовые коды класса"),
    "roster.enrollment.add": _("Ученик зачислен"),
    "roster.enrollment.end": _("Ученик выбыл"),
    "roster.enrollment.load": _("Зачисления загружены таблицей"),
    "roster.grants.rebuild": _("Роли приведены к записям о должностях и зачислениях"),
    "roster.guardianship.add": _("Записан законный представитель"),
    "roster.guardianship.end": _("Законный представитель больше не записан"),
    "roster.guardianship.load": _("Законные представители загружены таблицей"),
    "roster.person.issue_code": _("Выдан одноразовый код человеку"),
    "roster.person.reset_sign_in": _("Сброшен вход человека"),
    "roster.person.revoke_card": _("Отозвана карточка для входа"),
    "roster.post.add": _("Назначена должность"),
    "roster.post.end": _("Должность снята"),
    "roster.post.load": _("Должности загружены таблицей"),
}

# Groups for the filter: the beginning of the event's name, and its words.
GROUPS: tuple[tuple[str, Promise], ...] = (
    ("accounts.", _("Вход и пароли")),
    ("access.", _("Роли")),
    ("roster.", _("Люди и классы")),
    ("organizations.", _("Организации и здания")),
    ("imports.", _("Загрузки")),
    ("monitoring.", _("Перечни проекта")),
    ("notifications.", _("Уведомления")),
    ("portal.", _("Персональные данные")),
    ("demo.", _("Учебные данные")),
)


def event_words(event: str) -> str:
    """Return the event in words, an unknown one as its code."""
    if event.startswith("organizations."):
        return event_titles().get(event, event)
    return str(EVENTS.get(event, event))


def role_words(code: str) -> str:
    """Return the role of an event in words; empty for none, and for one that is no more."""
    return str(Role(code).label) if code in Role else ""
