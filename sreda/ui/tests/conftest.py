"""What a page needs around it in these tests: the one session table, and no build."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from sreda.ui.shell import NavItem, RoleChoice, Shell, Who


@pytest.fixture
def shell() -> Shell:
    """Return a frame with six sections, so that two of them are behind «Ещё»."""
    names = ("Показатели", "Организации", "Экспертиза", "Объявления", "Люди", "Журнал действий")
    return Shell(
        brand_place="Пермский край",
        home_url="/",
        nav=tuple(
            NavItem(label=name, url=f"/{at}/", icon="chart") for at, name in enumerate(names)
        ),
        who=Who(
            name="<b>Ирина</b>",
            initials="ИС",
            note="Министерство",
            sign_out_url="/out/",
            menu=(NavItem(label="Профиль", url="/me/", icon="person"),),
        ),
        roles=(RoleChoice(title="Родитель", place="Школа № 12", url="/role/"),),
        demo_words="Учебные данные",
        find_url="/find/",
        notices_url="/notices/",
        unread=3,
    )


@pytest.fixture
def ask(rf: RequestFactory) -> Callable[..., HttpRequest]:
    """Return a maker of requests: ``ask("/ui/", cookies={…}, HTTP_ACCEPT=…)``."""

    def make(path: str = "/", *, method: str = "get", data=None, cookies=None, **headers):
        request = getattr(rf, method)(path, data or {}, **headers)
        request.COOKIES.update(cookies or {})
        return request

    return make
