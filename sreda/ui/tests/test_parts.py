"""The macros: what they draw, and that they draw text as text."""

import pytest
from django import forms
from django.template import engines

from sreda.foundation.paging import Page
from sreda.ui.qr import qr_svg

SCRIPT = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"


def drawn(markup: str, **context) -> str:
    names = (
        "page_head, crumbs, badge, status, stat, bullet, callout, empty, tabs, segments, pager,"
        " steps, search, facts, avatar, dialog, confirm, menu, toast, skeleton, chip, timeline"
    )
    source = (
        f'{{% from "ui/parts.html" import {names} %}}'
        '{% from "ui/forms.html" import field, choice, form_errors, submit %}'
    )
    return engines["jinja2"].env.from_string(source + markup).render(context)


@pytest.mark.parametrize(
    "markup",
    [
        "{{ page_head(bad, bad, [(bad, '/')]) }}",
        "{% call page_head(bad) %}{{ bad }}{% endcall %}",
        "{{ badge(bad, 'good', 'check') }}",
        "{{ status(bad) }}",
        "{{ stat(bad, bad, bad, bad) }}",
        "{{ bullet(1, 2, 3, bad) }}",
        "{{ callout(bad) }}",
        "{{ empty(bad, bad) }}",
        "{{ tabs(bad, [(bad, '/', true)]) }}",
        "{{ segments(bad, [(bad, '/', false)]) }}",
        "{{ steps([bad], 1) }}",
        "{{ search(bad, value=bad, keep=[('q', bad)]) }}",
        "{{ facts([(bad, bad)]) }}",
        "{{ avatar(bad) }}",
        "{% call dialog('d', bad) %}{{ bad }}{% endcall %}",
        "{{ confirm('d', bad, bad, '/', bad, bad, '') }}",
        "{{ menu('m', bad, [{'label': bad, 'url': '/', 'icon': 'edit'}]) }}",
        "{{ toast(bad) }}",
        "{{ skeleton(bad) }}",
        "{{ chip(bad, '/', bad) }}",
        "{{ timeline([{'title': bad, 'when': bad, 'note': bad}]) }}",
        "{{ choice('n', bad, bad, bad) }}",
        "{{ submit(bad, bad) }}",
    ],
)
def test_a_part_shows_a_script_as_text(markup):
    html = drawn(markup, bad=SCRIPT)

    assert SCRIPT not in html
    assert SHOWN in html


class Building(forms.Form):
    name = forms.CharField(label="Название")
    year = forms.IntegerField(label="Год", help_text="Когда построено", required=False)
    kind = forms.ChoiceField(
        label="Вид", choices=[("a", "Учебное"), ("b", SCRIPT)], widget=forms.RadioSelect
    )
    ramp = forms.BooleanField(label="Есть пандус", required=False)

    def clean(self):
        if self.cleaned_data.get("year") == 1:
            raise forms.ValidationError("Вместе не сходится")


def test_a_field_ties_its_hint_and_its_error_to_the_control():
    html = drawn("{{ field(form.year) }}", form=Building({"year": "давно"}))

    assert 'aria-describedby="id_year-hint id_year-error"' in html
    assert 'id="id_year-hint">Когда построено' in html
    assert 'id="id_year-error"' in html
    assert 'aria-invalid="true"' in html


def test_only_the_first_wrong_field_takes_the_focus():
    form = Building({"name": "", "year": "давно"})

    assert "autofocus" in drawn("{{ field(form.name) }}", form=form)
    assert "autofocus" not in drawn("{{ field(form.name, focus=false) }}", form=form)
    assert "autofocus" not in drawn("{{ field(form.year) }}", form=form)


def test_what_need_not_be_filled_says_so_and_the_rest_says_nothing():
    words = "можно не заполнять"

    assert words in drawn("{{ field(form.year) }}", form=Building())
    assert words not in drawn("{{ field(form.name) }}", form=Building())
    assert words not in drawn("{{ field(form.ramp) }}", form=Building())


def test_radios_stand_in_a_named_group_and_escape_their_words():
    html = drawn("{{ field(form.kind) }}", form=Building())

    assert html.count('type="radio"') == 2
    assert '<legend class="label">Вид</legend>' in html
    assert SHOWN in html


def test_what_is_wrong_with_the_whole_form_is_an_alert():
    form = Building({"name": "Главное", "year": "1", "kind": "a"})

    assert 'role="alert"' in drawn("{{ form_errors(form) }}", form=form)
    assert drawn("{{ form_errors(form) }}", form=Building()).strip() == ""


def page(number: int, pages: int) -> Page:
    return Page(rows=(), number=number, pages=pages, total=pages * 50, size=50)


def test_the_pager_keeps_the_other_conditions(rf):
    request = rf.get("/list/?q=куб&page=2")
    html = drawn("{{ pager(page, request) }}", page=page(2, 5), request=request)

    assert "?q=%D0%BA%D1%83%D0%B1&amp;page=3" in html
    assert '<span aria-current="page">2</span>' in html


def test_a_single_page_has_no_pager(rf):
    html = drawn("{{ pager(page, request) }}", page=page(1, 1), request=rf.get("/"))

    assert html.strip() == ""


def test_a_fact_below_the_plan_is_marked_and_one_above_is_not():
    assert "under" in drawn("{{ bullet(23, 25) }}")
    assert "under" not in drawn("{{ bullet(25, 25) }}")
    assert "under" not in drawn("{{ bullet(0) }}")


def test_facts_without_a_value_are_left_out():
    html = drawn("{{ facts([('ИНН', ''), ('Этажей', 0), ('Сайт', none)]) }}")

    assert "Этажей" in html
    assert "ИНН" not in html
    assert "Сайт" not in html


def test_a_qr_code_has_a_title_and_no_inline_style():
    svg = qr_svg("https://example.org/card/abc", title=SCRIPT, side=96)

    assert 'width="96"' in svg
    assert SHOWN in svg
    assert "style=" not in svg
