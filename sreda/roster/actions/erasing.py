"""Erasing a person: what no law keeps."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sreda.access.facade import Grant
from sreda.foundation.errors import DomainError
from sreda.roster.models import Enrollment, Guardianship, Post


class StillHere(DomainError):
    """The person works or learns, so the law keeps their records."""


@transaction.atomic(savepoint=False)
def erase_person(person_id: int) -> None:
    """Delete the guardianships of a person, as guardian and as child, and what they opened.

    Posts and enrollments stay for their archive terms; ``people`` takes the name off them.
    A piece; the caller audits. Cost: 5 statements.

    :raises StillHere: while a post or an enrollment of the person has no last day.
    """
    unfinished = Q(person_id=person_id, ends_on__isnull=True)
    if Post.objects.filter(unfinished).exists() or Enrollment.objects.filter(unfinished).exists():
        raise StillHere(_("Сначала закончите должности и зачисления этого человека"))
    own = Guardianship.objects.filter(Q(guardian_id=person_id) | Q(child_id=person_id))
    facts = Q(pk__in=[])
    for uid in own.values_list("uid", flat=True):
        facts |= Q(fact__startswith=f"roster.Guardianship:{uid}:")
    Grant.objects.filter(facts).delete()
    own.delete()
