"""Signing in by login and password, the demo's door, the help, and signing out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sreda.accounts.actions import passwords
from sreda.accounts.actions.demo import sign_in_to_demo
from sreda.accounts.actions.sessions import SignInChanged, end_session
from sreda.accounts.calculations.demo_offers import offers
from sreda.accounts.forms import SignInForm
from sreda.accounts.queries import COOKIE
from sreda.accounts.views.browser import Request, client_of, forget_session, let_in, onward
from sreda.foundation import clock
from sreda.foundation.errors import NotFound, TooMany
from sreda.ui.pages import redirect, render


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Show the form, or open a session. Cost of showing: no query without a session."""
    if request.method == "POST":
        return _try(request)
    if request.actor.account_id is None:
        return _page(request, SignInForm())
    has_role = bool(request.actor.role_code)
    return redirect(request, onward(request) if has_role else reverse("accounts:profile"))


def _try(request: Request) -> HttpResponse:
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        signed_in = passwords.sign_in(
            login=form.cleaned_data["login"],
            password=form.cleaned_data["password"],
            client=client_of(request, stay=form.cleaned_data["stay"]),
            now=clock.now(),
        )
    except (passwords.WrongPassword, SignInChanged, TooMany) as refusal:
        form.add_error("password", refusal.message)
        return _page(request, form, status=refusal.status)
    return let_in(request, signed_in, onward(request))


def _page(request: HttpRequest, form: SignInForm, *, status: int = 200) -> HttpResponse:
    # A cookie that opened nothing: the session is over.
    is_over = status == 200 and COOKIE in request.COOKIES
    context = {
        "form": form,
        "next": onward(request),
        "offers": offers() if clock.is_demo() else (),
        "is_over": is_over,
    }
    response = render(request, "accounts/sign_in.html", context, status=status)
    if is_over:
        forget_session(response)
    return response


@login_not_required
@require_POST
def demo(request: Request) -> HttpResponse:
    """Open a session of one of the demo's people; no such page outside the demo."""
    if not clock.is_demo():
        raise NotFound
    signed_in = sign_in_to_demo(
        login=request.POST.get("login", ""), client=client_of(request), now=clock.now()
    )
    return let_in(request, signed_in, onward(request))


@login_not_required
@require_safe
def help_page(request: Request) -> HttpResponse:
    """Say who gives a new code to whom."""
    return render(request, "accounts/help.html")


@login_not_required
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End this browser's session; one that is already over is no error."""
    if request.actor.session_uid:
        end_session(actor=request.actor, session_uid=request.actor.session_uid, now=clock.now())
    response = redirect(request, reverse("accounts:sign_in"))
    forget_session(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
