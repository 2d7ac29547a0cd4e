"""Cards, codes and resets: who gives them to whom, and what they end."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from sreda.access.facade import Role, system_actor
from sreda.access.testing import sign_in
from sreda.accounts.facade import Account
from sreda.accounts.testing import make_account
from sreda.audit.facade import history_of
from sreda.foundation import clock
from sreda.foundation.errors import Forbidden, NotFound
from sreda.foundation.testing import run_jobs
from sreda.organizations.testing import make_school
from sreda.people.facade import Person
from sreda.roster.actions.sign_in import (
    NobodyChosen,
    NoCard,
    issue_code,
    print_cards,
    print_codes,
    reset_person,
    revoke_card,
)
from sreda.roster.actions.telling import tell_card_stopped
from sreda.roster.facade import add_guardianship, appoint, end_enrollment, end_post, enroll
from sreda.roster.models import Enrollment, Kinship, Post, PostRole
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
SYSTEM = system_actor()


@pytest.fixture
def at():
    """A class with a pupil, a guardian and a teacher; the same in the class next door."""
    school = make_school("Гайнская школа")
    school_class = make_class(organization=school, letter="А")
    other_class = make_class(organization=school, letter="Б")
    child, child_actor = make_pupil(school_class=school_class)
    neighbor, _ = make_pupil(school_class=other_class, name="Голдобин Савелий Ильич")
    guardian, guardian_actor = make_guardian(child=child)
    return SimpleNamespace(
        school=school,
        school_class=school_class,
        other_class=other_class,
        child=child,
        child_actor=child_actor,
        neighbor=neighbor,
        guardian=guardian,
        guardian_actor=guardian_actor,
        teacher=make_staff(role=Role.CLASS_TEACHER, school_class=school_class)[1],
    )


def staff(at, role, name="Мехоношин Егор Ильич"):
    return make_staff(role=role, organization=at.school, name=name)[1]


def one_card(at, actor=None, person=None, school_class=None):
    return print_cards(
        actor=actor or at.teacher,
        school_class=school_class or at.school_class,
        pupils=[(person or at.child).uid],
        now=clock.now(),
    ).cards[0]


def try_card(card, pin):
    """Sign in by a card in a fresh browser; return the browser and whether it is let in."""
    browser = Client()
    browser.get(reverse("accounts:card", args=[card.secret]))
    browser.post(reverse("accounts:card_pin"), {"pin": pin})
    return browser, is_in(browser)


def is_in(browser):
    return browser.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.parametrize("role", [Role.SCHOOL_ADMIN, Role.DIRECTOR])
def test_heads_print_cards_for_any_class(at, role):
    assert one_card(at, actor=staff(at, role)).name == "Боталова Варвара Ильинична"


@pytest.mark.parametrize("role", [Role.TEACHER, Role.HEAD_TEACHER])
def test_colleagues_without_the_class_print_nothing(at, role):
    with pytest.raises(Forbidden):
        one_card(at, actor=staff(at, role))
    assert one_card(at).secret


def test_a_class_teacher_prints_for_the_own_class_only(at):
    with pytest.raises(Forbidden):
        one_card(at, person=at.neighbor, school_class=at.other_class)
    with pytest.raises(NotFound):
        one_card(at, person=at.neighbor)
    assert one_card(at).secret


def test_a_teacher_whose_class_was_taken_away_prints_no_more(at):
    one_card(at)
    end_post(actor=SYSTEM, post=Post.objects.get(person_id=at.teacher.person_id), now=clock.now())
    with pytest.raises(Forbidden):
        one_card(at)


def test_nobody_chosen_is_said(at):
    for deed, name in ((print_cards, "pupils"), (print_codes, "people")):
        with pytest.raises(NobodyChosen):
            deed(actor=at.teacher, school_class=at.school_class, now=NOW, **{name: []})


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        (date(2012, 10, 14), "исполнилось 14 лет"),
        (date(2012, 10, 13), "исполнилось 14 лет"),
        (None, "не указана дата рождения"),
        (date(2012, 10, 15), ""),
    ],
)
def test_a_card_is_for_those_under_fourteen_today(at, born, reason):
    Person.objects.filter(pk=at.child.pk).update(birth_date=born)
    printed = print_cards(
        actor=at.teacher, school_class=at.school_class, pupils=[at.child.uid], now=NOW
    )
    assert bool(printed.cards) is not bool(reason)
    assert [row.name for row in printed.without] == ([] if printed.cards else [str_name(at)])
    assert all(reason in row.reason for row in printed.without)


def str_name(at):
    return f"{at.child.last_name} {at.child.first_name} {at.child.middle_name}"


def test_a_new_print_ends_the_old_card_and_what_it_opened(at):
    old = one_card(at)
    browser, let_in = try_card(old, old.pin)
    assert let_in
    new = one_card(at)
    assert not is_in(browser)
    assert not try_card(old, old.pin)[1]
    assert try_card(new, new.pin)[1]


def test_a_revoked_card_is_out_on_the_next_request(at):
    card = one_card(at)
    browser, let_in = try_card(card, card.pin)
    assert let_in
    revoke_card(actor=at.teacher, person=at.child, now=clock.now())
    assert not is_in(browser)
    with pytest.raises(NoCard):
        revoke_card(actor=at.teacher, person=at.child, now=clock.now())


def test_a_pupil_who_moves_to_another_school_leaves_the_card_behind(at):
    card = one_card(at)
    browser, let_in = try_card(card, card.pin)
    assert let_in
    enrollment = Enrollment.objects.get(person=at.child)
    end_enrollment(actor=SYSTEM, enrollment=enrollment, now=clock.now())
    enroll(
        actor=SYSTEM,
        person=at.child,
        school_class=make_class(),
        starts_on=clock.today(),
        now=clock.now(),
    )
    assert not is_in(browser)
    assert not try_card(card, card.pin)[1]


def test_leaving_a_club_elsewhere_does_not_end_the_schools_card(at):
    club = make_class()
    enrollment = enroll(
        actor=SYSTEM,
        person=at.child,
        school_class=club,
        starts_on=date(2020, 9, 1),
        now=clock.now(),
    )
    card = one_card(at)
    end_enrollment(actor=SYSTEM, enrollment=enrollment, now=clock.now())
    assert try_card(card, card.pin)[1]


def test_a_hundred_wrong_pins_stop_the_card_and_the_class_teacher_is_told(at, monkeypatch):
    card = one_card(at)
    wrong = f"{(int(card.pin) + 1) % 10_000:04d}"
    moment = clock.now()
    for number in range(100):
        # A minute between tries, so that the limit per minute is not what stops them.
        monkeypatch.setattr(clock, "now", lambda n=number: moment + timedelta(minutes=n))
        assert not try_card(card, wrong)[1]
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(hours=2))
    assert not try_card(card, card.pin)[1]

    run_jobs()

    browser = Client()
    sign_in(browser, at.teacher, now=clock.now())
    page = browser.get(reverse("notifications:list")).content.decode()
    assert page.count("Карточка ученика 3\u00a0«А» остановлена: PIN много раз вводили неверно") == 1
    assert "Варвара" not in page
    assert Account.objects.get(pk=at.teacher.account_id).unread == 1
    shown = browser.get(reverse("roster:school_class", args=[at.school_class.uid]))
    assert "карточка остановлена" in shown.content.decode()


def card_uid():
    return Account.objects.get(cards__isnull=False).cards.get().uid


def test_a_stop_is_told_once_however_often_the_job_runs(at):
    one_card(at)
    assert tell_card_stopped(card_uid=card_uid(), now=clock.now()) == 1
    assert tell_card_stopped(card_uid=card_uid(), now=clock.now()) == 0
    assert Account.objects.get(pk=at.teacher.account_id).unread == 1


def test_without_a_class_teacher_the_administrators_are_told(at):
    one_card(at)
    admin = staff(at, Role.SCHOOL_ADMIN)
    end_post(actor=SYSTEM, post=Post.objects.get(person_id=at.teacher.person_id), now=clock.now())
    assert tell_card_stopped(card_uid=card_uid(), now=clock.now()) == 1
    assert Account.objects.get(pk=admin.account_id).unread == 1
    assert Account.objects.get(pk=at.teacher.account_id).unread == 0


def test_nobody_is_told_of_a_pupil_who_has_left(at):
    one_card(at)
    uid = card_uid()
    end_enrollment(
        actor=SYSTEM, enrollment=Enrollment.objects.get(person=at.child), now=clock.now()
    )
    assert tell_card_stopped(card_uid=uid, now=clock.now()) == 0
    assert tell_card_stopped(card_uid=at.child.uid, now=clock.now()) == 0


def codes_for(at, people, actor=None):
    return print_codes(
        actor=actor or at.teacher,
        school_class=at.school_class,
        people=[person.uid for person in people],
        now=NOW,
    )


def test_a_guardian_gets_one_code_for_all_children_of_the_class(at):
    twin, _ = make_pupil(school_class=at.school_class, name="Боталов Глеб Ильич")
    add_guardianship(
        actor=SYSTEM,
        guardian=at.guardian,
        child=twin,
        kinship=Kinship.FATHER,
        may_sign=True,
        starts_on=date(2020, 9, 1),
        now=NOW,
    )
    (slip,) = codes_for(at, [at.guardian]).slips
    assert slip.name == "Боталов Илья Сергеевич"
    assert slip.whose == ("Боталов Глеб Ильич", "Боталова Варвара Ильинична")
    assert re.fullmatch(r"[2-9A-Z]{5}-[2-9A-Z]{5}", slip.code)


def test_a_pupil_who_gets_no_card_may_get_a_code(at):
    with pytest.raises(NotFound):
        codes_for(at, [at.child])
    Person.objects.filter(pk=at.child.pk).update(birth_date=date(2012, 10, 14))
    assert len(codes_for(at, [at.child]).slips) == 1


def test_codes_are_given_to_the_own_class_only(at):
    other, _ = make_guardian(child=at.neighbor, name="Голдобина Мария Петровна")
    with pytest.raises(NotFound):
        codes_for(at, [other])
    with pytest.raises(Forbidden):
        codes_for(at, [at.guardian], actor=staff(at, Role.TEACHER))
    assert codes_for(at, [at.guardian]).slips


def give_post(person, role, organization):
    appoint(
        actor=SYSTEM,
        person=person,
        organization=organization,
        role=role,
        title="должность",
        starts_on=date(2020, 9, 1),
        now=NOW,
    )


@pytest.mark.parametrize("role", [PostRole.DIRECTOR, PostRole.TEACHER, PostRole.OPERATOR])
def test_nobody_gets_a_code_for_more_than_they_may_do_themselves(at, role):
    """A parent of the class may be an operator: a class teacher must not sign in as one."""
    assert codes_for(at, [at.guardian]).slips
    give_post(at.guardian, role, at.school)
    printed = codes_for(at, [at.guardian])
    assert (printed.slips, len(printed.without)) == ((), 1)
    for deed in (issue_code, reset_person, revoke_card):
        with pytest.raises(Forbidden, match="должность"):
            deed(actor=at.teacher, person=at.guardian, now=NOW)


def test_a_pupil_with_a_post_beyond_reach_gets_no_card(at):
    give_post(at.child, PostRole.OPERATOR, at.school)
    printed = print_cards(
        actor=at.teacher, school_class=at.school_class, pupils=[at.child.uid], now=NOW
    )
    assert not printed.cards
    assert "должность" in printed.without[0].reason


def test_an_administrator_resets_those_whom_they_may_appoint(at):
    admin = staff(at, Role.SCHOOL_ADMIN)
    director = staff(at, Role.DIRECTOR, name="Исаева Татьяна Ивановна")
    teacher = Person.objects.get(pk=at.teacher.person_id)
    assert reset_person(actor=admin, person=teacher, now=NOW).code
    with pytest.raises(Forbidden, match="должность"):
        reset_person(actor=admin, person=Person.objects.get(pk=director.person_id), now=NOW)
    assert reset_person(actor=director, person=Person.objects.get(pk=admin.person_id), now=NOW).code


def test_a_colleague_with_a_post_at_another_school_is_reset_by_neither(at):
    admin = staff(at, Role.SCHOOL_ADMIN)
    teacher = Person.objects.get(pk=at.teacher.person_id)
    give_post(teacher, PostRole.TEACHER, make_school())
    with pytest.raises(Forbidden, match="должность"):
        reset_person(actor=admin, person=teacher, now=NOW)


@pytest.mark.parametrize("deed", [issue_code, reset_person, revoke_card])
def test_ways_in_are_the_work_of_few(at, deed):
    one_card(at)
    strangers = [
        staff(at, Role.TEACHER),
        staff(at, Role.HEAD_TEACHER),
        at.guardian_actor,
        make_staff(role=Role.CLASS_TEACHER, school_class=at.other_class)[1],
        make_staff(role=Role.DIRECTOR, organization=make_school())[1],
        make_staff(role=Role.OPERATOR, organization=at.school)[1],
    ]
    for actor in strangers:
        with pytest.raises(Forbidden, match="классный руководитель"):
            deed(actor=actor, person=at.child, now=clock.now())
    deed(actor=at.teacher, person=at.child, now=clock.now())


def test_a_reset_takes_password_and_sessions_and_shows_a_code_once(at, client):
    make_account(person=at.guardian, password="осенний лес 42", login="botalov")
    parent = Client()
    sign_in(parent, at.guardian_actor)
    assert is_in(parent)
    sign_in(client, at.teacher)
    url = reverse("roster:reset", args=[at.guardian.uid])

    asked = client.get(url)
    assert "Сбросить вход?" in asked.content.decode()
    assert is_in(parent)

    answer = client.post(url)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    (code,) = set(re.findall(r"\b[2-9A-Z]{5}-[2-9A-Z]{5}\b", page))
    assert not is_in(parent)
    assert not Account.objects.get(person=at.guardian).has_usable_password()
    assert code not in client.get(url).content.decode()
    events = [row.event for row in history_of(at.guardian.uid).rows]
    assert events == ["roster.person.reset_sign_in"]


@pytest.mark.parametrize("name", ["roster:code", "roster:reset", "roster:card_end"])
def test_nobody_is_even_asked_about_what_they_may_not_do(at, client, name):
    child, guardian = (reverse(name, args=[person.uid]) for person in (at.child, at.guardian))
    sign_in(client, staff(at, Role.HEAD_TEACHER))
    assert client.get(child).status_code == 403
    sign_in(client, at.teacher)
    assert client.get(child).status_code == client.get(guardian).status_code == 200
    give_post(at.guardian, PostRole.OPERATOR, at.school)
    assert client.get(guardian).status_code == 403


def test_the_printed_sheets_keep_pins_apart_from_cards(at, client):
    older, _ = make_pupil(
        school_class=at.school_class, name="Старков Пётр", birth_date=date(2009, 1, 1)
    )
    sign_in(client, at.teacher)
    url = reverse("roster:cards", args=[at.school_class.uid])
    before = client.get(url).content.decode()
    assert "Прежние карточки отмеченных учеников перестанут работать" in before
    assert str(at.child.uid) in before
    assert str(older.uid) not in before
    assert "Старков Пётр" in before

    answer = client.post(url, {"person": [str(at.child.uid)]})

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    cards, pins = answer.content.decode().split('class="new-sheet"')
    assert "<svg" in cards
    assert "Боталова Варвара Ильинична" in cards
    assert "Гайнская школа" in cards
    (pin,) = re.findall(r"<td>(\d{4})</td>", pins)
    assert f">{pin}<" not in cards
    assert history_of(at.school_class.uid).rows[0].event == "roster.class.print_cards"


def test_nothing_ticked_brings_the_choice_back(at, client):
    sign_in(client, at.teacher)
    for name in ("roster:cards", "roster:codes"):
        answer = client.post(reverse(name, args=[at.school_class.uid]))
        assert answer.status_code == 422
        assert "Отметьте хотя бы одного человека" in answer.content.decode()


@pytest.mark.parametrize("person", ["не-uid", "01920000-0000-7000-8000-000000000000"])
def test_a_guessed_pupil_is_404(at, client, person):
    sign_in(client, at.teacher)
    for name in ("roster:cards", "roster:codes"):
        url = reverse(name, args=[at.school_class.uid])
        assert client.post(url, {"person": [person]}).status_code == 404


def test_the_slips_say_what_to_do_and_give_a_text_to_send(at, client):
    sign_in(client, at.teacher)
    url = reverse("roster:codes", args=[at.school_class.uid])
    page = client.post(url, {"person": [str(at.guardian.uid)]}).content.decode()
    assert "http://testserver/sign-in/code/" in page
    assert "Ребёнок: Боталова Варвара Ильинична" in page
    assert "Придумайте логин и пароль" in page
    assert "<textarea" in page


def test_a_printed_code_lets_the_guardian_in(at, client):
    code = codes_for_now(at)
    browser = Client()
    browser.post(reverse("accounts:code"), {"code": code})
    browser.post(
        reverse("accounts:code_finish"),
        {
            "code": code,
            "login": "botalov",
            "password": "осенний лес 42",
            "again": "осенний лес 42",
        },
    )
    assert is_in(browser)


def codes_for_now(at):
    return (
        print_codes(
            actor=at.teacher,
            school_class=at.school_class,
            people=[at.guardian.uid],
            now=clock.now(),
        )
        .slips[0]
        .code
    )
