"""Pages that put together what every context knows."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from sreda.access.facade import Request, public, without_role
from sreda.foundation import clock
from sreda.foundation.paging import page_number
from sreda.portal import queries
from sreda.portal.forms import TrailForm
from sreda.portal.policies import may_see_names
from sreda.portal.queries.event_words import GROUPS
from sreda.portal.queries.trail import TrailFilter
from sreda.ui.pages import is_htmx, render

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def home(request: Request) -> HttpResponse:
    """«Сегодня»: what waits for the person in the acting role."""
    page = queries.home_of(request.actor, today=clock.today(), now=clock.now())
    return render(request, "portal/home.html", {"page": page, "day": clock.today()})


@require_safe
def find(request: Request) -> HttpResponse:
    """Quick jump: lines for the palette, a page without a script."""
    text = request.GET.get("q", "")[:100]
    groups = queries.find(request.actor, text, today=clock.today())
    template = "ui/_found.html" if is_htmx(request) else "portal/find.html"
    return render(request, template, {"groups": groups, "text": text})


@require_safe
def audit(request: Request) -> HttpResponse:
    """The journal of actions."""
    form = _trail_form(request)
    number = page_number(request.GET.get("page"))
    page = queries.trail_page(
        request.actor, wanted=_wanted(form), number=number, today=clock.today()
    )
    context = {"page": page, "form": form, "by_name": may_see_names(request.actor)}
    return render(request, "portal/audit.html", context)


@require_safe
def audit_xlsx(request: Request) -> HttpResponse:
    """The journal of actions under the same conditions, as a table."""
    form = _trail_form(request)
    content = queries.trail_table(request.actor, wanted=_wanted(form), today=clock.today())
    name = f"sreda-actions-{clock.today().isoformat()}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@without_role
@require_safe
def kept(request: Request) -> HttpResponse:
    """«Что о нас хранится»."""
    page = queries.kept_page(request.actor, today=clock.today())
    return render(request, "portal/kept.html", {"page": page})


@without_role
@require_safe
def kept_json(request: Request) -> HttpResponse:
    """The same records as a file for a program."""
    page = queries.kept_page(request.actor, today=clock.today())
    response = JsonResponse(
        queries.kept_as_data(page, at=clock.now()),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response.headers["Content-Disposition"] = 'attachment; filename="sreda-my-data.json"'
    return response


@public
@require_safe
def livez(request: Request) -> HttpResponse:
    """Say that the process answers. Cost: no query."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def readyz(request: Request) -> HttpResponse:
    """Say whether the installation can work: 503 while the database is away. Cost: 1 query."""
    if queries.database_answers():
        return HttpResponse("ok", content_type="text/plain")
    return HttpResponse("the database does not answer", content_type="text/plain", status=503)


def _trail_form(request: Request) -> TrailForm:
    groups = [(start, str(words)) for start, words in GROUPS]
    form = TrailForm(request.GET, groups=groups, by_name=may_see_names(request.actor))
    form.is_valid()
    return form


def _wanted(form: TrailForm) -> TrailFilter:
    """Return the conditions that make sense; a wrong one is said beside its field."""
    data = form.cleaned_data
    return TrailFilter(
        group=data.get("group") or "",
        person=data.get("person") or "",
        since=data.get("since"),
        until=data.get("until"),
    )
