"""Accounts as imports and appointments make them: without a password."""

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction

from sreda.accounts.calculations.logins import suggested
from sreda.accounts.models import Account
from sreda.people.facade import Person


@transaction.atomic(savepoint=False)
def ensure_accounts(people: Sequence[Person]) -> dict[int, Account]:
    """Return the account of each person by person id, making the missing ones.

    A new account has a login after the surname and no password. A piece; the caller audits the
    fact that made it. Cost: 2 statements per 1,000 people.
    """
    ids = [person.pk for person in people]
    accounts = {account.person_id: account for account in Account.objects.filter(person_id__in=ids)}
    missing = [person for person in people if person.pk not in accounts]
    made = Account.objects.bulk_create(
        [
            Account(
                person=person,
                login=suggested(person.last_name, person.pk),
                password=make_password(None),
            )
            for person in missing
        ],
        batch_size=1000,
    )
    return accounts | {account.person_id: account for account in made}


@transaction.atomic(savepoint=False)
def erase_account(person_id: int) -> None:
    """Close the account of an erased person for ever: no login, no password, no session."""
    for account in Account.objects.filter(person_id=person_id):
        account.sessions.all().delete()
        account.cards.all().delete()
        account.codes.all().delete()
        Account.objects.filter(pk=account.pk).update(
            login=f"erased-{account.uid}", password=make_password(None), is_active=False
        )
