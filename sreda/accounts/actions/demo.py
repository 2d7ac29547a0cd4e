"""Signing in without a password, in the demo only."""

from datetime import datetime

from django.db import transaction

from sreda.accounts.actions.attempts import count_address
from sreda.accounts.actions.sessions import Client, SignedIn, begin_session
from sreda.accounts.calculations.demo_offers import offers
from sreda.accounts.models import Account, SignInWay
from sreda.foundation.errors import NotFound


def sign_in_to_demo(*, login: str, client: Client, now: datetime) -> SignedIn:
    """Open a session for an account that the demo offers.

    :raises NotFound: for any other account, so always outside the demo.
    :raises TooMany: when one address asks for too many sessions.
    """
    if login not in {offer.login for offer in offers()}:
        raise NotFound
    count_address(address=client.address, now=now)
    with transaction.atomic(durable=True):
        account = Account.objects.filter(login=login, is_active=True).first()
        if account is None:
            raise NotFound
        return begin_session(account=account, way=SignInWay.DEMO, client=client, now=now)
