"""Addresses that are remembered are those that Django gives."""

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, include, path, reverse, set_script_prefix
from django.views import View

from sreda.foundation.ids import new_uid
from sreda.ui.addresses import url

app_name = "places"
urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path("", View.as_view(), name="home"),
                    path("<uuid:one>/of/<uuid:two>/", View.as_view(), name="pair"),
                    path("mixed/<uuid:one>/<slug:word>/", View.as_view(), name="mixed"),
                ],
                "places",
            )
        ),
    )
]


@pytest.fixture(autouse=True)
def _own_addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield
    set_script_prefix("/")


def test_an_address_is_the_one_that_django_gives():
    for one, two in ((new_uid(), new_uid()), (new_uid(), new_uid())):
        assert url("places:pair", one, two) == reverse("places:pair", args=[one, two])
        assert url("places:pair", one, one) == reverse("places:pair", args=[one, one])
    assert url("places:home") == "/"


def test_other_arguments_are_left_to_django():
    uid = new_uid()
    assert url("places:mixed", uid, "word") == f"/mixed/{uid}/word/"
    assert url("places:mixed", one=uid, word="word") == f"/mixed/{uid}/word/"
    assert url("places:pair", str(uid), uid) == f"/{uid}/of/{uid}/"


@pytest.mark.parametrize("args", [[], ["x"], [new_uid()], [new_uid()] * 3, [new_uid()] * 9])
def test_a_wrong_name_or_number_of_arguments_is_refused_every_time(args):
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            url("places:pair", *args)
        with pytest.raises(NoReverseMatch):
            url("places:nowhere", *args)


def test_an_installation_under_a_prefix_has_its_own_addresses():
    uid = new_uid()
    assert url("places:home") == "/"
    set_script_prefix("/sreda/")
    assert url("places:home") == "/sreda/"
    assert url("places:pair", uid, uid) == f"/sreda/{uid}/of/{uid}/"
