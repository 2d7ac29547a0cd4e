"""One small region, and a strange one beside it, for walking every address as everybody.

Names tell where they belong: the own places are called «Тайнинск…» and their people «Заозёрск…»,
the strange ones «Инородцевск…» and «Чужинск…», those above schools «Столичн…». So a page that shows
a name to somebody who may not know it is found by its letters.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sreda.access.facade import Actor, Role
from sreda.access.testing import give_role
from sreda.accounts.facade import Account
from sreda.accounts.testing import begin_test_session, make_account, make_card
from sreda.imports.kinds import kind_of
from sreda.imports.testing import Table, make_read_batch
from sreda.monitoring.testing import make_wave
from sreda.notifications.facade import notify
from sreda.organizations.testing import (
    make_building,
    make_municipality,
    make_organization,
    make_region,
    make_school,
)
from sreda.people.testing import make_person
from sreda.roster.facade import Post, PostRole
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
TODAY = date(2026, 10, 14)
# Script as somebody would put it into a text field.
STAIN = """<script>alert(1)</script>"'><img/src=x/onerror=alert(2)>"""
ABOVE = (Role.MUNICIPAL, Role.MINISTRY, Role.OPERATOR, Role.OBSERVER)
OWN_PLACE, OWN_PEOPLE, STRANGE_PEOPLE, HIGH_PEOPLE = "Тайнинск", "Заозёрск", "Чужинск", "Столичн"


@dataclass
class Place:
    """A region with a municipality and a school in it, its people by role, its objects by kind."""

    region: Any
    municipality: Any
    school: Any
    actors: dict[Role, Actor] = field(default_factory=dict)
    keys: dict[Role, str] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """``own`` is what everything is about, ``strange`` is where the others come from."""

    own: Place
    strange: Place
    no_role_key: str
    no_role: Account

    def sample(self, kind: str, role: Role | None) -> Any:
        """Return what stands in an address for an object of ``kind`` of the own place."""
        return self._of(self.own, kind, role)

    def _of(self, place: Place, kind: str, role: Role | None) -> Any:
        made = place.objects[kind]
        return made[role] if isinstance(made, dict) else made


def build_world(*, stain: str = "") -> World:
    """Write everything. About 300 statements.

    ``stain`` is put into every text that somebody may type; at most 60 signs, none of them a space.
    """
    region = make_region(f"Тайнинский край{stain}")
    own = _place(region, "Тайнинск", OWN_PEOPLE, stain)
    # Another school in another municipality of the same region, and a region of its own.
    neighbor = _place(region, "Инородцевск", STRANGE_PEOPLE)
    abroad = make_region("Инородцевский край")
    far = make_municipality("Инородцевский район", region=abroad)
    _people_above(own, region, stain=stain)
    _people_above(neighbor, abroad, municipal_at=neighbor.municipality)
    _objects(own, stain)
    make_school("Дальняя инородцевская школа", municipality=far)
    nobody = make_account(person=make_person("Безролев Павел Ильич"), login="no-role")
    return World(
        own=own,
        strange=neighbor,
        no_role=nobody,
        no_role_key=begin_test_session(nobody.pk, now=NOW),
    )


def _place(region: Any, stem: str, surname: str, stain: str = "") -> Place:
    municipality = make_municipality(f"{stem}ий округ{stain}", region=region)
    school = _school(f"{stem}ая школа{stain}", municipality, stain)
    place = Place(region=region, municipality=municipality, school=school)
    building = make_building(
        school,
        f"{stem}ое главное{stain}",
        address=f"ул. Школьная, 1{stain}",
        accessibility=f"пандус{stain}",
        note=f"крыша{stain}",
    )
    school_class = make_class(organization=school, grade=3, letter="<b>Б" if stain else "Б")
    other_class = make_class(organization=school, grade=4, letter="А")
    pupil, place.actors[Role.PUPIL] = make_pupil(
        school_class=school_class, name=f"{surname}ая{stain} Варвара{stain} Ильинична{stain}"
    )
    classmate, _actor = make_pupil(school_class=school_class, name=f"{surname}ий Пётр Ильич")
    stranger, _actor = make_pupil(school_class=other_class, name=f"{surname}ий Олег Ильич")
    guardian, place.actors[Role.GUARDIAN] = make_guardian(
        child=pupil, name=f"{surname}ий{stain} Илья Сергеевич"
    )
    for role in (Role.TEACHER, Role.HEAD_TEACHER, Role.DIRECTOR, Role.SCHOOL_ADMIN):
        _person, place.actors[role] = make_staff(
            role=PostRole(role),
            organization=school,
            name=f"{surname}ая{stain} {role.label.title()}",
            title=f"{role.label}{stain}",
        )
    teacher, place.actors[Role.CLASS_TEACHER] = make_staff(
        role=PostRole.CLASS_TEACHER, school_class=school_class, name=f"{surname}ая Классная Дама"
    )
    colleague, _actor = make_staff(
        role=PostRole.TEACHER,
        organization=school,
        name=f"{surname}ий{stain} Коллега Коллегович",
        title=f"учитель{stain}",
    )
    for role in (Role.AUTHOR, Role.EXPERT):
        _person, place.actors[role] = make_staff(
            role=PostRole(role), organization=school, name=f"{surname}ий {role.label.title()}"
        )
    place.objects |= {
        "organization": school.uid,
        "building": building.uid,
        "class": school_class.uid,
        "other_class": other_class.uid,
        "pupil": pupil.uid,
        "classmate": classmate.uid,
        "other_pupil": stranger.uid,
        "guardian": guardian.uid,
        "colleague": colleague.uid,
        "post": Post.objects.get(person=colleague).uid,
        "class_teacher": teacher.uid,
    }
    _open_sessions(place)
    return place


