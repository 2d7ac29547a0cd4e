from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sreda.ui"
    label = "ui"
