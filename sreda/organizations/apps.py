from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "sreda.organizations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the register importable."""
        from sreda.imports.facade import register_kind
        from sreda.organizations.bulk.kind import OrganizationsKind

        register_kind(OrganizationsKind())
