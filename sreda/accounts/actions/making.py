"""Accounts as imports and appointments make them: without a password."""

from collections.abc import Collection, Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction

from sreda.accounts.calculations.logins import suggested
from sreda.accounts.models import Account
from sreda.foundation.ids import new_uid
from sreda.people.facade import Person

CHUNK = 1000


@transaction.atomic(savepoint=False)
def ensure_accounts(people: Sequence[Person]) -> dict[int, Account]:
    """Return the account of each person by person id, making the missing ones.

    A new account has a login after the surname and no password. A piece; the caller audits the
    fact that made it. Cost: 3 statements per 1,000 people.
    """
    accounts: dict[int, Account] = {}
    for start in range(0, len(people), CHUNK):
        accounts |= _ensure(people[start : start + CHUNK])
    return accounts


def _ensure(people: Sequence[Person]) -> dict[int, Account]:
    ids = [person.pk for person in people]
    accounts = {account.person_id: account for account in Account.objects.filter(person_id__in=ids)}
    missing = {person.pk: person for person in people if person.pk not in accounts}
    if not missing:
        return accounts
    logins = _free_logins(missing.values())
    made = Account.objects.bulk_create(
        [
            Account(person=person, login=logins[pk], password=make_password(None))
            for pk, person in missing.items()
        ]
    )
    return accounts | {account.person_id: account for account in made}


def _free_logins(people: Collection[Person]) -> dict[int, str]:
    """Return a login for each person; somebody may have chosen one that looks like ours."""
    logins = {person.pk: suggested(person.last_name, person.pk) for person in people}
    taken = set(Account.objects.filter(login__in=logins.values()).values_list("login", flat=True))
    return {
        pk: f"{login}-{new_uid().hex[-6:]}" if login in taken else login
        for pk, login in logins.items()
    }


@transaction.atomic(savepoint=False)
def erase_account(person_id: int) -> None:
    """Close the account of an erased person for ever: no login, no password, no session, no choice.

    Cost: 5 statements.
    """
    for account in Account.objects.filter(person_id=person_id):
        account.sessions.all().delete()
        account.cards.all().delete()
        account.codes.all().delete()
        Account.objects.filter(pk=account.pk).update(
            login=f"erased-{account.uid}",
            password=make_password(None),
            is_active=False,
            theme="",
            vision="",
            language="",
            last_login=None,
        )
