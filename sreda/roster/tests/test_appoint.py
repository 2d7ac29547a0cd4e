"""The first operator of an installation comes in by a command."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from sreda.access.facade import Role, actor_for_account
from sreda.accounts.facade import account_by_login
from sreda.foundation import clock
from sreda.organizations.testing import make_school
from sreda.roster.models import Post

pytestmark = pytest.mark.django_db


def appoint(*args, **options):
    call_command("appoint", *args, **options)


def test_the_first_operator_comes_in_with_the_printed_code(capsys, settings):
    appoint("OPERATOR", "Мехоношин Егор Ильич")
    said = capsys.readouterr().out
    assert "Мехоношин Егор Ильич" in said
    (code,) = re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", said)
    browser = Client()
    browser.post(
        reverse("accounts:code_finish"),
        {
            "code": code,
            "login": "operator",
            "password": "осенний лес 42",
            "again": "осенний лес 42",
        },
    )
    assert browser.get(reverse("accounts:profile")).status_code == 200
    actor = actor_for_account(account_by_login("operator").pk, now=clock.now())
    assert (actor.role, actor.scope_name) == (Role.OPERATOR, settings.SREDA_REGION)


def test_a_school_gets_its_first_administrator(capsys):
    school = make_school(inn="5902001121")
    appoint("SCHOOL_ADMIN", "Зырянова Анна", inn="5902001121", title="секретарь")
    post = Post.objects.get()
    assert (post.organization, post.title) == (school, "секретарь")
    with pytest.raises(CommandError, match="Уже есть"):
        appoint("SCHOOL_ADMIN", "Зырянова Анна", inn="5902001121")
    appoint("SCHOOL_ADMIN", "Зырянова Анна", inn="5902001121", another=True)
    assert Post.objects.count() == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("OPERATOR", "Мехоношин"), "имя целиком"),
        (("DIRECTOR", "Исаева Татьяна", "--inn", "1234567890"), "с ИНН 1234567890"),
        (("CLASS_TEACHER", "Исаева Татьяна"), "CLASS_TEACHER"),
    ],
)
def test_what_is_wrong_is_said(arguments, words):
    with pytest.raises(CommandError, match=words):
        appoint(*arguments)
    assert not Post.objects.exists()
