from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sreda.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep in the profile what a signed-in person chooses on the appearance page."""
        from sreda.accounts.views.profile import keep_appearance
        from sreda.ui.appearance import on_change

        if keep_appearance not in on_change:
            on_change.append(keep_appearance)
