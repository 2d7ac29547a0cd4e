"""The content security policy, put together once: it is the same for every answer."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class SecurityPolicy(CSPMiddleware):
    """django-csp, which is asked only where an answer or the settings want something of their own:
    a nonce, a decorator of ``csp``, addresses left out, a second policy that only reports.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        own = settings.CONTENT_SECURITY_POLICY
        is_only = getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None) is None
        is_plain = is_only and set(own) == {"DIRECTIVES"} and not settings.DEBUG
        self.policy = build_policy() if is_plain else ""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Set the header."""
        if not self.policy or _wants_own(request) or _wants_own(response):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response


def _wants_own(part: HttpRequest | HttpResponseBase) -> bool:
    """Say whether something of django-csp was used on a request or an answer."""
    return any(name.startswith("_csp") for name in vars(part))
