"""The made-up people: staff of five organizations, their pupils, the pupils' families."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sreda.demo.calculations import cast, names
from sreda.demo.calculations.cast import Part
from sreda.demo.calculations.made import (
    MadeClass,
    MadeEnrollment,
    MadeGuardianship,
    MadePeople,
    MadePerson,
    MadePost,
)
from sreda.demo.calculations.register import (
    CITY_SCHOOL,
    COLLEGE,
    IT_CUBE,
    MINISTRY,
    PD_CENTER,
    VILLAGE_SCHOOL,
)

REGION = "region"
CAPITAL_AUTHORITY, VILLAGE_AUTHORITY = "authority-perm-01", "authority-perm-08"
# Grade, letter, pupils. A class with a known pupil has them on top of the number.
CLASSES = {
    CITY_SCHOOL: (
        (1, "А", 22),
        (3, "А", 24),
        (7, "А", 20),
        (8, "Б", 23),
        (9, "А", 22),
        (11, "А", 17),
    ),
    VILLAGE_SCHOOL: ((2, "", 12), (5, "", 13), (8, "", 12), (10, "", 12)),
    COLLEGE: ((1, "ИС-26", 19), (2, "ИС-25", 18)),
}
# A college takes after grade 9, so its first year is as old as grade 10.
COLLEGE_GRADES = 9
SUBJECTS = (
    "учитель начальных классов",
    "учитель математики",
    "учитель русского языка и литературы",
    "учитель истории",
    "учитель биологии",
    "учитель английского языка",
)
LEADERS = {COLLEGE: "куратор группы"}
IN_CUBE = 15
OLDEST_WITH_GUARDIAN = date(2009, 1, 1)


class _Book:
    """Collects everybody, in the order in which they are written."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(f"people:{seed}")  # noqa: S311 -- made-up data, no secret
        self.people: list[MadePerson] = []
        self.classes: list[MadeClass] = []
        self.posts: list[MadePost] = []
        self.enrollments: list[MadeEnrollment] = []
        self.guardianships: list[MadeGuardianship] = []

    def add(self, name: names.Name, born: date) -> str:
        """Write somebody drawn; return their key."""
        key = f"person-{len(self.people)}"
        self.people.append(MadePerson(key, name.last, name.first, name.middle, born))
        return key

    def add_part(self, part: Part) -> str:
        """Write somebody known."""
        last, first, middle = part.name.split()
        self.people.append(MadePerson(part.key, last, first, middle, part.birth_date, part.login))
        return part.key

    def add_adult(self) -> str:
        """Write somebody who works."""
        return self.add(names.adult(self.draw), self.day(date(1964, 1, 1), date(2001, 12, 31)))

    def appoint(self, person: str, at: str, role: str, title: str, school_class: str = "") -> None:
        """Write a post."""
        self.posts.append(MadePost(person, at, role, title, school_class))

    def day(self, first: date, last: date) -> date:
        """Draw a day."""
        return first + timedelta(days=self.draw.randrange((last - first).days + 1))


def people(*, seed: int) -> MadePeople:
    """Return everybody; the same for the same seed. No key stands twice."""
    book = _Book(seed)
    _offices(book)
    for organization in (CITY_SCHOOL, VILLAGE_SCHOOL, COLLEGE):
        _school_staff(book, organization)
    _city_teacher(book)
    _institute_and_cube(book)
    for school_class in book.classes:
        _known_pupils(book, school_class)
        _pupils(book, school_class)
    _cube_pupils(book)
    return MadePeople(
        people=tuple(book.people),
        classes=tuple(book.classes),
        posts=tuple(book.posts),
        enrollments=tuple(book.enrollments),
        guardianships=tuple(book.guardianships),
    )


def _offices(book: _Book) -> None:
    """Those who work above schools."""
    main = "главный специалист"
    book.appoint(book.add_part(cast.MINISTRY), MINISTRY, "MINISTRY", main)
    book.appoint(book.add_adult(), MINISTRY, "MINISTRY", "начальник отдела общего образования")
    book.appoint(book.add_part(cast.OPERATOR), MINISTRY, "OPERATOR", "оператор системы")
    book.appoint(book.add_part(cast.MUNICIPAL), CAPITAL_AUTHORITY, "MUNICIPAL", main)
    book.appoint(book.add_adult(), VILLAGE_AUTHORITY, "MUNICIPAL", main)
    book.appoint(book.add_part(cast.OBSERVER), REGION, "OBSERVER", "федеральный наблюдатель")


def _school_staff(book: _Book, at: str) -> None:
    in_city = at == CITY_SCHOOL
    heads = {CITY_SCHOOL: cast.DIRECTOR, VILLAGE_SCHOOL: cast.VILLAGE_DIRECTOR}
    director = book.add_part(heads.get(at, cast.COLLEGE_DIRECTOR))
    head_teacher = book.add_part(cast.HEAD_TEACHER) if in_city else book.add_adult()
    admin = book.add_part(cast.SCHOOL_ADMIN) if in_city else book.add_adult()
    book.appoint(director, at, "DIRECTOR", "директор")
    book.appoint(head_teacher, at, "HEAD_TEACHER", "заместитель директора по учебной работе")
    book.appoint(admin, at, "SCHOOL_ADMIN", "секретарь учебной части")
    for number, (grade, letter, _pupils_of) in enumerate(CLASSES[at]):
        key = f"{at}-{grade}{letter}"
        book.classes.append(MadeClass(key, at, grade, letter))
        is_known = (in_city, grade, letter) == (True, 8, "Б")
        leader = book.add_part(cast.CLASS_TEACHER) if is_known else book.add_adult()
        title = SUBJECTS[number] if at != COLLEGE else "преподаватель информатики"
        book.appoint(leader, at, "CLASS_TEACHER", LEADERS.get(at, "классный руководитель"), key)
        book.appoint(leader, at, "TEACHER", title)


