"""Who may see the lists of the regional project."""

from django.db.models import Q, QuerySet

from sreda.access.facade import Actor, Level, Role, line_q
from sreda.monitoring.models import Wave, WaveMember
from sreda.organizations.facade import visible_organizations

# Whose work is about many organizations; a school sees its own wave on its card when that comes.
READERS = (Role.MINISTRY, Role.OPERATOR, Role.OBSERVER, Role.MUNICIPAL)


def can_read_waves(actor: Actor) -> bool:
    """The ministry, the operator, the observer; the municipality for its own part."""
    return actor.holds(*READERS)


def can_load_waves(actor: Actor) -> bool:
    """The system: lists come from the region's own papers."""
    return actor.is_system


def visible_waves(actor: Actor) -> "QuerySet[Wave]":
    """Return the lists of the actor's region; for everybody else there are none."""
    if actor.is_system:
        return Wave.objects.all()
    if not can_read_waves(actor):
        return Wave.objects.none()
    if actor.level == Level.REGION:
        return Wave.objects.filter(region_id=actor.scope_id)
    own = visible_organizations(actor).filter(pk=actor.scope_id)
    return Wave.objects.filter(region__in=own.values("region"))


def visible_members(actor: Actor) -> "QuerySet[WaveMember]":
    """Return the lines of the lists whose organizations lie in the actor's own line."""
    allowed = line_q(actor, "organization__") if can_read_waves(actor) else Q(pk__in=[])
    return WaveMember.objects.filter(allowed)
