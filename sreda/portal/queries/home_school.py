"""«Сегодня» of those who work at a school: who cannot sign in yet, the own classes."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sreda.access.facade import Actor
from sreda.foundation.words import spaced
from sreda.portal.queries.home_parts import Home, HomeRow, HomeSection, HomeStat
from sreda.portal.queries.present import Moment, can_sign_in, lasting_q
from sreda.roster.facade import (
    Enrollment,
    Guardianship,
    Post,
    SchoolClass,
    class_name,
    visible_classes,
)


def heads_home(actor: Actor, at: Moment) -> Home:
    """Return the page of director, administrator and head teacher. Cost: 3 queries."""
    pupils = Enrollment.objects.filter(lasting_q(at), organization_id=actor.scope_id)
    staff = Post.objects.filter(lasting_q(at), organization_id=actor.scope_id)
    guardians = Guardianship.objects.filter(lasting_q(at), child_id__in=pupils.values("person_id"))
    people = reverse("roster:people", args=[actor.scope_uid])
    return Home(
        lead=actor.scope_name,
        stats=(
            _stat(_("Ученики"), _numbers(pupils, at, "person_id"), people),
            _stat(_("Родители"), _numbers(guardians, at, "guardian_id"), people),
            _stat(_("Сотрудники"), _numbers(staff, at, "person_id"), people),
        ),
        main=(_own_school(actor),),
    )


def _numbers(facts: "QuerySet[Any]", at: Moment, person: str) -> dict[str, int]:
    """Count people and those of them who can sign in. Cost: 1 query."""
    numbers: dict[str, int] = facts.annotate(able=can_sign_in(at, person=person)).aggregate(
        total=Count(person, distinct=True),
        signed=Count(person, filter=Q(able=True), distinct=True),
    )
    return numbers


def _stat(label: str, numbers: dict[str, int], url: str) -> HomeStat:
    waiting = numbers["total"] - numbers["signed"]
    note = ""
    if waiting:
        words = ngettext("%(num)s не может войти", "%(num)s не могут войти", waiting)
        note = words % {"num": spaced(waiting)}
    elif numbers["total"]:
        note = _("войти могут все")
    return HomeStat(label=label, value=spaced(numbers["total"]), url=url, note=note)


def _own_school(actor: Actor) -> HomeSection:
    card = reverse("organizations:card", args=[actor.scope_uid])
    return HomeSection(
        code="school",
        title=_("Ваша организация"),
        rows=(
            HomeRow(
                title=actor.scope_name,
                url=card,
                meta=_("Паспорт: адреса, здания, реквизиты, история изменений"),
                icon="building",
            ),
        ),
    )


def teacher_home(actor: Actor, at: Moment) -> Home:
    """Return the page of a teacher without a class of their own. Cost: no query."""
    return Home(lead=actor.scope_name, main=(_own_school(actor),))


def class_teacher_home(actor: Actor, at: Moment) -> Home:
    """Return the page of a class teacher: the own classes. Cost: 3 queries."""
    classes = list(visible_classes(actor, today=at.today).order_by("grade", "letter", "pk"))
    pupils = _pupils(classes, at)
    guardians = _guardians({child for own in pupils.values() for child in own}, at)
    rows = tuple(_class_row(found, pupils.get(found.pk, {}), guardians) for found in classes)
    section = HomeSection(
        code="classes",
        title=ngettext("Ваш класс", "Ваши классы", len(rows) or 1),
        rows=rows,
        empty=_("Класс вам пока не назначен. Его назначает администратор школы."),
    )
    return Home(lead=actor.scope_name, main=(section, _own_school(actor)))


def _pupils(classes: list[SchoolClass], at: Moment) -> dict[int, dict[int, bool]]:
    """Return by class whether each of its pupils can sign in. Cost: 1 query."""
    rows = (
        Enrollment.objects.filter(lasting_q(at), school_class__in=classes)
        .annotate(able=can_sign_in(at, person="person_id"))
        .values_list("school_class_id", "person_id", "able")
    )
    found: dict[int, dict[int, bool]] = {}
    for class_id, person_id, able in rows:
        found.setdefault(class_id or 0, {})[person_id] = able
    return found


def _guardians(child_ids: set[int], at: Moment) -> dict[int, dict[int, bool]]:
    """Return by child whether each of its guardians can sign in. Cost: 1 query."""
    rows = (
        Guardianship.objects.filter(lasting_q(at), child_id__in=child_ids)
        .annotate(able=can_sign_in(at, person="guardian_id"))
        .values_list("child_id", "guardian_id", "able")
    )
    found: dict[int, dict[int, bool]] = {}
    for child_id, guardian_id, able in rows:
        found.setdefault(child_id, {})[guardian_id] = able
    return found


def _class_row(
    found: SchoolClass, pupils: dict[int, bool], guardians: dict[int, dict[int, bool]]
) -> HomeRow:
    represented = {
        guardian: able for child in pupils for guardian, able in guardians.get(child, {}).items()
    }
    total = len(pupils)
    waiting = sum(not able for able in pupils.values())
    waiting_guardians = sum(not able for able in represented.values())
    parts = [ngettext("%(num)s ученик", "%(num)s учеников", total) % {"num": total}]
    if waiting:
        words = ngettext(
            "%(num)s ученик не может войти", "%(num)s учеников не могут войти", waiting
        )
        parts.append(words % {"num": waiting})
    if waiting_guardians:
        words = ngettext(
            "%(num)s родитель не может войти",
            "%(num)s родителей не могут войти",
            waiting_guardians,
        )
        parts.append(words % {"num": waiting_guardians})
    return HomeRow(
        title=class_name(found.grade, found.letter),
        url=reverse("roster:school_class", args=[found.uid]),
        meta=", ".join(parts),
        icon="people",
        tone="warn" if waiting or waiting_guardians else "",
    )
