"""Addresses of ``accounts``."""

from django.urls import path, register_converter

from sreda.accounts.calculations.secrets import CARD_ADDRESS
from sreda.accounts.views import cards, codes, passwords, profile

app_name = "accounts"


class CardSecret:
    """A card's secret as it is printed; any other text goes into no cookie."""

    regex = CARD_ADDRESS

    def to_python(self, value: str) -> str:
        """Take it as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Write it as it stands."""
        return value


register_converter(CardSecret, "card_secret")
urlpatterns = [
    path("sign-in/", passwords.sign_in, name="sign_in"),
    path("sign-in/demo/", passwords.demo, name="demo"),
    path("sign-in/help/", passwords.help_page, name="help"),
    path("sign-in/code/", codes.code, name="code"),
    path("sign-in/code/finish/", codes.code_finish, name="code_finish"),
    path("c/", cards.card_pin, name="card_pin"),
    path("c/<card_secret:secret>/", cards.card, name="card"),
    path("sign-out/", passwords.sign_out, name="sign_out"),
    path("me/", profile.profile, name="profile"),
    path("me/password/", profile.change_password, name="change_password"),
    path("me/sessions/others/", profile.end_other_sessions, name="end_other_sessions"),
    path("me/sessions/<uuid:uid>/", profile.end_session, name="end_session"),
]
