"""What touches every context at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.accounts.facade import erase_account
from sreda.audit.facade import record
from sreda.files.facade import erase_person as erase_files
from sreda.foundation.errors import NotFound, require
from sreda.imports.facade import erase_person as erase_batches
from sreda.notifications.facade import erase_person as erase_notices
from sreda.people.facade import Person
from sreda.people.facade import erase_person as erase_name
from sreda.roster.facade import erase_person as erase_facts

# From the top down: an account is closed after all that hangs on it, the name goes last.
ERASERS = (erase_facts, erase_notices, erase_files, erase_batches, erase_account, erase_name)


@transaction.atomic(durable=True)
def erase_person(*, actor: Actor, uid: UUID, now: datetime) -> None:
    """Take out of every context all that tells who a person was; what the law keeps stays
    without a name. It cannot be taken back.

    :raises Forbidden: to everybody but the operator's command.
    :raises NotFound: when there is nobody of that uid.
    :raises DomainError: while the person still works or learns somewhere.
    """
    require(actor.is_system, _("Стереть человека может только оператор, командой на сервере"))
    person = Person.objects.select_for_update().filter(uid=uid).first()
    if person is None:
        raise NotFound
    for erase in ERASERS:
        erase(person.pk)
    record("portal.person.erase", actor=actor, target=person, at=now)