def _city_teacher(book: _Book) -> None:
    """A teacher of two organizations whose own son learns in one of them."""
    teacher = book.add_part(cast.TEACHER)
    book.appoint(teacher, CITY_SCHOOL, "TEACHER", "учитель физики")
    book.appoint(teacher, COLLEGE, "TEACHER", "преподаватель физики, совместитель")


def _institute_and_cube(book: _Book) -> None:
    book.appoint(book.add_part(cast.PD_DIRECTOR), PD_CENTER, "DIRECTOR", "ректор")
    book.appoint(book.add_adult(), PD_CENTER, "SCHOOL_ADMIN", "секретарь учебной части")
    for title in ("преподаватель", "старший преподаватель", "доцент"):
        book.appoint(book.add_adult(), PD_CENTER, "TEACHER", title)
    book.appoint(book.add_part(cast.AUTHOR), PD_CENTER, "AUTHOR", "методист")
    book.appoint(book.add_part(cast.EXPERT), PD_CENTER, "EXPERT", "эксперт по содержанию")
    book.appoint(book.add_part(cast.CUBE_DIRECTOR), IT_CUBE, "DIRECTOR", "руководитель")
    book.appoint(book.add_adult(), IT_CUBE, "SCHOOL_ADMIN", "администратор")
    for title in ("программирование на Python", "робототехника", "мобильная разработка"):
        book.appoint(book.add_adult(), IT_CUBE, "TEACHER", f"наставник, {title}")


def _known_pupils(book: _Book, school_class: MadeClass) -> None:
    """Two families with a part: two children in two organizations, and the teacher's son."""
    if school_class.key == f"{CITY_SCHOOL}-8Б":
        for part in (cast.PUPIL, cast.GUARDIAN, cast.MOTHER):
            book.add_part(part)
        _represent(book, cast.PUPIL.key)
        _enroll(book, cast.PUPIL.key, school_class)
    if school_class.key == f"{CITY_SCHOOL}-7А":
        son = book.add_part(cast.TEACHERS_SON)
        book.guardianships.append(MadeGuardianship(cast.TEACHER.key, son, "MOTHER"))
        _enroll(book, son, school_class)
    if school_class.key == f"{COLLEGE}-1ИС-26":
        brother = book.add_part(cast.BROTHER)
        _represent(book, brother)
        _enroll(book, brother, school_class)


def _represent(book: _Book, child: str) -> None:
    """The known parents: the father signs, the mother only looks."""
    book.guardianships += [
        MadeGuardianship(cast.GUARDIAN.key, child, "FATHER"),
        MadeGuardianship(cast.MOTHER.key, child, "MOTHER", may_sign=False),
    ]


def _enroll(book: _Book, pupil: str, school_class: MadeClass) -> None:
    book.enrollments.append(MadeEnrollment(pupil, school_class.organization, school_class.key))


def _pupils(book: _Book, school_class: MadeClass) -> None:
    at = school_class.organization
    number = next(
        number
        for grade, letter, number in CLASSES[at]
        if (grade, letter) == (school_class.grade, school_class.letter)
    )
    grade = school_class.grade + (COLLEGE_GRADES if at == COLLEGE else 0)
    first = date(2020 - grade, 3, 1)
    for _place in range(number):
        born = book.day(first, first + timedelta(days=364))
        family = book.draw.choice(names.SURNAMES)
        father = book.draw.choice(tuple(names.FATHERS))
        pupil = book.add(names.child(book.draw, family=family, father=father), born)
        _enroll(book, pupil, school_class)
        if born >= OLDEST_WITH_GUARDIAN:
            _guardians(book, pupil, family=family, father=father, child_born=born)


def _guardians(book: _Book, pupil: str, *, family: str, father: str, child_born: date) -> None:
    """A mother, a father, both, or somebody in their place; now and then one more child."""
    drawn = book.draw.random()
    found = []
    if drawn < 0.85:
        mother = names.adult(book.draw, is_woman=True, family=family)
        found.append((mother, "MOTHER"))
    if 0.45 < drawn < 0.95:
        man = replace(names.adult(book.draw, is_woman=False, family=family), first=father)
        found.append((man, "FATHER"))
    if not found:
        found.append((names.adult(book.draw, is_woman=True), "GUARDIAN"))
    year = child_born.year
    for place, (name, kinship) in enumerate(found):
        key = book.add(name, book.day(date(year - 38, 1, 1), date(year - 21, 12, 31)))
        may_sign = place == 0 or book.draw.random() < 0.8
        book.guardianships.append(MadeGuardianship(key, pupil, kinship, may_sign=may_sign))


def _cube_pupils(book: _Book) -> None:
    """Children of the city school who also come to the IT-cube, without a class there."""
    grades = {f"{CITY_SCHOOL}-{name}" for name in ("7А", "8Б", "9А")}
    able = [entry.person for entry in book.enrollments if entry.school_class in grades]
    chosen = {cast.PUPIL.key, *book.draw.sample(able, IN_CUBE - 1)}
    book.enrollments += [MadeEnrollment(key, IT_CUBE) for key in able if key in chosen]
