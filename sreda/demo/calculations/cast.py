"""The people of the demo who have a part: they are the same whatever is drawn."""

from dataclasses import dataclass
from datetime import date

from sreda.demo.calculations.titles import CITY_SCHOOL, COLLEGE, IT_CUBE, PD_CENTERS, VILLAGE_SCHOOL


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody known by name; ``role`` is the one they act in first."""

    key: str
    name: str
    birth_date: date
    login: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A line of «Посмотреть без пароля»."""

    login: str
    role: str
    title: str
    about: str


PUPIL = Part("varvara", "Мехоношина Варвара Олеговна", date(2013, 2, 11), "demo-pupil", "PUPIL")
BROTHER = Part("matvey", "Мехоношин Матвей Олегович", date(2010, 6, 3))
GUARDIAN = Part("oleg", "Мехоношин Олег Юрьевич", date(1984, 8, 22), "demo-guardian", "GUARDIAN")
MOTHER = Part("svetlana", "Мехоношина Светлана Игоревна", date(1986, 1, 30))
TEACHER = Part(
    "pyankova", "Пьянкова Людмила Аркадьевна", date(1981, 5, 17), "demo-teacher", "TEACHER"
)
TEACHERS_SON = Part("pyankov", "Пьянков Захар Николаевич", date(2013, 9, 8))
CLASS_TEACHER = Part(
    "lunegova", "Лунегова Тамара Игоревна", date(1979, 3, 4), "demo-class-teacher", "CLASS_TEACHER"
)
HEAD_TEACHER = Part(
    "ozhgibesova",
    "Ожгибесова Наталья Васильевна",
    date(1972, 11, 12),
    "demo-head-teacher",
    "HEAD_TEACHER",
)
DIRECTOR = Part(
    "goldobin", "Голдобин Сергей Михайлович", date(1969, 7, 1), "demo-director", "DIRECTOR"
)
SCHOOL_ADMIN = Part(
    "zyryanova", "Зырянова Анна Павловна", date(1993, 12, 9), "demo-school-admin", "SCHOOL_ADMIN"
)
MUNICIPAL = Part(
    "kataeva", "Катаева Елена Романовна", date(1977, 4, 26), "demo-municipal", "MUNICIPAL"
)
MINISTRY = Part(
    "selyaninova", "Селянинова Ирина Петровна", date(1980, 10, 2), "demo-ministry", "MINISTRY"
)
OPERATOR = Part("rozhkov", "Рожков Павел Сергеевич", date(1990, 2, 14), "demo-operator", "OPERATOR")
AUTHOR = Part("bushueva", "Бушуева Алла Викторовна", date(1983, 6, 19), "demo-author", "AUTHOR")
EXPERT = Part("chazova", "Чазова Ольга Юрьевна", date(1970, 9, 27), "demo-expert", "EXPERT")
OBSERVER = Part(
    "nevolina", "Неволина Екатерина Павловна", date(1975, 1, 8), "demo-observer", "OBSERVER"
)
VILLAGE_DIRECTOR = Part("isaeva", "Исаева Татьяна Ивановна", date(1966, 4, 13))
COLLEGE_DIRECTOR = Part("pepelyaev", "Пепеляев Роман Олегович", date(1974, 8, 5))
CUBE_DIRECTOR = Part("shilov", "Шилов Андрей Дмитриевич", date(1988, 3, 21))
PD_DIRECTOR = Part("subbotin", "Субботин Виктор Александрович", date(1968, 12, 16))

# Who heads the organizations that have people; their cards name the same person.
HEADS = {
    CITY_SCHOOL: DIRECTOR,
    VILLAGE_SCHOOL: VILLAGE_DIRECTOR,
    COLLEGE: COLLEGE_DIRECTOR,
    IT_CUBE: CUBE_DIRECTOR,
    PD_CENTERS[0]: PD_DIRECTOR,
}
OFFERS = (
    Offered(PUPIL.login, PUPIL.role, "Ученик", "Варвара, 8 «Б»"),
    Offered(GUARDIAN.login, GUARDIAN.role, "Родитель", "двое детей"),
    Offered(TEACHER.login, TEACHER.role, "Учитель", "физика, 7–9 классы"),
    Offered(CLASS_TEACHER.login, CLASS_TEACHER.role, "Классный руководитель", "8 «Б»"),
    Offered(HEAD_TEACHER.login, HEAD_TEACHER.role, "Завуч", "школа № 12"),
    Offered(DIRECTOR.login, DIRECTOR.role, "Директор", "школа № 12"),
    Offered(SCHOOL_ADMIN.login, SCHOOL_ADMIN.role, "Администратор школы", "люди и карточки"),
    Offered(MUNICIPAL.login, MUNICIPAL.role, "Муниципалитет", "организации Перми"),
    Offered(MINISTRY.login, MINISTRY.role, "Министерство", "реестр края"),
    Offered(OPERATOR.login, OPERATOR.role, "Оператор", "загрузки и события"),
    Offered(AUTHOR.login, AUTHOR.role, "Автор материалов", "институт развития"),
    Offered(EXPERT.login, EXPERT.role, "Эксперт", "институт развития"),
    Offered(OBSERVER.login, OBSERVER.role, "Федеральный наблюдатель", "перечни проекта"),
)
