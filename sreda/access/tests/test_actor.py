from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from sreda.access.actions import NewGrant, end_grants, give_grants, switch_role
from sreda.access.actor import LEVELS
from sreda.access.facade import (
    Actor,
    Level,
    Role,
    actor_for_grant,
    any_actor,
    line_q,
    scope_probe,
    system_actor,
)
from sreda.access.models import Grant
from sreda.access.queries import NOBODY, actor_of
from sreda.access.testing import give_role, make_actor, sign_in
from sreda.accounts.models import Account, Session
from sreda.accounts.testing import begin_test_session
from sreda.audit.models import AuditEvent
from sreda.foundation.errors import NotFound
from sreda.foundation.prepared import Prepared
from sreda.foundation.testing import assert_query_budget
from sreda.organizations.models import Organization
from sreda.organizations.testing import make_municipality, make_region, make_school

NOON = datetime(2026, 10, 14, 7, tzinfo=UTC)


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def director(school):
    return make_actor(role=Role.DIRECTOR, at=school)


def seen_by(actor):
    return set(Organization.objects.filter(line_q(actor)))


def test_a_session_says_who_asks_in_one_query(director, school):
    key = begin_test_session(director.account_id, now=NOON)
    with assert_query_budget(1):
        actor = actor_of(key, now=NOON)
    assert (actor.account_id, actor.role, actor.scope_id) == (
        director.account_id,
        Role.DIRECTOR,
        school.pk,
    )
    assert actor.name == "Ирина Селянинова"


def test_a_wrong_or_expired_key_is_nobody(director):
    key = begin_test_session(director.account_id, now=NOON)
    assert actor_of("guessed", now=NOON) == NOBODY
    assert actor_of(key, now=NOON + timedelta(hours=13)) == NOBODY


def test_a_closed_account_is_nobody_at_once(director):
    key = begin_test_session(director.account_id, now=NOON)
    Account.objects.update(is_active=False)
    assert actor_of(key, now=NOON) == NOBODY


def test_a_role_counts_from_its_start_to_its_end(director):
    key = begin_test_session(director.account_id, now=NOON)
    Grant.objects.update(starts_at=NOON, ends_at=NOON + timedelta(seconds=1))
    assert actor_of(key, now=NOON - timedelta(seconds=1)).role is None
    assert actor_of(key, now=NOON).role == Role.DIRECTOR
    assert actor_of(key, now=NOON + timedelta(seconds=1)).role is None


def test_a_grant_gives_its_actor_while_it_lasts_and_the_account_is_open(director, school):
    with assert_query_budget(1):
        assert actor_for_grant(director.grant_uid, now=NOON) == director
    give_role(Account.objects.get(), role=Role.TEACHER, at=school)
    Grant.objects.filter(uid=director.grant_uid).update(ends_at=NOON)
    assert actor_for_grant(director.grant_uid, now=NOON - timedelta(seconds=1)) == director
    assert actor_for_grant(director.grant_uid, now=NOON) == NOBODY
    Grant.objects.update(starts_at=NOON + timedelta(seconds=1), ends_at=None)
    assert actor_for_grant(director.grant_uid, now=NOON) == NOBODY
    Grant.objects.update(starts_at=NOON)
    Account.objects.update(is_active=False)
    assert actor_for_grant(director.grant_uid, now=NOON) == NOBODY


def test_a_role_that_was_ended_a_second_ago_is_out_on_the_next_request(client, director):
    sign_in(client, director)
    page = reverse("ui:appearance")
    assert client.get(page).status_code == 200
    fact = Grant.objects.get().fact
    end_grants(facts=[fact], at=datetime.now(UTC) - timedelta(seconds=1))
    home = client.get(reverse("portal:home"))
    assert home.status_code == 403
    assert "нет ни одной роли" in home.content.decode()


def test_somebody_with_two_roles_acts_in_one_and_switches(director):
    other = make_school()
    account = Account.objects.get(pk=director.account_id)
    give_role(account, role=Role.TEACHER, at=other)
    key = begin_test_session(account.pk, now=NOON)
    first = actor_of(key, now=NOON)
    assert (first.role, [grant.role for grant in first.others]) == (Role.DIRECTOR, [Role.TEACHER])
    assert not first.covers(other)

    switch_role(actor=first, grant_uid=first.others[0].uid, now=NOON)
    second = actor_of(key, now=NOON)
    assert (second.role, second.scope_id) == (Role.TEACHER, other.pk)
    assert AuditEvent.objects.filter(event="access.role.switch").count() == 1


