"""Pages of the import flow."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sreda.access.facade import Actor, Request
from sreda.files.facade import takes_files, written_limits
from sreda.foundation import clock
from sreda.foundation.errors import NotFound, require
from sreda.foundation.paging import page_number
from sreda.imports.actions.applying import start_apply
from sreda.imports.actions.corrections import correct_row, decide_row
from sreda.imports.actions.uploading import cancel_batch, choose_columns, upload_batch
from sreda.imports.forms import ColumnsForm, UploadForm, cells_of, decision_of
from sreda.imports.kinds import Kind
from sreda.imports.models import Batch, State
from sreda.imports.policies import can_open_imports, importable_kinds
from sreda.imports.queries.batch_page import (
    batch_head,
    checked_page,
    rows_after_change,
)
from sreda.imports.queries.batches import batches_page, kind_of_batch, open_batch, open_kind
from sreda.imports.queries.exports import problems_workbook, sample_csv, sample_workbook
from sreda.imports.queries.mapping_page import mapping_page
from sreda.ui.pages import is_htmx, redirect, render, toast

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def batches(request: Request) -> HttpResponse:
    """The list of batches, newest first."""
    _require_import(request.actor)
    words = request.GET.get("q", "").replace("\0", " ").strip()[:100]
    page = batches_page(
        actor=request.actor, number=page_number(request.GET.get("page")), words=words
    )
    return render(request, "imports/list.html", {"page": page, "words": words})


@takes_files(can_open_imports)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Step 1: choose what is loaded and attach the file."""
    _require_import(request.actor)
    kinds = importable_kinds(request.actor)
    chosen = request.GET.get("kind") or kinds[0].code
    if request.method != "POST":
        form = UploadForm(kinds=kinds, limits=written_limits(), initial={"kind": chosen})
        return _new_page(request, form, kinds)
    form = UploadForm(request.POST, request.FILES, kinds=kinds, limits=written_limits())
    if not form.is_valid():
        return _new_page(request, form, kinds)
    batch = upload_batch(
        actor=request.actor,
        kind=open_kind(actor=request.actor, code=form.cleaned_data["kind"]),
        upload=form.cleaned_data["file"],
        now=clock.now(),
    )
    return redirect(request, reverse("imports:batch", args=[batch.uid]))


def _new_page(request: Request, form: UploadForm, kinds: tuple[Kind, ...]) -> HttpResponse:
    template = "imports/_upload.html" if is_htmx(request) else "imports/new.html"
    shown = next((kind for kind in kinds if kind.code == form["kind"].value()), kinds[0])
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "kinds": kinds, "shown": shown}, status=status)


@require_GET
def sample(request: Request, kind: str, form: str) -> HttpResponse:
    """The sample table of a kind, as CSV or XLSX."""
    chosen = open_kind(actor=request.actor, code=kind)
    if form == "csv":
        return _download(sample_csv(chosen), f"{kind}.csv", "text/csv; charset=utf-8")
    return _download(sample_workbook(chosen), f"{kind}.xlsx", XLSX_TYPE)


@require_GET
def batch(request: Request, uid: UUID) -> HttpResponse:
    """The step that the batch is at."""
    head = batch_head(actor=request.actor, uid=uid)
    if head.is_open:
        return _checked(request, uid)
    if head.state is State.MAPPING:
        return _mapping(request, open_batch(actor=request.actor, uid=uid))
    template = "imports/progress.html" if head.is_at_work else "imports/ended.html"
    return render(request, template, {"head": head})


def _checked(request: Request, uid: UUID) -> HttpResponse:
    shown = checked_page(
        actor=request.actor,
        uid=uid,
        show=request.GET.get("show", ""),
        number=page_number(request.GET.get("page")),
    )
    return render(request, "imports/check.html", {"shown": shown, "tally": shown.tally})


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: Request, uid: UUID) -> HttpResponse:
    """Step 2: which header is which column."""
    opened = open_batch(actor=request.actor, uid=uid)
    if not opened.shape:
        raise NotFound
    if request.method != "POST":
        return _mapping(request, opened)
    form = _columns_form(opened, request.POST)
    if not form.is_valid():
        return _mapping(request, opened, form)
    choose_columns(actor=request.actor, batch=opened, places=form.places(), now=clock.now())
    return redirect(request, reverse("imports:batch", args=[uid]))


