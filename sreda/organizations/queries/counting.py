"""How many organizations of which kind there are."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from sreda.access.facade import Actor
from sreda.organizations.models import Kind, Organization
from sreda.organizations.policies import visible_organizations

NOT_COUNTED = (Kind.REGION,)
PLURALS = {
    Kind.REGION: _("Регионы"),
    Kind.MUNICIPALITY: _("Муниципалитеты"),
    Kind.AUTHORITY: _("Органы управления образованием"),
    Kind.SCHOOL: _("Школы"),
    Kind.COLLEGE: _("Колледжи"),
    Kind.IT_CUBE: _("IT-кубы"),
    Kind.ADDITIONAL: _("Дополнительное образование"),
    Kind.PD_CENTER: _("Центры повышения квалификации"),
    Kind.KINDERGARTEN: _("Детские сады"),
}


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many organizations of one kind still work; ``label`` and ``plural`` name the kind."""

    kind: str
    label: str
    plural: str
    number: int


def count_by_kind(*, actor: Actor, below: Organization | None = None) -> tuple[KindCount, ...]:
    """Return the working organizations of the actor's line by kind, in the order of kinds; only
    those in the municipality, region or authority ``below`` where one is given. Cost: 1 query.
    """
    found = visible_organizations(actor).exclude(status="CLOSED").exclude(kind__in=NOT_COUNTED)
    if below is not None:
        found = found.filter(_below_q(below)).exclude(pk=below.pk)
    numbers = dict(found.values_list("kind").annotate(number=Count("pk")))
    return tuple(
        KindCount(
            kind=kind.value,
            label=str(kind.label),
            plural=str(PLURALS[kind]),
            number=numbers[kind.value],
        )
        for kind in Kind
        if kind.value in numbers
    )


def _below_q(top: Organization) -> Q:
    if top.kind == Kind.MUNICIPALITY:
        return Q(municipality=top)
    if top.kind == Kind.REGION:
        return Q(region=top)
    # An authority looks after the municipality it stands in, or after the whole region.
    if top.municipality_id is not None:
        return Q(municipality_id=top.municipality_id)
    return Q(region_id=top.region_id)
