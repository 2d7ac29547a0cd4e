"""Quick jump: sections, organizations, people and classes that somebody looks for by a word."""

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, Level
from sreda.foundation.words import fold
from sreda.organizations.facade import find_organizations
from sreda.people.facade import full_name
from sreda.portal.calculations.class_words import read_class
from sreda.portal.policies import ways_of
from sreda.roster.facade import (
    Enrollment,
    Post,
    class_name,
    visible_classes,
    visible_persons,
)
from sreda.ui.shell import Found, FoundGroup

EACH = 8
SHORTEST = 2


def find(actor: Actor, text: str, *, today: date) -> tuple[FoundGroup, ...]:
    """Return what fits ``text`` and may be opened, at most 8 of a sort; without a text the menu.

    Cost: at most 2 queries.
    """
    groups = [(_("Разделы"), _sections(actor, text))]
    if len(fold(text)) >= SHORTEST or text.strip().isdigit():
        if actor.level == Level.ORGANIZATION:
            groups.append((_("Люди"), _people(actor, text, today=today)))
            groups.append((_("Классы"), _classes(actor, text, today=today)))
        else:
            groups.append((_("Организации"), _organizations(actor, text)))
    made = [FoundGroup(title=title, items=tuple(items)) for title, items in groups]
    return tuple(group for group in made if group.items)


def _sections(actor: Actor, text: str) -> Iterator[Found]:
    wanted = fold(text).split()
    for way in ways_of(actor):
        if all(word in fold(f"{way.label} {way.words}") for word in wanted):
            yield Found(label=way.label, url=way.url, icon=way.icon)


def _organizations(actor: Actor, text: str) -> Iterator[Found]:
    for found in find_organizations(actor=actor, text=text, limit=EACH):
        yield Found(
            label=found.name,
            url=reverse("organizations:card", args=[found.uid]),
            icon="building",
            note=found.municipality.name if found.municipality else "",
        )


def _people(actor: Actor, text: str, *, today: date) -> Iterator[Found]:
    """Names open inside the organization only; ``visible_persons`` says to whom."""
    here = {"person_id": OuterRef("pk"), "organization_id": actor.scope_id}
    enrolled = Enrollment.objects.filter(**here, ended_at__isnull=True).order_by("-pk")
    posts = Post.objects.filter(**here, ended_at__isnull=True).order_by("pk")
    people = visible_persons(actor, today=today).exclude(pk=actor.person_id or 0)
    for word in fold(text).split():
        people = people.filter(search_name__contains=word)
    found = people.annotate(
        post=Subquery(posts.values("title")[:1]),
        grade=Subquery(enrolled.values("school_class__grade")[:1]),
        letter=Subquery(enrolled.values("school_class__letter")[:1]),
    ).order_by("sort_name", "pk")
    for person in found[:EACH]:
        note = class_name(person.grade, person.letter or "") if person.grade else person.post
        yield Found(
            label=full_name(person),
            url=reverse("roster:person", args=[person.uid]),
            icon="person",
            note=note or "",
        )


def _classes(actor: Actor, text: str, *, today: date) -> Iterator[Found]:
    asked = read_class(text)
    if asked is None:
        return
    grade, letter = asked
    classes = visible_classes(actor, today=today).filter(grade=grade)
    classes = classes.filter(academic_year__starts_on__lte=today, academic_year__ends_on__gte=today)
    if letter:
        classes = classes.filter(letter=letter)
    for found in classes.order_by("letter", "pk")[:EACH]:
        yield Found(
            label=capfirst(_("класс %(name)s") % {"name": class_name(found.grade, found.letter)}),
            url=reverse("roster:school_class", args=[found.uid]),
            icon="people",
        )
