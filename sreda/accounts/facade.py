"""The door of ``accounts``."""

from sreda.accounts.actions.cards import (
    CardHolder,
    PrintedCard,
    draw_cards,
    end_cards,
    issue_cards,
)
from sreda.accounts.actions.codes import IssuedCode, end_codes, issue_codes, reset_sign_in
from sreda.accounts.actions.locks import lock_accounts
from sreda.accounts.actions.making import ensure_accounts, erase_account
from sreda.accounts.actions.profile import add_unread
from sreda.accounts.actions.sessions import choose_acting, end_sessions
from sreda.accounts.calculations.demo_offers import DemoOffer, offer
from sreda.accounts.calculations.secrets import written_code
from sreda.accounts.models import Account, EndReason, SignInWay
from sreda.accounts.queries import (
    COOKIE,
    SignInState,
    account_by_login,
    account_ids_of,
    account_names,
    card_owner,
    export_person,
    in_use_q,
    live_sessions,
    sign_in_states,
    with_password,
)

__all__ = [
    "COOKIE",
    "Account",
    "CardHolder",
    "DemoOffer",
    "EndReason",
    "IssuedCode",
    "PrintedCard",
    "SignInState",
    "SignInWay",
    "account_by_login",
    "account_ids_of",
    "account_names",
    "add_unread",
    "card_owner",
    "choose_acting",
    "draw_cards",
    "end_cards",
    "end_codes",
    "end_sessions",
    "ensure_accounts",
    "erase_account",
    "export_person",
    "in_use_q",
    "issue_cards",
    "issue_codes",
    "live_sessions",
    "lock_accounts",
    "offer",
    "reset_sign_in",
    "sign_in_states",
    "with_password",
    "written_code",
]
