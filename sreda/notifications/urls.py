"""Addresses of ``notifications``."""

from django.urls import path

from sreda.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<uuid:uid>/", views.open_one, name="open"),
]
