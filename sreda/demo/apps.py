"""The demo offers its accounts at the sign-in page while the settings say that this is a demo."""

from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    """Makes the demo region (``manage demo``) and opens it without passwords."""

    name = "sreda.demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the sign-in page whom it may offer."""
        if not settings.SREDA_DEMO:
            return
        from sreda.accounts.facade import DemoOffer, offer
        from sreda.demo.calculations.cast import OFFERS

        offer([DemoOffer(login=one.login, role=one.title, about=one.about) for one in OFFERS])
