"""Addresses of ``portal``."""

from django.urls import path

from sreda.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("find/", views.find, name="find"),
    path("audit/", views.audit, name="audit"),
    path("audit.xlsx", views.audit_xlsx, name="audit_xlsx"),
    path("me/kept/", views.kept, name="kept"),
    path("me/kept.json", views.kept_json, name="kept_json"),
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
]
