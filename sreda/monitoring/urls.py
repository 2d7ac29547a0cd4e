"""Addresses of ``monitoring``."""

from django.urls import path

from sreda.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("waves/", views.waves, name="waves"),
    path("waves/<uuid:uid>/", views.wave, name="wave"),
    path("waves/<uuid:uid>/table.xlsx", views.wave_xlsx, name="wave_xlsx"),
]
