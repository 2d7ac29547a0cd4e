"""Gives every signed-in page its frame: menu, person, roles, what is new."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.words import initials
from sreda.portal.policies import Way, ways_of
from sreda.ui.addresses import url
from sreda.ui.pages import demo_words
from sreda.ui.shell import NavItem, RoleChoice, Shell, ShellOnDemand, Who


class PageShell:
    """Sets ``request.shell`` for signed-in people; it is built when a page draws it. No query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Prepare the frame, then go on."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.account_id is not None:
            request.shell = ShellOnDemand(  # type: ignore[attr-defined]
                lambda: shell_of(actor, request)
            )
        return self.get_response(request)


def shell_of(actor: Actor, request: HttpRequest) -> Shell:
    """Return everything around a page of ``actor``. Cost: no query."""
    match = request.resolver_match
    ways = ways_of(actor)
    here = _section(match.view_name if match else "", ways)
    return Shell(
        brand_place=actor.scope_name,
        home_url=url("portal:home"),
        nav=tuple(_item(way, here=here) for way in ways if not way.in_profile),
        who=Who(
            name=actor.name,
            initials=initials(actor.name),
            note=capfirst(str(actor.role.label)) if actor.role else _("Роли сейчас нет"),
            sign_out_url=url("accounts:sign_out"),
            menu=tuple(_item(way, here=here) for way in ways if way.in_profile),
        ),
        roles=_roles(actor),
        demo_words=demo_words(),
        find_url=url("portal:find") if actor.role else "",
        notices_url=url("notifications:list") if actor.role else "",
        unread=actor.unread,
    )


def _section(view_name: str, ways: tuple[Way, ...]) -> Way | None:
    """Return the entry that the open page belongs to: its own, else the closest that covers it."""
    exact = next((way for way in ways if way.name == view_name), None)
    if exact or not view_name:
        return exact
    covering = [
        (len(start), way) for way in ways for start in way.covers if view_name.startswith(start)
    ]
    return max(covering, key=lambda pair: pair[0])[1] if covering else None


def _item(way: Way, *, here: Way | None) -> NavItem:
    return NavItem(label=way.label, url=way.url, icon=way.icon, current=way is here)


def _roles(actor: Actor) -> tuple[RoleChoice, ...]:
    """Return the roles to choose from; none when there is no choice."""
    others = [grant for grant in actor.others if grant.uid != actor.grant_uid]
    if not others:
        return ()
    present = (
        [RoleChoice(capfirst(str(actor.role.label)), actor.scope_name, url="", current=True)]
        if actor.role
        else []
    )
    return (
        *present,
        *(
            RoleChoice(
                title=capfirst(str(grant.role.label)),
                place=grant.organization_name,
                url=url("access:switch", grant.uid),
            )
            for grant in others
        ),
    )
