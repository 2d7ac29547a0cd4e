"""Makers of accounts, cards and codes for tests."""

from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from sreda.accounts.actions.cards import CardHolder, PrintedCard, draw_cards, issue_cards
from sreda.accounts.actions.codes import issue_codes
from sreda.accounts.actions.making import ensure_accounts
from sreda.accounts.actions.sessions import AccountItself, Client, begin_session
from sreda.accounts.models import Account, SignInWay
from sreda.people.facade import Person

PASSWORD = "korobka-7-karandashey"
NINE_YEARS_OLD = date(2017, 3, 1)


def make_account(*, person: Person, password: str = "", login: str = "") -> Account:
    """Write an account; without a password unless one is given."""
    account = ensure_accounts([person])[person.pk]
    if password:
        account.password = make_password(password)
    if login:
        account.login = login
    account.save(update_fields=["password", "login"])
    return account


def make_card(
    account: Account,
    *,
    organization_id: int,
    today: date,
    now: datetime,
    birth_date: date = NINE_YEARS_OLD,
) -> PrintedCard:
    """Print a card by the real piece."""
    cards = draw_cards([CardHolder(account_id=account.pk, birth_date=birth_date)], today=today)
    issue_cards(
        actor=AccountItself(account_id=None),
        cards=cards,
        organization_id=organization_id,
        now=now,
    )
    [card] = cards
    return card


def make_code(account: Account, *, now: datetime) -> str:
    """Issue a one-time code by the real piece; return it as it stands on paper."""
    [issued] = issue_codes(actor=AccountItself(account_id=None), account_ids=[account.pk], now=now)
    return issued.code


def begin_test_session(
    account_id: int, *, now: datetime, way: SignInWay = SignInWay.PASSWORD
) -> str:
    """Open a session by the real piece; return the cookie's key."""
    account = Account.objects.get(pk=account_id)
    client = Client(address="127.0.0.1", user_agent="test")
    return begin_session(account=account, way=way, client=client, now=now).key
