"""What people write in tables of organizations, and the codes it stands for.

The keys are the codes of ``models.Kind``, ``Locality`` and ``Status`` (a test holds them together);
a word is compared in lower case, with ё as е, without quotes, full stops and doubled spaces. The
first word of a code is the one that tables are written with; the words of the English interface
are understood too.
"""

import re
from collections.abc import Mapping

Synonyms = Mapping[str, tuple[str, ...]]

KIND_WORDS: Synonyms = {
    "MUNICIPALITY": (
        "муниципалитет",
        "муниципальный округ",
        "городской округ",
        "муниципальный район",
        "муниципальное образование",
        "municipality",
    ),
    "AUTHORITY": (
        "орган управления образованием",
        "управление образования",
        "отдел образования",
        "департамент образования",
        "министерство",
        "министерство образования",
        "моуо",
        "муоо",
        "роно",
        "education authority",
    ),
    "SCHOOL": (
        "школа",
        "сош",
        "оош",
        "нош",
        "лицей",
        "гимназия",
        "школа-интернат",
        "интернат",
        "кадетская школа",
        "кадетский корпус",
        "вечерняя школа",
        "начальная школа",
        "основная школа",
        "средняя школа",
        "основная общеобразовательная школа",
        "средняя общеобразовательная школа",
        "начальная общеобразовательная школа",
        "общеобразовательная школа",
        "общеобразовательная организация",
        "образовательный центр",
        "мбоу",
        "маоу",
        "мкоу",
        "оо",
        "school",
    ),
    "COLLEGE": (
        "колледж",
        "спо",
        "техникум",
        "училище",
        "пту",
        "лицей профессиональный",
        "профессиональный лицей",
        "профессиональная образовательная организация",
        "среднее профессиональное образование",
        "поо",
        "гбпоу",
        "гапоу",
        "college",
    ),
    "IT_CUBE": (
        "IT-куб",
        "it куб",
        "ит-куб",
        "ит куб",
        "айти-куб",
        "айти куб",
        "itкуб",
        "it-cube",
        "it cube",
        "центр цифрового образования детей",
        "центр цифрового образования",
    ),
    "ADDITIONAL": (
        "дополнительное образование",
        "доп образование",
        "допобразование",
        "до детей",
        "дод",
        "удод",
        "дом творчества",
        "дворец творчества",
        "центр детского творчества",
        "детско-юношеский центр",
        "школа искусств",
        "детская школа искусств",
        "музыкальная школа",
        "спортивная школа",
        "станция юных натуралистов",
        "организация дополнительного образования",
        "учреждение дополнительного образования",
        "additional education",
    ),
    "PD_CENTER": (
        "центр повышения квалификации",
        "повышение квалификации",
        "дпо",
        "иро",
        "ипк",
        "цнппм",
        "институт развития образования",
        "дополнительное профессиональное образование",
        "professional development center",
    ),
    "KINDERGARTEN": (
        "детский сад",
        "детсад",
        "дет сад",
        "сад",
        "доу",
        "доо",
        "мбдоу",
        "мадоу",
        "дошкольная образовательная организация",
        "дошкольное образовательное учреждение",
        "дошкольное образование",
        "kindergarten",
    ),
}
LOCALITY_WORDS: Synonyms = {
    "URBAN": (
        "город",
        "городская",
        "городской",
        "г",
        "городская местность",
        "городское",
        "город г",
        "urban",
    ),
    "RURAL": (
        "село",
        "сельская",
        "сельский",
        "сельское",
        "с",
        "сельская местность",
        "деревня",
        "д",
        "rural",
    ),
}
STATUS_WORDS: Synonyms = {
    "ACTIVE": (
        "работает",
        "действует",
        "действующая",
        "действующее",
        "функционирует",
        "активна",
        "открыта",
        "active",
    ),
    "SUSPENDED": (
        "приостановлена",
        "приостановлено",
        "приостановлен",
        "деятельность приостановлена",
        "капитальный ремонт",
        "suspended",
    ),
    "REORGANIZED": (
        "реорганизована",
        "реорганизовано",
        "реорганизация",
        "присоединена",
        "reorganized",
    ),
    "CLOSED": (
        "закрыта",
        "закрыто",
        "закрыт",
        "ликвидирована",
        "ликвидировано",
        "ликвидирован",
        "не работает",
        "недействующая",
        "closed",
    ),
}
YES_NO_WORDS: Synonyms = {
    "1": ("да", "учебные данные", "учебные", "1", "истина", "true", "yes", "y", "+", "демо"),
    "": ("нет", "0", "ложь", "false", "no", "n", "-", "настоящие"),
}
# Words that say what a municipality is, not which.
MUNICIPALITY_TYPES = {
    *("муниципальный", "муниципальное", "муниципального", "городской", "образование"),
    *("округ", "округа", "район", "района", "мо", "го", "мр", "зато"),
}


def kind_code(text: str) -> str | None:
    """Return the code of a kind («СОШ», «лицей» → SCHOOL), None for an unknown word."""
    return _code(text, KIND_WORDS)


def locality_code(text: str) -> str | None:
    """Return URBAN or RURAL, None for an unknown word."""
    return _code(text, LOCALITY_WORDS)


def status_code(text: str) -> str | None:
    """Return the code of a status, None for an unknown word."""
    return _code(text, STATUS_WORDS)


def yes_or_no(text: str) -> bool | None:
    """Return what a yes-or-no cell says, None for an unknown word."""
    code = _code(text, YES_NO_WORDS)
    return None if code is None else bool(code)


def written(code: str, table: Synonyms) -> str:
    """Return the word that a table is written with, which is read back in any language."""
    return table[code][0] if code in table else ""


def plain(text: str) -> str:
    """Return ``text`` for comparing: lower case, ё as е, no quotes and stops, single spaces."""
    text = text.lower().replace("ё", "е")
    text = re.sub(r"[«»\"„“”'.,;:()]+", " ", text)
    text = re.sub(r"\s*[‐-―-]\s*", "-", text)
    return " ".join(text.split()) or ("-" if "-" in text else "")


def tidy(text: str) -> str:
    """Return ``text`` as it is stored: single spaces, nothing invisible."""
    text = re.sub(r"[\u00ad\u200b-\u200f\u2060\ufeff]", "", text)
    return " ".join(text.split())


def tidy_name(text: str) -> str:
    """Return a name as it is stored: ``tidy``, and straight quotes in pairs become «ёлочки»."""
    text = tidy(text)
    if text.startswith("="):
        return text
    return re.sub(r'(^|[\s(])"([^"]+)"(?=$|[\s).,;:!?])', r"\1«\2»", text)


def municipality_stem(name: str) -> str:
    """Return what tells one municipality from another: «Гайнский район» → «гайнский»."""
    words = plain(name).split()
    return " ".join(word for word in words if word not in MUNICIPALITY_TYPES)


def _code(text: str, table: Synonyms) -> str | None:
    return _INDEX[id(table)].get(plain(text))


_INDEX = {
    id(table): {plain(word): code for code, words in table.items() for word in words}
    for table in (KIND_WORDS, LOCALITY_WORDS, STATUS_WORDS, YES_NO_WORDS)
}
