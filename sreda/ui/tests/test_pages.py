"""Pages, fragments, redirects and the word that a deed is done."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from sreda.ui import static as built
from sreda.ui.pages import TOAST_COOKIE, redirect, render, toast

FRAGMENT = "ui/_found.html"


def test_a_page_draws_its_frame_from_one_list_of_sections(ask, shell):
    request = ask("/ui/states/")
    request.shell = shell
    html = render(request, "ui/states.html").content.decode()

    assert html.count('href="/0/"') == 1
    assert html.count('href="/5/"') == 2  # in the side panel, and under «Ещё» on a phone
    assert html.count("Учебные данные") == 1
    assert "&lt;b&gt;Ирина&lt;/b&gt;" in html
    assert 'action="/role/"' in html


def test_a_page_without_a_frame_has_no_navigation(ask):
    html = render(ask(), "ui/states.html").content.decode()

    assert '<nav class="side"' not in html
    assert "Пустые страницы" in html


def test_a_toast_is_shown_on_the_page_that_answers(ask):
    request = ask()
    toast(request, "<i>Здание добавлено</i>", "/undo/")
    html = render(request, "ui/states.html").content.decode()

    assert "&lt;i&gt;Здание добавлено&lt;/i&gt;" in html
    assert 'action="/undo/"' in html


def test_a_toast_outlives_a_redirect_once(ask):
    request = ask()
    toast(request, "Сохранено")
    cookie = redirect(request, "/next/").cookies[TOAST_COOKIE].value

    answer = render(ask(cookies={TOAST_COOKIE: cookie}), "ui/states.html")
    assert "Сохранено" in answer.content.decode()
    assert answer.cookies[TOAST_COOKIE]["max-age"] == 0


def test_a_forged_toast_is_not_shown(ask):
    answer = render(ask(cookies={TOAST_COOKIE: "W3sidGV4dCI6ICJ4In1d:1:x"}), "ui/states.html")

    assert answer.status_code == 200
    assert "data-toast" not in answer.content.decode()


def test_a_fragment_carries_its_toast_in_a_header_that_is_ascii(ask):
    request = ask(HTTP_HX_REQUEST="true")
    toast(request, "Сохранено")
    answer = render(request, FRAGMENT, {"groups": ()})

    assert answer.headers["HX-Trigger"].isascii()
    told = json.loads(answer.headers["HX-Trigger"])
    assert told["toast"]["list"] == [{"text": "Сохранено", "undo_url": ""}]


def test_a_redirect_is_303_and_htmx_gets_its_own(ask):
    assert redirect(ask(), "/next/").status_code == 303

    answer = redirect(ask(HTTP_HX_REQUEST="true"), "/next/")
    assert answer.headers["HX-Redirect"] == "/next/"
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("/a\r\nX: y", "/a%0D%0AX:%20y"),
        ("/\x00", "/%00"),
        ("/find/?q=Иван", "/find/?q=%D0%98%D0%B2%D0%B0%D0%BD"),
        ("/list/?q=%D0%98&page=2#row-3", "/list/?q=%D0%98&page=2#row-3"),
    ],
)
def test_a_redirect_writes_an_address_as_a_header_can_hold_it(ask, wanted, written):
    assert redirect(ask(), wanted).headers["Location"] == written
    assert redirect(ask(HTTP_HX_REQUEST="true"), wanted).headers["HX-Redirect"] == written


@pytest.fixture
def no_memory():
    built._manifest.cache_clear()
    yield
    built._manifest.cache_clear()


@pytest.mark.usefixtures("no_memory")
def test_a_built_file_is_named_by_its_digest(settings, tmp_path):
    (tmp_path / "manifest.json").write_text('{"ui.css": "ui.abc.css"}')
    settings.SREDA_BUILT_STATIC = tmp_path

    assert built.static("ui.css") == "/static/ui.abc.css"
    with pytest.raises(ImproperlyConfigured, match=r"nothing\.css"):
        built.static("nothing.css")


@pytest.mark.usefixtures("no_memory")
def test_a_missing_build_names_the_command_and_tests_do_without(settings, tmp_path):
    settings.SREDA_BUILT_STATIC = tmp_path
    settings.SREDA_STATIC_OPTIONAL = False
    with pytest.raises(ImproperlyConfigured, match=r"run\.py setup"):
        built.static("ui.css")

    settings.SREDA_STATIC_OPTIONAL = True
    assert built.static("ui.css") == "/static/ui.css"
