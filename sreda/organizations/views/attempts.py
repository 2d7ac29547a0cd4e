"""Doing what a form asks, and showing on the form why it was refused."""

from collections.abc import Callable

from django import forms

from sreda.organizations.actions.refusals import ChangedMeanwhile, WrongValues
from sreda.organizations.queries.history import HistoryRow


def attempt(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do the deed and say whether it was done.

    A refusal of values stands at their fields. After a change by somebody else the form carries
    the new version's stamp, so that the next try counts, and ``form.meanwhile`` what was changed.
    """
    try:
        deed()
    except WrongValues as refusal:
        for field, remark in refusal.remarks.items():
            form.add_error(field if field in form.fields else None, remark.text)
    except ChangedMeanwhile as refusal:
        form.data = {**form.data, "seen": refusal.stamp}
        form.add_error(None, refusal.message)
        form.meanwhile = refusal.rows  # type: ignore[attr-defined]
    else:
        return True
    return False


def meanwhile(form: forms.Form) -> tuple[HistoryRow, ...]:
    """Return what somebody else changed while the form was open."""
    rows: tuple[HistoryRow, ...] = getattr(form, "meanwhile", ())
    return rows
