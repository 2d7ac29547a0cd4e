"""A code opens no more than its giver could see; nobody takes over what was opened elsewhere."""

import re
from datetime import date, timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from sreda.access.facade import Role, system_actor
from sreda.access.testing import sign_in
from sreda.accounts.facade import Account
from sreda.accounts.testing import PASSWORD, make_account
from sreda.audit.facade import history_of
from sreda.foundation import clock
from sreda.foundation.errors import Forbidden
from sreda.organizations.testing import make_municipality, make_school
from sreda.roster.actions.sign_in import (
    issue_code,
    print_cards,
    print_codes,
    reset_person,
    revoke_card,
)
from sreda.roster.actions.telling import tell_card_stopped
from sreda.roster.facade import (
    add_enrollments,
    add_guardianship,
    add_guardianships,
    add_posts,
    appoint,
    end_enrollment,
    end_guardianship,
    end_post,
    enroll,
)
from sreda.roster.models import Enrollment, Guardianship, Kinship, Post, PostRole
from sreda.roster.testing import LONG_AGO, make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db
SYSTEM = system_actor()


@pytest.fixture
def at():
    """A school with a class, its pupil, guardian and teacher; another school with a class."""
    around = make_municipality()
    school = make_school("Гайнская школа", municipality=around)
    school_class = make_class(organization=school)
    child, _ = make_pupil(school_class=school_class)
    guardian, guardian_actor = make_guardian(child=child)
    elsewhere = make_class(organization=make_school("Косинская школа", municipality=around))
    return SimpleNamespace(
        school=school,
        school_class=school_class,
        child=child,
        guardian=guardian,
        guardian_actor=guardian_actor,
        elsewhere=elsewhere,
        teacher=make_staff(role=Role.CLASS_TEACHER, school_class=school_class)[1],
    )


def code_for(at, person):
    return issue_code(actor=at.teacher, person=person, now=clock.now()).code


def opens(code):
    """Use a code up in a fresh browser; say whether it let in."""
    browser = Client()
    answer = browser.post(
        reverse("accounts:code_finish"),
        {"code": code, "login": "taken-over", "password": PASSWORD, "again": PASSWORD},
    )
    return answer.status_code == 303


def give_post(person, place, role=PostRole.TEACHER):
    appoint(
        actor=SYSTEM,
        person=person,
        organization=place,
        role=role,
        title="должность",
        starts_on=LONG_AGO,
        now=clock.now(),
    )


def represent(guardian, child):
    return add_guardianship(
        actor=SYSTEM,
        guardian=guardian,
        child=child,
        kinship=Kinship.FATHER,
        may_sign=True,
        starts_on=LONG_AGO,
        now=clock.now(),
    )


def take_in(child, school_class):
    enroll(
        actor=SYSTEM,
        person=child,
        school_class=school_class,
        starts_on=LONG_AGO,
        now=clock.now(),
    )


def leave_school(at):
    end_enrollment(actor=SYSTEM, enrollment=Enrollment.objects.first(), now=clock.now())


def lose_child(at):
    end_guardianship(actor=SYSTEM, guardianship=Guardianship.objects.get(), now=clock.now())


def loaded(add, row):
    add([row], actor=SYSTEM, source="тест", now=clock.now())


def load_post(at):
    post = Post(
        person=at.guardian,
        organization=at.school.region,
        role=PostRole.MINISTRY,
        title="специалист",
        starts_on=LONG_AGO,
    )
    loaded(add_posts, post)


def load_enrollment(at):
    place = at.elsewhere
    enrollment = Enrollment(
        person=at.child,
        organization=place.organization,
        school_class=place,
        starts_on=LONG_AGO,
    )
    loaded(add_enrollments, enrollment)


def load_guardianship(at):
    child, _ = make_pupil(school_class=at.elsewhere, name="Голдобин Савелий Ильич")
    own = Guardianship(
        guardian=at.guardian, child=child, kinship=Kinship.FATHER, starts_on=LONG_AGO
    )
    loaded(add_guardianships, own)


