"""``python -m tests.journeys.prepare``: give the demo's people passwords, and say where things are.

Runs in a process of its own, because a browser driven from Python and Django's database layer do
not share a thread. Prints JSON: logins by role, the password of them all, and what stands in the
addresses of the access table for each role.
"""

import json
import os
import sys
from typing import Any

import django

PASSWORD = "korobka-7-karandashey"


def main() -> None:
    """Prepare the database of the environment and print what was prepared."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    json.dump(prepared(), sys.stdout, default=str)


def prepared() -> dict[str, Any]:
    """Write what the journeys need beside the demo region."""
    from django.contrib.auth.hashers import make_password

    from sreda.access.facade import Role, actor_for_account
    from sreda.accounts.facade import Account
    from sreda.demo.calculations.cast import OFFERS
    from sreda.foundation import clock

    logins = {offer.role: offer.login for offer in OFFERS}
    hashed = make_password(PASSWORD)
    accounts = Account.objects.filter(login__in=logins.values())
    accounts.update(password=hashed)
    by_login = {account.login: account for account in accounts}
    actors = {
        Role(role): actor_for_account(by_login[login].pk, now=clock.now())
        for role, login in logins.items()
    }
    return {
        "logins": logins,
        "password": PASSWORD,
        "samples": samples(actors),
        "names": {role: actor.name for role, actor in actors.items()},
    }


def samples(actors: dict[Any, Any]) -> dict[str, dict[str, Any]]:
    """Return what stands in addresses, by kind and role."""
    from sreda.access.facade import Level, Role
    from sreda.monitoring.models import Wave
    from sreda.organizations.facade import Organization
    from sreda.roster.facade import Post

    school = Organization.objects.get(pk=actors[Role.CLASS_TEACHER].scope_id)
    lead = Post.objects.get(
        person_id=actors[Role.CLASS_TEACHER].person_id,
        role="CLASS_TEACHER",
        organization=school,
        ended_at__isnull=True,
    )
    colleague = (
        Post.objects.filter(organization=school, role="TEACHER", ended_at__isnull=True)
        .exclude(person_id__in=[actor.person_id for actor in actors.values()])
        .select_related("person")
        .order_by("pk")
        .first()
    )
    common = {
        "building": school.buildings.order_by("pk").first().uid,
        "class": lead.school_class.uid,
        "pupil": pupil_of(actors[Role.PUPIL]).uid,
        "colleague": colleague.person.uid,
        "post": colleague.uid,
        "wave": Wave.objects.order_by("pk").first().uid,
        "import_kind": "organizations",
        "row_number": 3,
        "card_secret": card_of(actors[Role.PUPIL], school.pk),
        "batch": batch_of(actors[Role.MINISTRY]),
    }
    return {
        role: common
        | {
            "organization": school.uid if actor.level != Level.ORGANIZATION else actor.scope_uid,
            "own_notice": notice_of(actor),
        }
        for role, actor in actors.items()
    }


def pupil_of(actor: Any) -> Any:
    """Return the person behind an actor."""
    from sreda.people.facade import Person

    return Person.objects.get(pk=actor.person_id)


def card_of(actor: Any, organization_id: int) -> str:
    """Print a card and return its secret."""
    from sreda.accounts.facade import Account
    from sreda.accounts.testing import make_card
    from sreda.foundation import clock

    account = Account.objects.get(pk=actor.account_id)
    return make_card(
        account, organization_id=organization_id, today=clock.today(), now=clock.now()
    ).secret


def notice_of(actor: Any) -> Any:
    """Leave a notice and return its uid."""
    from django.apps import apps

    from sreda.foundation import clock
    from sreda.notifications.facade import notify

    notify(account_ids=[actor.account_id], text="Посмотрите сюда", url="/", now=clock.now())
    notices = apps.get_model("notifications.Notice").objects
    return notices.filter(account_id=actor.account_id).order_by("-pk").first().uid


def batch_of(actor: Any) -> Any:
    """Return a checked table of the ministry; its row 3 has an error."""
    from sreda.foundation import clock
    from sreda.imports.kinds import kind_of
    from sreda.imports.testing import make_read_batch

    table = [
        ["наименование", "вид", "муниципалитет", "ИНН", "адрес"],
        ["Новая школа", "школа", "Гайнский", "", "с. Новое, ул. Первая, 1"],
        ["Ошибочная школа", "школа", "Нет такого", "5902001120", "с. Новое, ул. Первая, 2"],
    ]
    kind = kind_of("organizations")
    return make_read_batch(kind=kind, actor=actor, table=table, now=clock.now()).uid


if __name__ == "__main__":
    main()