def _school(name: str, municipality: Any, stain: str) -> Any:
    return make_school(
        name,
        municipality=municipality,
        full_name=f"{name}, полностью",
        head_name=f"Главнов П. П.{stain}",
        head_post=f"директор{stain}",
        address=f"с. Тихое{stain}",
        phone=stain,
        site="javascript:alert(1)" if stain else "",
    )


def _people_above(place: Place, region: Any, municipal_at: Any = None, stain: str = "") -> None:
    """Write those who work above schools, at ``region`` and at its municipality."""
    ministry = make_organization(kind="AUTHORITY", name="Министерство образования", region=region)
    at = municipal_at or place.municipality
    for role in ABOVE:
        _person, place.actors[role] = make_staff(
            role=PostRole(role),
            organization=at if role is Role.MUNICIPAL else ministry,
            name=f"{HIGH_PEOPLE}ая{stain} {role.label.split()[-1].title()}",
        )
    _open_sessions(place)


def _open_sessions(place: Place) -> None:
    for role, actor in place.actors.items():
        if role not in place.keys:
            place.keys[role] = begin_test_session(actor.account_id or 0, now=NOW)


def _objects(place: Place, stain: str) -> None:
    """Write what is not the roster's and not the register's."""
    place.objects |= {"import_kind": "organizations", "row_number": 3}
    place.objects["batch"] = _batch(place.actors[Role.MINISTRY], stain)
    place.objects["wave"] = make_wave(place.region, place.school, title=f"Оснащение{stain}").uid
    pupil = Account.objects.get(person__uid=place.objects["pupil"])
    place.objects["card_secret"] = make_card(
        pupil, organization_id=place.school.pk, today=TODAY, now=NOW
    ).secret
    accounts = {role: Account.objects.get(pk=a.account_id) for role, a in place.actors.items()}
    notify(
        account_ids=[account.pk for account in accounts.values()],
        text=f"Посмотрите сюда{stain}",
        url="/",
        now=NOW,
    )
    place.objects["own_notice"] = _own(accounts, "notifications.Notice")
    for role, account in accounts.items():
        # The second session of the same person, from another device.
        begin_test_session(account.pk, now=NOW)
        second = Role.EXPERT if role is Role.AUTHOR else Role.AUTHOR
        give_role(account, role=second, at=place.school)
    place.objects["own_session"] = {
        role: account.sessions.order_by("-pk")[0].uid for role, account in accounts.items()
    }
    place.objects["other_grant"] = {
        role: account.grants.order_by("-pk")[0].uid for role, account in accounts.items()
    }


def _batch(actor: Actor, stain: str) -> UUID:
    """Return a checked table of the ministry; its row 3 has an error."""
    rows = [
        ["наименование", "вид", "муниципалитет", "ИНН", "адрес", f"лишнее{stain}"],
        ["Новая школа", "школа", f"Тайнинский округ{stain}", "", "с. Новое, ул. Первая, 1", ""],
        [f"Ошибочная{stain}", f"школа{stain}", f"Где-то{stain}", "5902001120", stain, stain],
    ]
    table = Table(content=Table.of(rows).content, name=f"реестр{stain}.csv")
    return make_read_batch(kind=kind_of("organizations"), actor=actor, table=table, now=NOW).uid


def _own(accounts: dict[Role, Account], model: str) -> dict[Role, UUID]:
    """Return the newest row of each account, by role."""
    from django.apps import apps

    rows = apps.get_model(model).objects
    return {
        role: rows.filter(account=account).order_by("-pk")[0].uid
        for role, account in accounts.items()
    }
