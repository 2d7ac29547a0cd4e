"""Theme, version for the visually impaired and language: kept, checked, shown at once."""

import json
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.utils.translation import get_language

from sreda.ui import views
from sreda.ui.appearance import (
    Appearance,
    Language,
    appearance_of,
    changed,
    on_change,
    vision_words,
)
from sreda.ui.pages import render


@dataclass
class Person:
    theme: str = ""
    vision: str = ""
    language: str = ""
    account_id: int = 1


def test_the_browser_keeps_the_choice_of_those_who_are_not_signed_in(ask):
    look = appearance_of(ask(cookies={"theme": "dark", "vision": "sand large", "language": "en"}))

    assert look == Appearance(theme="dark", vision="sand large", language="en")


def test_the_profile_is_stronger_than_the_browser(ask):
    request = ask(cookies={"theme": "dark", "vision": "sand"})
    request.actor = Person(theme="light")

    assert appearance_of(request) == Appearance(theme="light", vision="sand", language="ru")


@pytest.mark.parametrize("cookie", ['"><script>', "large", "red", "  "])
def test_a_made_up_cookie_changes_nothing(ask, cookie):
    look = appearance_of(ask(cookies={"theme": cookie, "vision": cookie, "language": cookie}))

    assert look == Appearance(language="ru")


def test_words_of_the_vision_version_are_put_in_order_and_the_unknown_left_out():
    look = changed(Appearance(), {"vision": "no-images huge x dark spaced"})

    assert look.vision == "dark huge spaced no-images"
    assert (look.scheme, look.size) == ("dark", "huge")
    assert vision_words(scheme="light", size="giant") == "light"


def test_the_page_carries_the_choice_from_its_first_byte(ask):
    request = ask(cookies={"theme": "dark", "vision": "blue huge"})
    html = render(request, "ui/states.html").content.decode()

    assert html.startswith('<!doctype html>\n<html lang="ru" data-theme="dark"')
    assert 'data-vision="blue huge"' in html[:120]


def post(ask, data, **more):
    return views.appearance(ask("/appearance/", method="post", data=data, **more))


def test_one_button_changes_one_thing(ask):
    answer = post(ask, {"theme": "dark", "next": "/list/?q=1"}, cookies={"vision": "sand"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/list/?q=1"
    assert answer.cookies["theme"].value == "dark"
    assert answer.cookies["theme"]["httponly"]
    assert answer.cookies["vision"].value == "sand"


def test_the_version_is_turned_off_by_an_empty_value(ask):
    answer = post(ask, {"vision": ""}, cookies={"vision": "sand"})

    assert answer.cookies["vision"]["max-age"] == 0


def test_the_whole_form_is_kept(ask):
    answer = post(
        ask,
        {"whole": "1", "theme": "light", "scheme": "blue", "size": "huge", "hide_images": "on",
         "language": "en", "next": "/back/"},
    )  # fmt: skip

    assert answer.headers["Location"] == "/back/"
    assert answer.cookies["vision"].value == "blue huge no-images"
    assert answer.cookies["language"].value == "en"


def test_a_form_with_a_made_up_value_is_shown_again(ask):
    answer = post(ask, {"whole": "1", "theme": "pink", "language": "ru"})

    assert answer.status_code == 422
    assert "theme" not in answer.cookies


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:1", ""])
def test_the_way_back_stays_in_this_installation(ask, where):
    assert post(ask, {"theme": "dark", "next": where}).headers["Location"] == "/"


def test_a_script_gets_the_new_buttons_and_the_new_look(ask):
    answer = post(ask, {"theme": "dark", "next": "/x/"}, HTTP_HX_REQUEST="true")

    assert "Тема: тёмная" in answer.content.decode()
    told = json.loads(answer.headers["HX-Trigger"])
    assert told["appearance"] == {"theme": "dark", "vision": ""}
    assert answer.cookies["theme"].value == "dark"


def test_whoever_registered_is_told(ask, monkeypatch):
    told = []
    monkeypatch.setattr("sreda.ui.appearance.on_change", [lambda _request, look: told.append(look)])
    post(ask, {"theme": "dark"})

    assert told == [Appearance(theme="dark", language="ru")]
    assert isinstance(on_change, list)


def test_the_answer_is_made_in_the_chosen_language_and_the_next_one_is_not(ask):
    spoken = []

    def view(_request):
        spoken.append(get_language())
        return HttpResponse()

    answer = Language(view)
    answer(ask(cookies={"language": "en"}))

    assert spoken == ["en"]
    assert get_language() == "ru"


def test_the_page_shows_the_present_choice(ask):
    request = ask("/appearance/", cookies={"theme": "dark", "vision": "sand large spaced"})
    html = views.appearance(request).content.decode()

    assert 'value="dark" id="id_theme_2" checked' in html
    assert 'value="sand" id="id_scheme_4" checked' in html
    assert '<option value="large" selected>' in html


def test_the_gallery_and_the_states_are_drawn(ask, shell):
    for view in (views.gallery, views.states):
        request = ask("/ui/")
        request.shell = shell
        assert view(request).status_code == 200
