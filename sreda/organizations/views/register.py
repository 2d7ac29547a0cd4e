"""The list of the register, and the same list as a table to take along."""

from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sreda.access.facade import Request
from sreda.foundation import clock
from sreda.foundation.paging import page_number
from sreda.foundation.words import short_date
from sreda.organizations.calculations.spreadsheet import write_table
from sreda.organizations.forms import register_ask
from sreda.organizations.policies import can_add_organization, can_import_register
from sreda.organizations.queries.register import export_headers, export_rows, organizations_page
from sreda.ui.pages import is_htmx, render

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (44, 60, 18, 32, 12, 14, 17, 12, 14, 50, 20, 28, 30, 32, 20, 16, 16)


@require_safe
def organizations(request: Request) -> HttpResponse:
    """Show the register, or just the list again when a filter was changed."""
    ask = register_ask(request.GET, page=page_number(request.GET.get("page")))
    register = organizations_page(actor=request.actor, ask=ask)
    template = "organizations/_list.html" if is_htmx(request) else "organizations/list.html"
    context = {
        "is_swapped": is_htmx(request),
        "register": register,
        "may_add": can_add_organization(request.actor),
        "may_import": can_import_register(request.actor),
    }
    return render(request, template, context)


@require_safe
def export(request: Request) -> FileResponse:
    """Give the list that was asked for as XLSX."""
    rows = export_rows(actor=request.actor, ask=register_ask(request.GET, page=1))
    # A region's register is some hundred kilobytes: the rows are not kept, only the packed file.
    file = BytesIO()
    write_table(file, sheet=_("Организации"), headers=export_headers(), rows=rows, widths=WIDTHS)
    file.seek(0)
    name = _("Организации %(date)s.xlsx") % {"date": short_date(clock.today())}
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
