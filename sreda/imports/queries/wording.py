"""What is wrong, in words: troubles of a file, remarks about a cell."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sreda.foundation.words import spaced
from sreda.imports.calculations.cells import LONGEST_CELL, Remark
from sreda.imports.calculations.judging import Noticed
from sreda.imports.calculations.rows import Level, Problem
from sreda.imports.calculations.troubles import Trouble, Unreadable


def trouble_words(error: Unreadable) -> str:
    """Return what was found instead of a table, and what to do about it."""
    facts = {
        name: spaced(fact) if isinstance(fact, int) and fact > 9999 else fact
        for name, fact in error.facts.items()
    }
    return _TROUBLES[error.trouble]() % facts


_TROUBLES: dict[Trouble, Callable[[], str]] = {
    Trouble.EMPTY: lambda: _("Файл пуст. Нужна таблица: строка заголовков и строки под ней"),
    Trouble.NO_ROWS: lambda: _("В файле только заголовки, строк под ними нет"),
    Trouble.OLD_EXCEL: lambda: _(
        "Это старый формат Excel (.xls). Откройте файл и сохраните как «Книга Excel (.xlsx)»"
    ),
    Trouble.ENCRYPTED: lambda: _("Файл защищён паролем. Снимите пароль и приложите файл снова"),
    Trouble.OPEN_DOCUMENT: lambda: _(
        "Это таблица LibreOffice (.ods). Сохраните её как «Excel (.xlsx)» или CSV"
    ),
    Trouble.BINARY_EXCEL: lambda: _(
        "Это двоичная книга Excel (.xlsb). Сохраните её как «Книга Excel (.xlsx)»"
    ),
    Trouble.OTHER_ARCHIVE: lambda: _(
        "Внутри архив, а не таблица. Распакуйте его и приложите файл .csv или .xlsx"
    ),
    Trouble.BROKEN_ARCHIVE: lambda: _(
        "Файл .xlsx повреждён: он обрывается или собран с ошибкой. Сохраните его заново"
    ),
    Trouble.BOMB: lambda: _(
        "Файл распаковывается в сотни раз больше своего размера. Такой файл мы не читаем"
    ),
    Trouble.SHEET_TOO_BIG: lambda: _(
        "Лист растянут на %(rows)s строк и %(columns)s столбцов. "
        "Удалите пустые строки и столбцы за таблицей"
    ),
    Trouble.WORKBOOK_TOO_LARGE: lambda: _(
        "Книга .xlsx больше %(most)s МБ. Разделите её или сохраните как CSV"
    ),
    Trouble.BROKEN_WORKBOOK: lambda: _(
        "Это не книга Excel, хотя файл назван .xlsx. Сохраните таблицу заново"
    ),
    Trouble.NO_SHEET: lambda: _("В книге нет листа с таблицей. Нужен видимый лист со строками"),
    Trouble.WEB_PAGE: lambda: _(
        "Внутри веб-страница, а не таблица. Откройте файл в Excel и сохраните как .xlsx"
    ),
    Trouble.PDF: lambda: _("Это документ PDF. Нужна таблица .csv или .xlsx"),
    Trouble.BINARY: lambda: _("Это не текст и не книга Excel. Нужна таблица .csv или .xlsx"),
    Trouble.LONG_LINE: lambda: _(
        "В файле строка длиннее %(most)s знаков. Похоже, это не таблица CSV"
    ),
    Trouble.LONG_CELL: lambda: _(
        "Строка %(row)s: ячейка не кончается. Скорее всего, кавычка открыта и не закрыта"
    ),
    Trouble.TOO_WIDE: lambda: _("Строка %(row)s: больше %(most)s столбцов. Удалите лишние"),
}


def remark_problem(noticed: Noticed) -> Problem:
    """Return a remark about a cell as a problem in words."""
    level, text, expected = _REMARKS[noticed.remark]()
    facts = {"found": noticed.found, "expected": noticed.expected, "most": spaced(LONGEST_CELL)}
    return Problem(
        level=level,
        column=noticed.column,
        text=text % facts,
        found=noticed.found,
        expected=expected % facts,
        remark=noticed.remark,
    )


_REMARKS: dict[Remark, Callable[[], tuple[Level, str, str]]] = {
    Remark.FORMULA: lambda: (
        Level.CONFIRM,
        _("Похоже на формулу. Считать её не будем, примем только как текст"),
        _("текст без знака формулы или подтверждение"),
    ),
    Remark.UNREADABLE: lambda: (
        Level.ERROR,
        _("Часть букв не прочиталась. Впишите их заново"),
        _("читаемые буквы"),
    ),
    Remark.TOO_LONG: lambda: (
        Level.ERROR,
        _("В ячейке больше %(most)s знаков. Сократите текст"),
        _("до %(most)s знаков"),
    ),
    Remark.INVISIBLE: lambda: (Level.FIXED, _("Уберём невидимые знаки"), ""),
    Remark.ZERO_BACK: lambda: (Level.FIXED, _("Вернём ноль впереди: %(expected)s"), ""),
    Remark.SHORTENED: lambda: (
        Level.ERROR,
        _("Excel сократил число: %(found)s. Впишите все цифры"),
        _("все цифры числа"),
    ),
    Remark.BROKEN: lambda: (
        Level.ERROR,
        _("В ячейке ошибка Excel или непосчитанная формула. Впишите значение"),
        _("значение, а не формула"),
    ),
    Remark.RAGGED: lambda: (
        Level.CONFIRM,
        _("Ячеек в строке %(found)s, в заголовке %(expected)s. Проверьте, не сдвинулись ли они"),
        _("столько ячеек, сколько заголовков: %(expected)s"),
    ),
}


def repeat_problem(*, holder: int, columns: list[str], titles: list[str], found: str) -> Problem:
    """Return the error of a row whose keys an earlier row holds."""
    names = titles[-1]
    if len(titles) > 1:
        words = _("%(first)s и %(last)s")
        names = words % {"first": ", ".join(titles[:-1]), "last": titles[-1]}
    text = ngettext(
        "Повтор строки %(row)s: совпадает %(names)s",
        "Повтор строки %(row)s: совпадают %(names)s",
        len(titles),
    )
    return Problem(
        level=Level.ERROR,
        column=columns[0] if len(columns) == 1 else None,
        text=text % {"row": holder, "names": names},
        found=found,
        expected=_("значение, которого в файле ещё не было"),
        remark=Remark.DOUBLE,
    )
