"""Addresses of ``roster``."""

from django.urls import path

from sreda.roster.views import classes, people, persons

app_name = "roster"
urlpatterns = [
    path("organizations/<uuid:uid>/people/", people.people, name="people"),
    path("organizations/<uuid:uid>/people/new/", people.colleague, name="colleague"),
    path("classes/<uuid:uid>/", classes.school_class, name="school_class"),
    path("classes/<uuid:uid>/cards/", classes.cards, name="cards"),
    path("classes/<uuid:uid>/codes/", classes.codes, name="codes"),
    path("people/<uuid:uid>/", persons.person, name="person"),
    path("people/<uuid:uid>/code/", persons.code, name="code"),
    path("people/<uuid:uid>/reset/", persons.reset, name="reset"),
    path("people/<uuid:uid>/card/end/", persons.card_end, name="card_end"),
    path("people/<uuid:uid>/posts/new/", persons.post_new, name="post_new"),
    path("posts/<uuid:uid>/end/", persons.post_end, name="post_end"),
]
