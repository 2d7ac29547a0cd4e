"""Refusals and failures: for a person, for htmx, for a program."""

import json
import logging

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404

from sreda.foundation.errors import DomainError, Forbidden, NotFound, TooMany
from sreda.ui import errors
from sreda.ui.errors import ErrorPages, csrf_failure, handler500

REFUSALS = [
    (DomainError("Класса 6 «Д» нет. Есть 6 «А»"), 422, "Класса 6 «Д» нет"),
    (Forbidden("Этот паспорт ведёт другая организация"), 403, "Этот паспорт ведёт"),
    (NotFound(), 404, "Такой страницы нет"),
    (TooMany("Слишком часто. Попробуйте через минуту"), 429, "Слишком часто"),
    (Http404("inside words"), 404, "Такой страницы нет"),
    (PermissionDenied(), 403, "Эта страница открыта не для вашей роли"),
    (RequestDataTooBig("inside words"), 413, "Прислано больше"),
    (BadRequest("inside words"), 422, "Запрос пришёл неполным"),
]


def answer_to(request, error):
    return ErrorPages(lambda _request: None).process_exception(request, error)


@pytest.mark.parametrize(("error", "status", "words"), REFUSALS)
def test_a_person_gets_a_page_in_words(ask, shell, error, status, words):
    request = ask("/somewhere/")
    request.shell = shell
    answer = answer_to(request, error)
    html = answer.content.decode()

    assert answer.status_code == status
    assert words in html
    assert "inside words" not in html
    assert '<nav class="side"' in html


@pytest.mark.parametrize(("error", "status", "words"), REFUSALS)
def test_htmx_gets_a_toast_and_leaves_the_page_alone(ask, error, status, words):
    answer = answer_to(ask(HTTP_HX_REQUEST="true"), error)

    assert answer.status_code == status
    assert answer.headers["HX-Reswap"] == "none"
    assert words in json.loads(answer.headers["HX-Trigger"])["toast"]["list"][0]["text"]


@pytest.mark.parametrize("where", [{"HTTP_ACCEPT": "application/json"}, {"path": "/api/x"}])
@pytest.mark.parametrize(("error", "status", "words"), REFUSALS)
def test_a_program_gets_json(ask, where, error, status, words):
    answer = answer_to(ask(**where), error)

    assert answer.status_code == status
    assert words in json.loads(answer.content)["error"]


def test_the_words_of_a_refusal_are_shown_as_text(ask):
    html = answer_to(ask(), DomainError("Имя <script>1</script> занято")).content.decode()

    assert "<script>1" not in html
    assert "&lt;script&gt;1" in html


def test_the_way_back_never_leaves_this_installation(ask):
    own = answer_to(ask(HTTP_REFERER="http://testserver/list/?q=1"), NotFound())
    foreign = answer_to(ask(HTTP_REFERER="https://evil.example/trap/"), NotFound())

    assert 'href="/list/?q=1"' in own.content.decode()
    assert "evil.example" not in foreign.content.decode()
    assert "/trap/" not in foreign.content.decode()


@pytest.mark.parametrize("path", ["//evil.example/trap/", "/\\evil.example", "///evil.example/"])
def test_the_way_back_is_no_path_that_reads_as_another_host(ask, path):
    answer = answer_to(ask(HTTP_REFERER=f"http://testserver{path}"), NotFound())

    assert "evil.example" not in answer.content.decode()


def test_a_strange_host_is_refused_in_words(client, settings):
    settings.ALLOWED_HOSTS = ["sreda.example"]
    for referer in ("", "http://evil.example/trap/"):
        answer = client.get("/sign-in/", headers={"host": "evil.example", "referer": referer})

        assert answer.status_code == 400
        assert "По этому адресу нас нет" in answer.content.decode()
        assert "/trap/" not in answer.content.decode()


def test_a_mistake_of_ours_is_left_to_the_handler_of_failures(ask):
    assert answer_to(ask(), ValueError("boom")) is None


class BrokenDatabase:
    def __getattr__(self, name):
        raise ConnectionError("the database is down")


def test_a_failure_is_numbered_logged_and_shown_without_the_database(ask, caplog):
    request = ask("/card/secret-of-a-card/")
    request.actor = BrokenDatabase()
    request.shell = BrokenDatabase()
    with caplog.at_level(logging.ERROR, logger=errors.logger.name):
        try:
            raise ValueError("boom")
        except ValueError:
            answer = handler500(request)
    html = answer.content.decode()
    number = html.split("номер ошибки ")[1].split("<")[0]

    assert answer.status_code == 500
    assert number in caplog.text
    assert "boom" in caplog.text
    assert "boom" not in html
    assert "secret-of-a-card" not in caplog.records[0].getMessage()


def test_a_failure_tells_htmx_and_programs_its_number_too(ask):
    for_htmx = handler500(ask(HTTP_HX_REQUEST="true"))
    for_program = handler500(ask("/api/x"))

    assert "номер" in json.loads(for_htmx.headers["HX-Trigger"])["toast"]["list"][0]["text"]
    assert json.loads(for_program.content)["number"]


def test_a_refusal_from_a_middleware_is_no_failure(ask):
    try:
        raise Forbidden("Сейчас у вас нет роли")
    except Forbidden:
        answer = handler500(ask())

    assert answer.status_code == 403
    assert "Сейчас у вас нет роли" in answer.content.decode()


def test_a_stale_form_says_what_to_do(ask):
    answer = csrf_failure(ask("/x/", method="post"), reason="token missing")

    assert answer.status_code == 403
    assert "отправьте ещё раз" in answer.content.decode()
    assert "token missing" not in answer.content.decode()
