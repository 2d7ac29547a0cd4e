"""Grants are what the facts say: after whatever was done, and the command proves it."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from sreda.access.facade import Grant, NewGrant, Role, give_grants, system_actor
from sreda.accounts.facade import Account
from sreda.foundation import clock
from sreda.foundation.errors import DomainError, Forbidden
from sreda.foundation.testing import assert_queries_do_not_grow
from sreda.organizations.testing import make_academic_year, make_municipality, make_school
from sreda.people.testing import make_person
from sreda.roster import facade as roster
from sreda.roster.actions.rebuilding import rebuild_grants
from sreda.roster.models import Enrollment, Guardianship, Kinship, Post, PostRole, SchoolClass
from sreda.roster.queries.rebuild import grant_differences
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db
SYSTEM = system_actor()
START = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)


class Life:
    """A year of two schools: whatever happens, happens through the actions."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311 -- chance, not a secret
        self.now = START
        municipality = make_municipality()
        self.schools = [make_school(municipality=municipality) for _ in range(2)]
        self.classes = [make_class(organization=school) for school in self.schools for _ in "аб"]
        self.children = [
            make_person(f"Ребёнок{n} Имя", birth_date=date(2008 + n, 9, 2 + n)) for n in range(6)
        ]
        self.adults = [make_person(f"Взрослый{n} Имя") for n in range(5)]

    def day(self):
        return self.now.date() + timedelta(days=self.chance.randint(-40, 40))

    def appoint(self):
        role = self.chance.choice(list(PostRole))
        at = self.chance.choice(self.classes)
        roster.appoint(
            actor=SYSTEM,
            person=self.chance.choice(self.adults),
            organization=at.organization,
            role=role,
            title="должность",
            school_class=at if role == PostRole.CLASS_TEACHER else None,
            starts_on=self.day(),
            now=self.now,
        )

    def enroll(self):
        roster.enroll(
            actor=SYSTEM,
            person=self.chance.choice(self.children),
            school_class=self.chance.choice(self.classes),
            starts_on=self.day(),
            now=self.now,
        )

    def add_guardianship(self):
        roster.add_guardianship(
            actor=SYSTEM,
            guardian=self.chance.choice(self.adults),
            child=self.chance.choice(self.children),
            kinship=self.chance.choice(list(Kinship)),
            may_sign=True,
            starts_on=self.day(),
            now=self.now,
        )

    def end_post(self):
        roster.end_post(actor=SYSTEM, post=self.any_of(Post), now=self.now)

    def end_enrollment(self):
        roster.end_enrollment(actor=SYSTEM, enrollment=self.any_of(Enrollment), now=self.now)

    def end_guardianship(self):
        roster.end_guardianship(actor=SYSTEM, guardianship=self.any_of(Guardianship), now=self.now)

    def any_of(self, model):
        rows = list(model.objects.order_by("pk"))
        if not rows:
            raise DomainError
        return self.chance.choice(rows)

    def live(self, steps):
        deeds = [self.appoint, self.enroll, self.add_guardianship] * 2
        deeds += [self.end_post, self.end_enrollment, self.end_guardianship]
        done = 0
        for _ in range(steps):
            self.now += timedelta(hours=self.chance.randint(1, 90))
            try:
                self.chance.choice(deeds)()
                done += 1
            except DomainError:
                pass
        return done


@pytest.mark.parametrize("seed", range(6))
def test_after_any_life_grants_are_what_the_facts_say(seed):
    life = Life(seed)
    assert life.live(steps=60) > 25
    assert Grant.objects.count() > 10
    assert grant_differences(now=life.now) == []


def small_school():
    school_class = make_class()
    child, _ = make_pupil(school_class=school_class)
    make_guardian(child=child)
    make_staff(role=PostRole.CLASS_TEACHER, school_class=school_class)


def spoil_dates():
    Grant.objects.filter(role=Role.PUPIL).update(starts_at=START)


def spoil_place():
    Grant.objects.filter(role=Role.GUARDIAN).update(organization=make_school())


def spoil_missing():
    Grant.objects.filter(role=Role.CLASS_TEACHER).delete()


def spoil_surplus():
    account = Account.objects.first()
    give_grants(
        [
            NewGrant(
                account_id=account.pk,
                role=Role.OPERATOR,
                organization_id=make_school().pk,
                fact="roster.Post:00000000-0000-7000-8000-000000000000",
                starts_at=START,
            )
        ]
    )


