from django.urls import path

from sreda.ui import views

app_name = "ui"
urlpatterns = [
    path("appearance/", views.appearance, name="appearance"),
    path("ui/", views.gallery, name="gallery"),
    path("ui/states/", views.states, name="states"),
]
