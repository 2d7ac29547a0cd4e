"""«Сегодня» of pupils and guardians: the class, the class teacher, whom to call at school."""

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, Role
from sreda.people.facade import full_name
from sreda.portal.queries.home_parts import Home, HomeRow, HomeSection
from sreda.portal.queries.present import Moment, lasting_q
from sreda.roster.facade import Enrollment, Post, class_name, visible_persons


def pupil_home(actor: Actor, at: Moment) -> Home:
    """Return the page of a pupil. Cost: 2 queries."""
    enrollments = _enrollments([actor.person_id or 0], actor, at)
    teachers = _teachers(enrollments, at)
    sections = [_school(found, teachers, title=_class_words(found)) for found in enrollments]
    return Home(lead=actor.scope_name, main=tuple(sections))


def guardian_home(actor: Actor, at: Moment) -> Home:
    """Return the page of a guardian: each child with class and school. Cost: 3 queries."""
    children = visible_persons(actor, today=at.today).exclude(pk=actor.person_id or 0)
    enrollments = _enrollments(list(children.values_list("pk", flat=True)), actor, at)
    teachers = _teachers(enrollments, at)
    sections = [_child(found, teachers) for found in enrollments]
    return Home(
        lead=actor.scope_name,
        main=tuple(sections),
        aside=_elsewhere(actor),
        empty_title="" if sections else _("Детей здесь пока нет"),
        empty_text=_("Связь с ребёнком записывает школа. Обратитесь к классному руководителю."),
    )


def _enrollments(person_ids: list[int], actor: Actor, at: Moment) -> list[Enrollment]:
    """Return where people are enrolled at the acting place. Cost: 1 query."""
    found = Enrollment.objects.filter(
        lasting_q(at), person_id__in=person_ids, organization_id=actor.scope_id
    )
    return list(
        found.select_related("person", "school_class", "organization").order_by(
            "person__sort_name", "pk"
        )
    )


def _teachers(enrollments: Iterable[Enrollment], at: Moment) -> dict[int, list[str]]:
    """Return the names of class teachers by class id. Cost: 1 query."""
    classes = {found.school_class_id for found in enrollments if found.school_class_id}
    posts = Post.objects.filter(lasting_q(at), school_class_id__in=classes)
    names: dict[int, list[str]] = {}
    for post in posts.select_related("person").order_by("pk"):
        names.setdefault(post.school_class_id or 0, []).append(full_name(post.person))
    return names


def _school(found: Enrollment, teachers: dict[int, list[str]], *, title: str) -> HomeSection:
    """Return the class teacher and how to reach the school."""
    school = found.organization
    rows = [
        HomeRow(title=name, meta=_("Классный руководитель"), icon="person")
        for name in teachers.get(found.school_class_id or 0, [])
    ]
    contacts = ", ".join(part for part in (school.address, school.phone, school.email) if part)
    card = reverse("organizations:card", args=[school.uid])
    rows.append(HomeRow(title=school.name, url=card, meta=contacts, icon="building"))
    return HomeSection(code=f"enrollment-{found.pk}", title=title, rows=tuple(rows))


def _child(found: Enrollment, teachers: dict[int, list[str]]) -> HomeSection:
    section = _school(found, teachers, title=f"{full_name(found.person)}, {_class_words(found)}")
    own_page = HomeRow(
        title=_("Что записано о ребёнке"),
        url=reverse("roster:person", args=[found.person.uid]),
        icon="person",
    )
    return replace(section, rows=(*section.rows, own_page))


def _class_words(found: Enrollment) -> str:
    if found.school_class is None:
        return _("Класс пока не назначен")
    return class_name(found.school_class.grade, found.school_class.letter)


def _elsewhere(actor: Actor) -> tuple[HomeSection, ...]:
    """Return the other schools where the guardian has children; no query."""
    rows = tuple(
        HomeRow(
            title=grant.organization_name,
            meta=_("Чтобы увидеть, смените роль в меню профиля"),
            icon="building",
        )
        for grant in actor.others
        if grant.role == Role.GUARDIAN and grant.organization_id != actor.scope_id
    )
    if not rows:
        return ()
    return (HomeSection(code="elsewhere", title=_("Дети в других школах"), rows=rows),)
