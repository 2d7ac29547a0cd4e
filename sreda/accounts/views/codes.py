"""The first visit by a one-time code, in two steps."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sreda.accounts.actions import codes
from sreda.accounts.actions.passwords import WeakPassword
from sreda.accounts.actions.sessions import SignInChanged
from sreda.accounts.forms import CodeForm, FirstVisitForm
from sreda.accounts.views.browser import Request, client_of, let_in
from sreda.foundation import clock
from sreda.foundation.errors import TooMany
from sreda.ui.pages import redirect, render

# Which field of step two a refusal belongs to.
_FIELD = {
    codes.LoginTaken: "login",
    codes.LoginNotAllowed: "login",
    WeakPassword: "password",
    SignInChanged: "password",
    TooMany: "password",
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Request) -> HttpResponse:
    """Ask for the code; show step two when it is good."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _step_one(request, form)
    if not form.is_valid():
        return _step_one(request, form, status=422)
    try:
        visit = codes.begin_first_visit(
            code=form.cleaned_data["code"], client=client_of(request), now=clock.now()
        )
    except (codes.CodeRefused, TooMany) as refusal:
        form.add_error("code", refusal.message)
        return _step_one(request, form, status=refusal.status)
    return _step_two(request, FirstVisitForm(initial={"code": visit.code, "login": visit.login}))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_finish(request: Request) -> HttpResponse:
    """Take the login and the password, use the code up and sign in."""
    if request.method != "POST":
        return redirect(request, reverse("accounts:code"))
    form = FirstVisitForm(request.POST)
    if not form.is_valid():
        return _step_two(request, form, status=422)
    try:
        signed_in = codes.finish_first_visit(
            code=form.cleaned_data["code"],
            login=form.cleaned_data["login"],
            password=form.cleaned_data["password"],
            client=client_of(request),
            now=clock.now(),
        )
    except codes.CodeRefused as refusal:
        again = CodeForm({"code": form.cleaned_data["code"]})
        again.add_error("code", refusal.message)
        return _step_one(request, again, status=refusal.status)
    except tuple(_FIELD) as refusal:
        form.add_error(_FIELD[type(refusal)], refusal.message)
        return _step_two(request, form, status=refusal.status)
    return let_in(request, signed_in, reverse("portal:home"))


def _step_one(request: Request, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return render(request, "accounts/code.html", {"form": form}, status=status)


def _step_two(request: Request, form: FirstVisitForm, *, status: int = 200) -> HttpResponse:
    response = render(request, "accounts/first_visit.html", {"form": form}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
