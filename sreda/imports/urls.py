"""Addresses of ``imports``."""

from django.urls import path

from sreda.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.batches, name="list"),
    path("new/", views.new, name="new"),
    path("sample/<slug:kind>.csv", views.sample, {"form": "csv"}, name="sample_csv"),
    path("sample/<slug:kind>.xlsx", views.sample, {"form": "xlsx"}, name="sample_xlsx"),
    path("<uuid:uid>/", views.batch, name="batch"),
    path("<uuid:uid>/columns/", views.columns, name="columns"),
    path("<uuid:uid>/progress/", views.progress, name="progress"),
    path("<uuid:uid>/rows/<int:number>/", views.row, name="row"),
    path("<uuid:uid>/rows/<int:number>/decision/", views.decision, name="decision"),
    path("<uuid:uid>/apply/", views.apply, name="apply"),
    path("<uuid:uid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uid>/problems.xlsx", views.problems, name="problems"),
]