def test_another_persons_role_cannot_be_taken(director, school):
    stranger = make_actor(role=Role.OPERATOR, at=school.region)
    key = begin_test_session(director.account_id, now=NOON)
    with pytest.raises(NotFound):
        switch_role(actor=actor_of(key, now=NOON), grant_uid=stranger.grant_uid, now=NOON)


def test_a_session_bound_to_a_school_has_only_that_schools_roles(director, school):
    elsewhere = make_school()
    give_role(Account.objects.get(pk=director.account_id), role=Role.PUPIL, at=elsewhere)
    key = begin_test_session(director.account_id, now=NOON)
    Session.objects.update(bound_to=elsewhere)
    actor = actor_of(key, now=NOON)
    assert (actor.role, actor.scope_id, actor.others) == (Role.PUPIL, elsewhere.pk, ())


@pytest.mark.parametrize("role", Role)
def test_covers_and_line_say_the_same_of_every_role(db, role):
    region = make_region()
    town, village = make_municipality(region=region), make_municipality("Чердынский", region=region)
    schools = [make_school(municipality=place) for place in (town, town, village)]
    stranger = make_school(municipality=make_municipality(region=make_region("Омская область")))
    place = {Level.REGION: region, Level.MUNICIPALITY: town}.get(LEVELS.get(role), schools[0])
    actor = make_actor(role=role, at=place)
    expected = {
        Level.REGION: {region, town, village, *schools},
        Level.MUNICIPALITY: {town, *schools[:2]},
    }.get(LEVELS.get(role), {schools[0]})
    assert seen_by(actor) == expected
    everything = {region, town, village, *schools, stranger}
    assert {place for place in everything if actor.covers(place)} == expected


def test_nobody_sees_nothing_and_the_system_sees_all(school):
    assert seen_by(Actor(account_id=None)) == set()
    assert not NOBODY.covers(school)
    assert not NOBODY.holds(*Role)
    assert school in seen_by(system_actor())
    assert system_actor().covers(school)
    assert system_actor().holds(Role.OPERATOR)


def test_a_fact_gives_its_role_once(director, school):
    grant = NewGrant(
        account_id=director.account_id,
        role=Role.TEACHER,
        organization_id=school.pk,
        fact="roster.Post:1",
        starts_at=NOON,
    )
    give_grants([grant])
    assert end_grants(facts=["roster.Post:1"], at=NOON) == 1
    assert end_grants(facts=["roster.Post:1"], at=NOON) == 0


def test_pages_of_a_signed_in_person_are_kept_by_no_cache(client, director):
    sign_in(client, director)
    assert client.get(reverse("portal:home")).headers["Cache-Control"] == "private, no-store"


def test_nobody_is_sent_to_the_sign_in_page_and_back(client, db):
    answer = client.get("/organizations/?q=школа")
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/?next=/organizations/%3Fq%3D")
    fragment = client.get("/organizations/", headers={"HX-Request": "true"})
    assert fragment.status_code == 204
    assert fragment.headers["HX-Redirect"].startswith("/sign-in/")


def in_line(actor):
    """Return the ids of the actor's line as a prepared query has it."""
    line = any_actor(actor)
    found = Organization.objects.filter(line_q(line)).values_list("pk")
    query = Prepared(lambda: (found, scope_probe(line)))
    return {pk for (pk,) in query.rows(scope=actor.scope_id)}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_a_prepared_query_has_the_same_line_as_any_other(role):
    schools = [make_school(municipality=make_municipality()) for _number in range(2)]
    places = {Level.REGION: "region", Level.MUNICIPALITY: "municipality"}
    name = places.get(LEVELS.get(role, Level.ORGANIZATION))
    for school in schools:
        actor = make_actor(role=role, at=getattr(school, name) if name else school)
        assert in_line(actor) == {found.pk for found in seen_by(actor)}


@pytest.mark.django_db
def test_nobody_has_an_empty_line_in_a_prepared_query_and_the_system_a_full_one():
    make_school()
    assert in_line(NOBODY) == set()
    assert in_line(system_actor()) == {found.pk for found in Organization.objects.all()}


def test_what_stands_for_all_actors_of_a_role_tells_nothing_of_one(director):
    line = any_actor(director)
    assert line == any_actor(make_actor(role=Role.DIRECTOR, at=make_school()))
    for name in ("account_id", "person_id", "name", "scope_uid", "others"):
        with pytest.raises(AttributeError):
            getattr(line, name)
