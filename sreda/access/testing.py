"""Makers of actors for tests: real rows, real sessions."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from sreda.access.actions import NewGrant, give_grants
from sreda.access.actor import Actor
from sreda.access.models import Role
from sreda.access.queries import actor_for_account, actor_of
from sreda.accounts.facade import COOKIE, Account
from sreda.accounts.testing import begin_test_session, make_account
from sreda.foundation import clock
from sreda.foundation.ids import new_uid
from sreda.people.testing import make_person

__all__ = ["LONG_AGO", "MONDAY", "actor_of", "give_role", "make_actor", "sign_in"]

MONDAY = datetime(2026, 9, 7, 4, 0, tzinfo=UTC)
LONG_AGO = datetime(2020, 9, 1, tzinfo=UTC)


def give_role(account: Account, *, role: Role, at: Any, fact: str = "") -> None:
    """Let an account hold ``role`` at an organization, since long ago."""
    give_grants(
        [
            NewGrant(
                account_id=account.pk,
                role=role,
                organization_id=at.pk,
                fact=fact or f"test:{new_uid()}",
                starts_at=LONG_AGO,
            )
        ]
    )


def make_actor(*, role: Role, at: Any, name: str = "Селянинова Ирина Петровна") -> Actor:
    """Write a person, an account and a grant; return the actor."""
    account = make_account(person=make_person(name))
    give_role(account, role=role, at=at)
    return actor_for_account(account.pk, now=MONDAY)


def sign_in(client: Client, actor: Actor, *, now: datetime | None = None) -> Actor:
    """Give the test client a session of the actor's account; return the actor as pages see it."""
    assert actor.account_id is not None
    moment = now or clock.now()
    key = begin_test_session(actor.account_id, now=moment)
    client.cookies[COOKIE] = key
    return actor_of(key, now=moment)
