"""The one lock of the context: an account's row stands for all its ways in."""

from collections.abc import Iterable

from django.db import transaction

from sreda.accounts.models import Account


@transaction.atomic(savepoint=False)
def lock_accounts(account_ids: Iterable[int]) -> None:
    """Make others wait who change how these accounts sign in: two prints at once leave one card, a
    PIN is counted once, a code is used once. Take it first, in one call. Cost: 1 statement.
    """
    accounts = Account.objects.select_for_update(no_key=True).filter(pk__in=list(account_ids))
    list(accounts.order_by("pk").values_list("pk"))
