"""The region that the tests of this context walk through."""

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from sreda.access.facade import Actor, Role
from sreda.access.testing import make_actor, sign_in
from sreda.organizations.models import Kind, Organization
from sreda.organizations.testing import (
    make_building,
    make_municipality,
    make_organization,
    make_region,
    make_school,
)

REGIONAL = (Role.MINISTRY, Role.OPERATOR, Role.OBSERVER)


@dataclass(frozen=True)
class World:
    """Two municipalities of one region with a school each, and a region beside it."""

    region: Organization
    gayny: Organization
    perm: Organization
    school: Organization
    college: Organization
    foreign: Organization

    def actor(self, role: Role) -> Actor:
        """Make somebody in that role, where the role belongs."""
        place = self.school
        if role in REGIONAL:
            place = self.region
        elif role == Role.MUNICIPAL:
            place = self.gayny
        return make_actor(role=role, at=place)


def make_world() -> World:
    """Write the region."""
    region = make_region()
    gayny = make_municipality(region=region)
    perm = make_municipality("Пермский городской округ", region=region)
    school = make_school(
        "Гайнская школа", municipality=gayny, inn="8181001135", ogrn="1025900000136"
    )
    make_building(school, built_year=1986, classrooms=22, accessibility="пандус")
    college = make_organization(
        kind=Kind.COLLEGE, name="Пермский колледж № 3", municipality=perm, inn="5902001146"
    )
    omsk = make_region("Омская область")
    foreign = make_school(
        "Тарская школа",
        municipality=make_municipality("Тарский район", region=omsk),
        inn="5902001153",
    )
    return World(region, gayny, perm, school, college, foreign)


def signed_in(client: Client, world: World, role: Role) -> Actor:
    """Sign the client in as somebody in that role."""
    return sign_in(client, world.actor(role))


def address(name: str, *args: object) -> str:
    """Return the address of a page of this context."""
    return reverse(f"organizations:{name}", args=args)
