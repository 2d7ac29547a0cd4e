"""Addresses of ``access``."""

from django.urls import path

from sreda.access import views

app_name = "access"
urlpatterns = [path("me/role/<uuid:uid>/", views.switch, name="switch")]