CHANGES = {
    "a post": lambda at: give_post(at.guardian, at.school.region, PostRole.MINISTRY),
    "a child elsewhere": lambda at: represent(
        at.guardian, make_pupil(school_class=at.elsewhere, name="Голдобин Савелий")[0]
    ),
    "the child goes elsewhere too": lambda at: take_in(at.child, at.elsewhere),
    "the child leaves": leave_school,
    "no guardian any more": lose_child,
    "a post from a table": load_post,
    "an enrollment from a table": load_enrollment,
    "a guardianship from a table": load_guardianship,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_code_given_before_a_change_of_facts_opens_nothing_after_it(at, change):
    code = code_for(at, at.guardian)
    CHANGES[change](at)
    assert not opens(code)
    page = Client().post(reverse("accounts:code"), {"code": code}).content.decode()
    assert "Этот код больше не действует" in page


def test_a_code_ends_with_a_post(at):
    person, _ = make_staff(role=Role.TEACHER, organization=at.school, name="Исаева Татьяна")
    admin = make_staff(role=Role.SCHOOL_ADMIN, organization=at.school)[1]
    code = issue_code(actor=admin, person=person, now=clock.now()).code
    end_post(actor=SYSTEM, post=Post.objects.get(person=person), now=clock.now())
    assert not opens(code)


def test_a_second_child_in_the_same_school_leaves_the_code_good(at):
    code = code_for(at, at.guardian)
    represent(at.guardian, make_pupil(school_class=at.school_class, name="Боталов Глеб")[0])
    assert opens(code)


def test_a_pupils_code_ends_when_the_pupil_moves(at):
    older, _ = make_pupil(
        school_class=at.school_class, name="Старков Пётр", birth_date=date(2011, 1, 1)
    )
    code = code_for(at, older)
    end_enrollment(actor=SYSTEM, enrollment=Enrollment.objects.get(person=older), now=clock.now())
    take_in(older, at.elsewhere)
    assert not opens(code)


def card_of(at, leader=None, school_class=None):
    [card] = print_cards(
        actor=leader or at.teacher,
        school_class=school_class or at.school_class,
        pupils=[at.child.uid],
        now=clock.now(),
    ).cards
    return card


def come_by_card(card):
    browser = Client()
    browser.get(reverse("accounts:card", args=[card.secret]))
    browser.post(reverse("accounts:card_pin"), {"pin": card.pin})
    return browser


def is_in(browser):
    return browser.get(reverse("accounts:profile")).status_code == 200


def test_a_post_ends_the_card_and_what_it_opened(at):
    card = card_of(at)
    browser = come_by_card(card)
    assert is_in(browser)
    give_post(at.child, at.school)
    assert not is_in(browser)
    assert not is_in(come_by_card(card))


def test_what_another_school_does_with_its_card_leaves_the_schools_own(at):
    take_in(at.child, at.elsewhere)
    leader = make_staff(role=Role.CLASS_TEACHER, school_class=at.elsewhere)[1]
    own = card_of(at)
    browser = come_by_card(own)
    other = card_of(at, leader=leader, school_class=at.elsewhere)
    assert is_in(browser)
    assert is_in(come_by_card(own))
    assert is_in(come_by_card(other))
    revoke_card(actor=leader, person=at.child, now=clock.now())
    assert not is_in(come_by_card(other))
    assert is_in(browser)


def reach_elsewhere(at, way):
    """Give the guardian something at another school."""
    if way == "guardian":
        represent(at.guardian, make_pupil(school_class=at.elsewhere, name="Голдобин Савелий")[0])
    else:
        take_in(at.guardian, at.elsewhere)


@pytest.mark.parametrize("way", ["guardian", "pupil"])
def test_an_account_in_use_that_reaches_another_school_gets_no_code(at, way, client):
    reach_elsewhere(at, way)
    assert code_for(at, at.guardian)  # nobody has been in: the first code stays possible
    make_account(person=at.guardian, password=PASSWORD)
    for deed in (issue_code, reset_person):
        with pytest.raises(Forbidden, match="с другой организацией"):
            deed(actor=at.teacher, person=at.guardian, now=clock.now())
    printed = print_codes(
        actor=at.teacher,
        school_class=at.school_class,
        people=[at.guardian.uid],
        now=clock.now(),
    )
    assert printed.slips == ()
    assert "Новый код выдаст оператор" in printed.without[0].reason
    sign_in(client, at.teacher)
    assert client.get(reverse("roster:reset", args=[at.guardian.uid])).status_code == 403
    page = client.get(reverse("roster:person", args=[at.guardian.uid])).content.decode()
    assert "Новый код выдаст оператор" in page
    assert reverse("roster:code", args=[at.guardian.uid]) not in page


def test_an_account_that_has_been_in_counts_as_in_use_without_a_password(at):
    reach_elsewhere(at, "guardian")
    Account.objects.filter(person=at.guardian).update(last_login=clock.now())
    with pytest.raises(Forbidden, match="с другой организацией"):
        code_for(at, at.guardian)


def test_what_has_ended_elsewhere_closes_nothing(at):
    reach_elsewhere(at, "guardian")
    make_account(person=at.guardian, password=PASSWORD)
    own = Guardianship.objects.order_by("pk").last()
    end_guardianship(actor=SYSTEM, guardianship=own, now=clock.now() - timedelta(minutes=1))
    assert code_for(at, at.guardian)


def test_a_pupil_of_two_places_still_gets_a_card(at):
    take_in(at.child, at.elsewhere)
    assert is_in(come_by_card(card_of(at)))
    assert card_of(at)


def test_the_operators_command_lets_in_whom_no_school_may(at):
    reach_elsewhere(at, "guardian")
    account = make_account(person=at.guardian, password=PASSWORD, login="botalov")
    out = StringIO()
    call_command("reset_sign_in", "Botalov", stdout=out)
    (code,) = re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", out.getvalue())
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert [row.event for row in history_of(at.guardian.uid).rows] == [
        "roster.person.reset_sign_in"
    ]
    assert opens(code)
    assert "оператор" in notices_of(at.guardian_actor)


def test_the_command_refuses_an_unknown_login_in_words(db):
    with pytest.raises(CommandError, match="Никто не входит с логином"):
        call_command("reset_sign_in", "nobody")


def notices_of(actor):
    browser = Client()
    sign_in(browser, actor)
    return browser.get(reverse("notifications:list")).content.decode()


def test_the_owner_of_a_password_is_told_who_gave_a_code(at):
    code_for(at, at.guardian)
    assert Account.objects.get(person=at.guardian).unread == 0
    make_account(person=at.guardian, password=PASSWORD)
    code_for(at, at.guardian)
    print_codes(
        actor=at.teacher,
        school_class=at.school_class,
        people=[at.guardian.uid],
        now=clock.now(),
    )
    page = notices_of(at.guardian_actor)
    told = "Для вас выдан новый код входа: Ирина Селянинова, Гайнская школа"
    assert page.count(told) == 2


def test_the_owner_of_a_password_is_told_who_took_it_away(at):
    make_account(person=at.guardian, password=PASSWORD)
    reset_person(actor=at.teacher, person=at.guardian, now=clock.now())
    assert "Ваш прежний пароль сброшен: Ирина Селянинова" in notices_of(at.guardian_actor)


def test_a_notice_names_no_child_to_those_who_work_here_no_more(at, client):
    card_of(at)
    card = Account.objects.get(person=at.child).cards.get()
    assert tell_card_stopped(card_uid=card.uid, now=clock.now()) == 1
    person = Post.objects.get(person_id=at.teacher.person_id)
    end_post(actor=SYSTEM, post=person, now=clock.now())
    give_post(person.person, at.elsewhere.organization)
    sign_in(client, at.teacher)
    page = client.get(reverse("notifications:list")).content.decode()
    assert "Карточка ученика" in page
    assert "Варвара" not in page
    behind = reverse("roster:school_class", args=[at.school_class.uid])
    assert client.get(behind).status_code == 404


def test_somebody_without_any_tie_elsewhere_gets_codes_as_before(at):
    make_account(person=at.guardian, password=PASSWORD)
    assert code_for(at, at.guardian)
