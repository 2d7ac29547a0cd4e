"""Words, numbers and dates as Russian writes them."""

import re
import unicodedata
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sreda.foundation import clock

NBSP = "\u00a0"
# Quotation marks, and control signs: nobody types them, and PostgreSQL takes no NUL.
_BETWEEN_WORDS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\"«»„“'()]+")
# Cyrillic ё stands after е in the alphabet, but far from it in Unicode.
_AFTER_YE = "е\uffff"


def fold(text: str) -> str:
    """Return ``text`` for searching: lower case, ё as е, single spaces, no marks and no control
    signs around.
    """
    text = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    return _BETWEEN_WORDS.sub(" ", text).strip()


def sort_key(text: str) -> str:
    """Return ``text`` for ordering by code point: lower case, ё right after е."""
    text = unicodedata.normalize("NFKC", text).lower().replace("ё", _AFTER_YE)
    return _BETWEEN_WORDS.sub(" ", text).strip()


def spaced(number: int) -> str:
    """Return 1148 as «1 148», with a space that does not break."""
    return f"{number:,}".replace(",", NBSP)


def date_words(day: date) -> str:
    """Return «среда, 14 октября»."""
    return _("%(weekday)s, %(day)s %(month)s") % {
        "weekday": weekday_words(day),
        "day": day.day,
        "month": month_words(day),
    }


def long_date(day: date) -> str:
    """Return «14 октября 2026»."""
    return _("%(day)s %(month)s %(year)s") % {
        "day": day.day,
        "month": month_words(day),
        "year": day.year,
    }


def weekday_words(day: date) -> str:
    """Return «среда»."""
    names = (
        _("понедельник"),
        _("вторник"),
        _("среда"),
        _("четверг"),
        _("пятница"),
        _("суббота"),
        _("воскресенье"),
    )
    return names[day.weekday()]


def month_words(day: date) -> str:
    """Return the month in the genitive: «октября»."""
    names = (
        pgettext("genitive", "января"),
        pgettext("genitive", "февраля"),
        pgettext("genitive", "марта"),
        pgettext("genitive", "апреля"),
        pgettext("genitive", "мая"),
        pgettext("genitive", "июня"),
        pgettext("genitive", "июля"),
        pgettext("genitive", "августа"),
        pgettext("genitive", "сентября"),
        pgettext("genitive", "октября"),
        pgettext("genitive", "ноября"),
        pgettext("genitive", "декабря"),
    )
    return names[day.month - 1]


def short_date(day: date) -> str:
    """Return «14.10.2026»."""
    return f"{day:%d.%m.%Y}"


def time_words(moment: datetime) -> str:
    """Return «10:46» on the region's clocks."""
    return f"{clock.local(moment):%H:%M}"


def moment_words(moment: datetime) -> str:
    """Return «14.10.2026, 10:46» on the region's clocks."""
    return f"{clock.local(moment):%d.%m.%Y, %H:%M}"


def initials(name: str) -> str:
    """Return the first letters of the first two words: «ИС» for «Ирина Селянинова»."""
    return "".join(word[0] for word in name.split()[:2]).upper()
