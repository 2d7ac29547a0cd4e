"""Forgetting who a person was, in every context at once."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from sreda.access.facade import Role, system_actor
from sreda.access.testing import make_actor
from sreda.accounts.facade import Account
from sreda.audit.facade import history_of
from sreda.foundation.errors import DomainError, Forbidden, NotFound
from sreda.foundation.ids import new_uid
from sreda.notifications.facade import export_person as notices_of
from sreda.notifications.facade import notify
from sreda.organizations.testing import make_school
from sreda.people.facade import Person
from sreda.portal.actions import erase_person
from sreda.portal.tests.conftest import NOW
from sreda.roster.facade import Enrollment, Guardianship
from sreda.roster.testing import make_guardian, make_pupil

pytestmark = pytest.mark.django_db


def gone() -> Person:
    """Return a pupil who has left, with a guardian and a notice."""
    pupil, _actor = make_pupil(name="Боталова Варвара Ильинична")
    make_guardian(child=pupil)
    Enrollment.objects.filter(person=pupil).update(ends_on=date(2026, 9, 30))
    account = Account.objects.get(person=pupil)
    notify(account_ids=[account.pk], text="Варвара, зайдите", url="", now=NOW)
    return pupil


def test_nothing_tells_any_more_who_it_was():
    pupil = gone()
    erase_person(actor=system_actor(), uid=pupil.uid, now=NOW)
    pupil.refresh_from_db()
    account = Account.objects.get(person=pupil)
    assert (pupil.last_name, pupil.first_name, pupil.search_name) == ("—", "—", "")
    assert pupil.birth_date is None
    assert not account.is_active
    assert "botalova" not in account.login
    assert notices_of(pupil.pk) == []
    assert not Guardianship.objects.filter(child=pupil).exists()


def test_the_trail_tells_that_somebody_was_erased():
    pupil = gone()
    erase_person(actor=system_actor(), uid=pupil.uid, now=NOW)
    assert next(row.event for row in history_of(pupil.uid).rows) == "portal.person.erase"


def test_whoever_still_learns_is_not_erased_even_in_part():
    pupil, _actor = make_pupil(name="Боталова Варвара Ильинична")
    account = Account.objects.get(person=pupil)
    notify(account_ids=[account.pk], text="Варвара, зайдите", url="", now=NOW)
    with pytest.raises(DomainError, match="зачисления"):
        erase_person(actor=system_actor(), uid=pupil.uid, now=NOW)
    pupil.refresh_from_db()
    assert pupil.last_name == "Боталова"
    assert notices_of(pupil.pk)


def test_only_the_command_on_the_server_erases():
    pupil = gone()
    operator = make_actor(role=Role.OPERATOR, at=make_school().region)
    with pytest.raises(Forbidden, match="командой"):
        erase_person(actor=operator, uid=pupil.uid, now=NOW)
    pupil.refresh_from_db()
    assert pupil.last_name == "Боталова"


def test_nobody_is_erased_by_an_unknown_uid():
    with pytest.raises(NotFound):
        erase_person(actor=system_actor(), uid=new_uid(), now=NOW)


def test_the_command_erases_and_says_so(capsys):
    pupil = gone()
    call_command("person_erase", str(pupil.uid), "--yes")
    assert "Erased." in capsys.readouterr().out
    pupil.refresh_from_db()
    assert pupil.last_name == "—"


def test_the_command_asks_first(monkeypatch):
    pupil = gone()
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(CommandError, match="Nothing"):
        call_command("person_erase", str(pupil.uid))
    pupil.refresh_from_db()
    assert pupil.last_name == "Боталова"


def test_the_command_says_why_not():
    pupil, _actor = make_pupil()
    with pytest.raises(CommandError, match="зачисления"):
        call_command("person_erase", str(pupil.uid), "--yes")
    with pytest.raises(CommandError, match="no person"):
        call_command("person_erase", str(new_uid()), "--yes")
