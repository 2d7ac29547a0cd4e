"""The security policy that is put together once is the one of django-csp."""

import pytest
from csp.constants import NONCE
from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse

from sreda.ui.security import SecurityPolicy

HEADER = "Content-Security-Policy"


def plain(_request):
    return HttpResponse("ok")


def answers(view, request):
    """Return our header and django-csp's."""
    return [kind(view)(request).headers.get(HEADER) for kind in (SecurityPolicy, CSPMiddleware)]


def parts(header):
    return header and {part.strip() for part in header.split(";")}


def test_the_header_is_the_one_that_django_csp_sets(rf):
    ours, theirs = answers(plain, rf.get("/"))

    assert parts(ours) == parts(theirs)
    assert {"default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"} <= parts(ours)


@pytest.mark.parametrize(
    "view", [csp_exempt()(plain), csp_update({"img-src": ["https://maps.example.org"]})(plain)]
)
def test_a_view_may_have_a_policy_of_its_own(rf, view):
    ours, theirs = answers(view, rf.get("/"))

    assert parts(ours) == parts(theirs)
    assert parts(ours) != parts(answers(plain, rf.get("/"))[0])


def test_a_nonce_is_in_the_header(rf, settings):
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {**directives, "script-src": ["'self'", NONCE]}
    }

    def view(request):
        return HttpResponse(str(request.csp_nonce))

    answer = SecurityPolicy(view)(rf.get("/"))
    assert f"'nonce-{answer.content.decode()}'" in answer.headers[HEADER]


def test_a_header_that_is_there_already_is_left(rf):
    def view(_request):
        return HttpResponse(headers={HEADER: "default-src 'none'"})

    assert answers(view, rf.get("/")) == ["default-src 'none'"] * 2


def test_the_house_sets_it_on_every_answer():
    assert "sreda.ui.security.SecurityPolicy" in settings.MIDDLEWARE
