"""Whose notices are whose."""

from django.db.models import QuerySet

from sreda.access.facade import Actor
from sreda.notifications.models import Notice


def visible_notices(actor: Actor) -> "QuerySet[Notice]":
    """Return the actor's own notices, in whatever role; nobody sees another's."""
    return Notice.objects.filter(account_id=actor.account_id or 0)
