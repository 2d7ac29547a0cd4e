"""Texts written into compiled templates are the texts that Django gives, in every language."""

import jinja2
import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext
from markupsafe import escape

from sreda.ui import jinja
from sreda.ui.folding import FoldingEnvironment

LANGUAGES = ("ru", "en")
BAD = "<b>&\"'%(x)s %d"


def drawn(source: str, **context) -> str:
    return jinja.page_environment().from_string(source).render(context)


@pytest.fixture(params=LANGUAGES)
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("message", ["Вход", "Уведомления", "Нет такого текста в каталоге", ""])
def test_a_text_is_the_one_that_django_gives(message):
    assert drawn(f'{{{{ _("{message}") }}}}') == gettext(message)
    assert drawn("{{ gettext(m) }}", m=message) == gettext(message)
    assert drawn(f'{{% set words = _("{message}") %}}{{{{ words }}}}') == gettext(message)


def test_a_text_of_one_language_is_never_shown_in_another():
    source = '{{ _("Вход") }}'
    shown = {}
    for name in (*LANGUAGES, *LANGUAGES):
        with translation.override(name):
            shown.setdefault(name, set()).add(drawn(source))
    assert shown == {"ru": {"Вход"}, "en": {"Sign-in"}}


def test_a_template_is_made_in_the_language_of_its_environment_whoever_asks():
    with translation.override("en"):
        english = jinja.page_environment()
    with translation.override("ru"):
        assert english.from_string('{{ _("Вход") }}').render() == "Sign-in"


@pytest.mark.usefixtures("language")
def test_what_fills_a_text_in_is_escaped_and_the_text_itself_is_not():
    template = gettext("Профиль: %(name)s")
    assert "%(name)s" in template
    shown = drawn('{{ _("Профиль: %(name)s", name=n) }}', n=BAD)
    assert shown == template % {"name": str(escape(BAD))}
    assert drawn('{{ _("100 %%") }}') == "100 %"
    assert drawn('{{ _("<i>%(n)s %%</i>", n="<") }}') == "<i>&lt; %</i>"


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("number", [0, 1, 2, 5, 11, 21, 101])
def test_a_plural_is_the_one_that_django_gives(number):
    one, many = "%(total)s организация", "%(total)s организаций"
    shown = drawn(f'{{{{ ngettext("{one}", "{many}", n, total="<" ~ n) }}}}', n=number)
    assert shown == ngettext(one, many, number) % {"total": f"&lt;{number}"}


@pytest.mark.usefixtures("language")
def test_a_text_with_a_context_is_the_one_that_django_gives():
    month = translation.pgettext("genitive", "октября")
    assert drawn('{{ pgettext("genitive", "октября") }}') == month


def test_a_name_that_a_template_sets_means_its_own_thing():
    assert drawn('{% set icon = shout %}{{ icon("eye") }}', shout=str.upper) == "EYE"
    assert drawn('{% macro icon(n) %}<{{ n }}>{% endmacro %}{{ icon("eye") }}') == "<eye>"
    assert drawn('{% macro m(icon) %}{{ icon("eye") }}{% endmacro %}{{ m(up) }}', up=len) == "3"


def test_an_address_that_is_missing_fails_only_where_it_is_drawn():
    assert drawn('{% if false %}{{ url("nowhere:at_all") }}{% endif %}ok') == "ok"
    with pytest.raises(Exception, match="nowhere"):
        drawn('{{ url("nowhere:at_all") }}')


def test_the_answers_stand_in_the_compiled_template():
    env = jinja.page_environment()
    source = '{{ _("Вход") }} {{ icon("eye") }} {{ url("ui:appearance") }}'
    code = env.compile(source, raw=True)
    assert "context.call" not in code
    assert "Вход" in code
    assert "context.call" in env.compile('{{ _(words) }}{{ url("ui:appearance", x) }}', raw=True)


def test_an_environment_without_settled_answers_is_jinjas_own():
    source = '{{ _("Вход") }}'
    plain = FoldingEnvironment(autoescape=True)
    assert plain.compile(source, raw=True) == jinja2.Environment(autoescape=True).compile(
        source, raw=True
    )
