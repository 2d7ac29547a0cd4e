"""Pages of the regional project."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from sreda.access.facade import Request
from sreda.foundation.paging import page_number
from sreda.monitoring import queries
from sreda.monitoring.forms import MembersForm
from sreda.monitoring.queries import MemberFilter
from sreda.ui.pages import render

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def waves(request: Request) -> HttpResponse:
    """The lists of the regional project."""
    rows = queries.waves_page(actor=request.actor)
    return render(request, "monitoring/waves.html", {"waves": rows})


@require_safe
def wave(request: Request, uid: UUID) -> HttpResponse:
    """One list with its organizations."""
    wanted = _wanted(request)
    page = queries.wave_page(
        actor=request.actor, uid=uid, wanted=wanted, number=page_number(request.GET.get("page"))
    )
    return render(request, "monitoring/wave.html", {"page": page, "wanted": wanted})


@require_safe
def wave_xlsx(request: Request, uid: UUID) -> HttpResponse:
    """The organizations of a list under the same conditions, as a table."""
    content = queries.wave_table(actor=request.actor, uid=uid, wanted=_wanted(request))
    headers = {"Content-Disposition": 'attachment; filename="sreda-wave.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _wanted(request: Request) -> MemberFilter:
    form = MembersForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    return MemberFilter(
        text=data.get("q") or "",
        municipality=data.get("municipality"),
        locality=data.get("locality") or "",
        sort=data.get("sort") or "name",
    )
