"""«Сегодня»: what waits for somebody in the acting role. One query per section."""

from collections.abc import Callable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sreda.access.facade import Actor, Role
from sreda.foundation.errors import NotFound
from sreda.foundation.words import spaced
from sreda.portal.queries.home_family import guardian_home, pupil_home
from sreda.portal.queries.home_parts import Home, HomeRow, HomeSection
from sreda.portal.queries.home_region import region_home
from sreda.portal.queries.home_school import class_teacher_home, heads_home, teacher_home
from sreda.portal.queries.present import Moment

Maker = Callable[[Actor, Moment], Home]


def home_of(actor: Actor, *, today: date, now: datetime) -> Home:
    """Return the first page of the acting role. Cost: at most 3 queries.

    :raises NotFound: without a role; ``access`` refuses that earlier, in words.
    """
    if actor.role is None:
        raise NotFound
    return _with_notices(actor, MAKERS[actor.role](actor, Moment(today=today, now=now)))


def _content_home(actor: Actor, at: Moment) -> Home:
    """Authors and experts: their rooms come with the catalog. Cost: no query."""
    if actor.holds(Role.EXPERT):
        text = _("Когда авторы пришлют материалы, здесь встанет очередь на экспертизу по срокам.")
        return Home(lead=actor.scope_name, empty_title=_("Экспертиз пока нет"), empty_text=text)
    text = _("Когда откроется каталог, здесь будут ваши материалы и замечания экспертов к ним.")
    return Home(lead=actor.scope_name, empty_title=_("Материалов пока нет"), empty_text=text)


def _with_notices(actor: Actor, home: Home) -> Home:
    """Put the number of unread notices first. Cost: no query."""
    if not actor.unread:
        return home
    words = ngettext("%(num)s новое уведомление", "%(num)s новых уведомлений", actor.unread)
    row = HomeRow(title=words % {"num": spaced(actor.unread)}, url=reverse("notifications:list"))
    return home.preceded_by(HomeSection(code="notices", title=_("Уведомления"), rows=(row,)))


MAKERS: dict[Role, Maker] = {
    Role.MINISTRY: region_home,
    Role.OPERATOR: region_home,
    Role.OBSERVER: region_home,
    Role.MUNICIPAL: region_home,
    Role.DIRECTOR: heads_home,
    Role.SCHOOL_ADMIN: heads_home,
    Role.HEAD_TEACHER: heads_home,
    Role.CLASS_TEACHER: class_teacher_home,
    Role.TEACHER: teacher_home,
    Role.PUPIL: pupil_home,
    Role.GUARDIAN: guardian_home,
    Role.AUTHOR: _content_home,
    Role.EXPERT: _content_home,
}
