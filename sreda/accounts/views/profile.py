"""A person's own page: roles, password, open sessions, appearance."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sreda.accounts.actions import passwords, sessions
from sreda.accounts.actions.profile import choose_appearance
from sreda.accounts.forms import PasswordForm
from sreda.accounts.queries import profile_of
from sreda.accounts.views.browser import Request, client_of, for_any_account
from sreda.foundation import clock
from sreda.foundation.errors import NotFound, TooMany
from sreda.ui.appearance import Appearance
from sreda.ui.pages import redirect, render, toast


@for_any_account
@require_safe
def profile(request: Request) -> HttpResponse:
    """Show the person's own page. Cost: 2 queries."""
    return _page(request, PasswordForm())


@for_any_account
@require_POST
def change_password(request: Request) -> HttpResponse:
    """Change the person's own password; it is asked for once more."""
    _account_id, session_uid = _own(request)
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        passwords.change_password(
            actor=request.actor,
            old=form.cleaned_data["old"],
            new=form.cleaned_data["password"],
            session_uid=session_uid,
            address=client_of(request).address,
            now=clock.now(),
        )
    except (passwords.WrongPassword, TooMany) as refusal:
        form.add_error("old", refusal.message)
        return _page(request, form, status=refusal.status)
    except passwords.WeakPassword as refusal:
        form.add_error("password", refusal.message)
        return _page(request, form, status=refusal.status)
    toast(request, _("Пароль сменён, на других устройствах вход закрыт"))
    return redirect(request, reverse("accounts:profile"))


@for_any_account
@require_POST
def end_session(request: Request, uid: UUID) -> HttpResponse:
    """Close one of the person's own sessions."""
    sessions.end_session(actor=request.actor, session_uid=uid, now=clock.now())
    return redirect(request, reverse("accounts:profile"))


@for_any_account
@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """Close all the person's sessions but this one."""
    _account_id, session_uid = _own(request)
    sessions.sign_out_elsewhere(actor=request.actor, but=session_uid, now=clock.now())
    return redirect(request, reverse("accounts:profile"))


def keep_appearance(request: HttpRequest, look: Appearance) -> None:
    """Keep in the profile how a signed-in person wants pages to look; ``ui`` calls it."""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.account_id is not None:
        choose_appearance(actor=actor, appearance=look, now=clock.now())


def _page(request: Request, form: PasswordForm, *, status: int = 200) -> HttpResponse:
    account_id, session_uid = _own(request)
    mine = profile_of(account_id, present=session_uid, now=clock.now())
    return render(request, "accounts/profile.html", {"form": form, "mine": mine}, status=status)


def _own(request: Request) -> tuple[int, UUID]:
    """Return the account and the session; ``access`` lets nobody come here without both."""
    if request.actor.account_id is None or request.actor.session_uid is None:
        raise NotFound
    return request.actor.account_id, request.actor.session_uid