def spoil_surplus_to_come():
    spoil_surplus()
    Grant.objects.filter(role=Role.OPERATOR).update(starts_at=clock.now() + timedelta(days=9))


def spoil_account():
    Account.objects.filter(person=Enrollment.objects.get().person).delete()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (spoil_dates, "другие сроки или место: PUPIL roster.Enrollment:"),
        (spoil_place, "другие сроки или место: GUARDIAN roster.Guardianship:"),
        (spoil_missing, "нет: CLASS_TEACHER roster.Post:"),
        (spoil_surplus, "лишняя: OPERATOR roster.Post:0000"),
        (spoil_surplus_to_come, "лишняя: OPERATOR roster.Post:0000"),
        (spoil_account, "нет: PUPIL roster.Enrollment:"),
    ],
)
def test_the_command_tells_a_difference_and_puts_it_right(spoil, words, capsys):
    small_school()
    call_command("access-rebuild")
    assert "совпадают" in capsys.readouterr().out

    spoil()
    with pytest.raises(SystemExit) as stopped:
        call_command("access-rebuild")
    assert stopped.value.code == 1
    said = capsys.readouterr().out
    assert words in said
    assert "Расхождений: 1" in said

    call_command("access-rebuild", "--apply")
    assert "Исправлено расхождений: 1" in capsys.readouterr().out
    call_command("access-rebuild")
    assert "совпадают" in capsys.readouterr().out


def test_only_the_system_rebuilds():
    _person, admin = make_staff(role=PostRole.SCHOOL_ADMIN)
    spoil_dates_of = Grant.objects.all()
    spoil_dates_of.update(starts_at=START)
    with pytest.raises(Forbidden):
        rebuild_grants(actor=admin, now=clock.now())
    assert grant_differences(now=clock.now())
    rebuild_grants(actor=SYSTEM, now=clock.now())
    assert not grant_differences(now=clock.now())


def test_the_proof_does_not_ask_more_for_more_people():
    school_class = make_class()

    def more():
        for _ in range(5):
            child, _actor = make_pupil(school_class=school_class)
            make_guardian(child=child)
            make_staff(role=PostRole.TEACHER, organization=school_class.organization)

    more()
    assert_queries_do_not_grow(read=lambda: grant_differences(now=clock.now()), add_rows=more)


def test_bulk_writes_the_same_grants_with_few_statements():
    school = make_school()
    year = make_academic_year(school.region)
    days = {"starts_on": date(2026, 9, 1)}
    source = {"actor": SYSTEM, "source": "тест", "now": START}

    def load(number):
        children = [
            make_person(f"Ребёнок{n} Имя", birth_date=date(2012, 1, 1)) for n in range(number)
        ]
        adults = [make_person(f"Взрослый{n} Имя") for n in range(number)]
        grade = 1 + SchoolClass.objects.count()
        (at,) = roster.add_classes(
            [SchoolClass(organization=school, academic_year=year, grade=grade)], **source
        )
        roster.add_guardianships(
            [
                Guardianship(guardian=adult, child=child, kinship=Kinship.MOTHER, **days)
                for adult, child in zip(adults, children, strict=True)
            ],
            **source,
        )
        roster.add_enrollments(
            [
                Enrollment(person=child, organization=school, school_class=at, **days)
                for child in children
            ],
            **source,
        )
        roster.add_posts(
            [
                Post(person=adult, organization=school, role="TEACHER", title="учитель", **days)
                for adult in adults
            ],
            **source,
        )
        return children, adults

    children, _adults = load(3)
    assert Grant.objects.count() == 9
    assert grant_differences(now=START) == []
    late = make_person("Поздний Отец")
    roster.add_guardianships(
        [Guardianship(guardian=late, child=children[0], kinship=Kinship.FATHER, **days)], **source
    )
    assert Grant.objects.filter(account__person=late, role=Role.GUARDIAN).count() == 1
    assert grant_differences(now=START) == []


def test_bulk_statements_do_not_grow_with_rows(django_assert_max_num_queries):
    school = make_school()
    adults = [make_person(f"Взрослый{n} Имя") for n in range(40)]
    with django_assert_max_num_queries(14):
        roster.add_posts(
            [
                Post(
                    person=adult,
                    organization=school,
                    role="TEACHER",
                    title="учитель",
                    starts_on=date(2026, 9, 1),
                )
                for adult in adults
            ],
            actor=SYSTEM,
            source="тест",
            now=START,
        )
