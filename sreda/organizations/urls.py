"""Addresses of ``organizations``."""

from django.urls import path

from sreda.organizations.views import buildings, card, editing, register

app_name = "organizations"
_ONE = "organizations/<uuid:uid>/"
_BUILDING = f"{_ONE}buildings/<uuid:building_uid>/"
urlpatterns = [
    path("organizations/", register.organizations, name="list"),
    path("organizations/export.xlsx", register.export, name="export"),
    path("organizations/new/", editing.new, name="new"),
    path(_ONE, card.card, name="card"),
    path(f"{_ONE}edit/", editing.edit, name="edit"),
    path(f"{_ONE}status/", editing.status, name="status"),
    path(f"{_ONE}history/", card.history, name="history"),
    path(f"{_ONE}buildings/", card.buildings, name="buildings"),
    path(f"{_ONE}buildings/new/", buildings.new, name="building_new"),
    path(f"{_BUILDING}edit/", buildings.edit, name="building_edit"),
    path(f"{_BUILDING}close/", buildings.close, name="building_close"),
    path(f"{_BUILDING}reopen/", buildings.reopen, name="building_reopen"),
]
