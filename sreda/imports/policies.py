"""Who may load tables, and whose loading is seen."""

from django.db.models import QuerySet

from sreda.access.facade import Actor
from sreda.imports.kinds import Kind, all_kinds
from sreda.imports.models import Batch


def importable_kinds(actor: Actor) -> tuple[Kind, ...]:
    """Return the kinds that the actor may load within the acting scope."""
    return tuple(kind for kind in all_kinds() if kind.can_import(actor))


def can_import(actor: Actor, kind: Kind) -> bool:
    """The kind itself knows who may load it."""
    return kind.can_import(actor)


def can_open_imports(actor: Actor) -> bool:
    """Whoever may load something."""
    return bool(importable_kinds(actor))


def visible_batches(actor: Actor) -> "QuerySet[Batch]":
    """The batches of the acting scope whose kind the actor may load: own ones and colleagues'."""
    codes = [kind.code for kind in importable_kinds(actor)]
    batches = Batch.objects.filter(kind__in=codes)
    return batches if actor.is_system else batches.filter(organization_id=actor.scope_id)


def can_work_on(actor: Actor, batch: Batch) -> bool:
    """Correct, decide, apply, cancel: whoever may load the kind where the batch was made."""
    is_kind_allowed = batch.kind in {kind.code for kind in importable_kinds(actor)}
    return is_kind_allowed and (actor.is_system or batch.organization_id == actor.scope_id)
