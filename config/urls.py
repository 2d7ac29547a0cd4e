"""Every address of the house. Who may open which stands in sreda.portal.access_table."""

from django.urls import include, path

urlpatterns = [
    path("", include("sreda.portal.urls")),
    path("", include("sreda.accounts.urls")),
    path("", include("sreda.access.urls")),
    path("", include("sreda.ui.urls")),
    path("", include("sreda.notifications.urls")),
    path("", include("sreda.organizations.urls")),
    path("", include("sreda.roster.urls")),
    path("", include("sreda.monitoring.urls")),
    path("imports/", include("sreda.imports.urls")),
]
handler400 = "sreda.ui.errors.handler400"
handler403 = "sreda.ui.errors.handler403"
handler404 = "sreda.ui.errors.handler404"
handler500 = "sreda.ui.errors.handler500"