def _columns_form(opened: Batch, posted: object = None) -> ColumnsForm:
    kind = kind_of_batch(opened)
    headers = [(header.place, header.text) for header in mapping_page(opened, kind).headers]
    return ColumnsForm(
        posted,
        columns=kind.columns,
        headers=headers,
        initial={code: str(place) for code, place in opened.places.items()},
    )


def _mapping(request: Request, opened: Batch, form: ColumnsForm | None = None) -> HttpResponse:
    context = {
        "head": batch_head(actor=request.actor, uid=opened.uid),
        "shown": mapping_page(opened, kind_of_batch(opened)),
        "form": form or _columns_form(opened),
        "rows": range(len(opened.first_rows)),
    }
    return render(request, "imports/columns.html", context, status=422 if form else 200)


@require_GET
def progress(request: Request, uid: UUID) -> HttpResponse:
    """How far the job is; once it is done the page is opened anew."""
    head = batch_head(actor=request.actor, uid=uid)
    if not head.is_at_work:
        return redirect(request, reverse("imports:batch", args=[uid]))
    return render(request, "imports/_progress.html", {"head": head})


@require_POST
def row(request: Request, uid: UUID, number: int) -> HttpResponse:
    """Correct the cells of one row."""
    numbers = correct_row(
        actor=request.actor,
        batch=open_batch(actor=request.actor, uid=uid),
        number=number,
        values=cells_of(request.POST.dict()),
        now=clock.now(),
    )
    return _row_answer(request, uid, number, numbers)


@require_POST
def decision(request: Request, uid: UUID, number: int) -> HttpResponse:
    """Confirm, skip, answer a double, or take that back."""
    numbers = decide_row(
        actor=request.actor,
        batch=open_batch(actor=request.actor, uid=uid),
        number=number,
        decision=decision_of(request.POST.get("decision")),
        now=clock.now(),
    )
    return _row_answer(request, uid, number, numbers)


def _row_answer(request: Request, uid: UUID, number: int, numbers: list[int]) -> HttpResponse:
    """The changed rows and the counts in place; without a script the page at that row."""
    if not is_htmx(request):
        address = reverse("imports:batch", args=[uid])
        return redirect(request, f"{address}?{request.GET.urlencode()}#row-{number}")
    tally, rows = rows_after_change(
        actor=request.actor, uid=uid, numbers=numbers, show=request.GET.get("show", "")
    )
    own = next(item for item in rows if item.number == number)
    others = [item for item in rows if item.number != number]
    context = {"tally": tally, "own": own, "others": others}
    return render(request, "imports/_row_answer.html", context)


@require_POST
def apply(request: Request, uid: UUID) -> HttpResponse:
    """Load the ready rows."""
    opened = open_batch(actor=request.actor, uid=uid)
    start_apply(actor=request.actor, batch=opened, now=clock.now())
    return redirect(request, reverse("imports:batch", args=[uid]))


@require_POST
def cancel(request: Request, uid: UUID) -> HttpResponse:
    """Give the file up."""
    opened = open_batch(actor=request.actor, uid=uid)
    cancel_batch(actor=request.actor, batch=opened, now=clock.now())
    toast(request, _("Загрузка отменена, ни одна строка не записана"))
    return redirect(request, reverse("imports:list"))


@require_GET
def problems(request: Request, uid: UUID) -> HttpResponse:
    """The rows that loading would leave, with explanations."""
    opened = open_batch(actor=request.actor, uid=uid)
    if not opened.shape:
        raise NotFound
    return _download(problems_workbook(opened), f"{opened.uid}.xlsx", XLSX_TYPE)


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _require_import(actor: Actor) -> None:
    require(can_open_imports(actor), _("Загружать таблицы вам не поручено"))
