"""The front server hands bodies over whole, and no larger than the application takes."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from sreda.files.calculations.limits import LARGEST, MEGABYTE, SMALL
from sreda.files.uploads import FORM_SLACK

CONF = Path(__file__).parents[3] / "ops" / "nginx" / "sreda.conf"


@pytest.fixture(scope="module")
def conf():
    return re.sub(r"#.*", "", CONF.read_text())


@pytest.fixture(scope="module")
def locations(conf):
    """What stands in the braces of each location, by its pattern."""
    return dict(re.findall(r"location\s+([^{]+?)\s*\{([^}]*)\}", conf))


def most(text):
    return int(re.search(r"client_max_body_size\s+(\d+)m;", text)[1]) * MEGABYTE


def test_no_body_reaches_the_application_before_it_is_whole(conf):
    assert "proxy_request_buffering on;" in conf
    assert "proxy_request_buffering off" not in conf


def test_only_the_page_that_takes_tables_takes_large_bodies(conf, locations):
    upload = f"= {reverse('imports:new')}"
    assert {where for where, text in locations.items() if "client_max_body_size" in text} == {
        upload
    }
    assert LARGEST + FORM_SLACK <= most(locations[upload]) <= LARGEST + MEGABYTE
    assert SMALL + FORM_SLACK <= most(conf) <= 3 * MEGABYTE


def test_a_line_that_brings_nothing_is_closed(conf):
    for name in ("client_header_timeout", "client_body_timeout", "send_timeout"):
        assert int(re.search(rf"\s{name}\s+(\d+)s;", conf)[1]) <= 30


def test_the_secret_of_a_card_is_in_no_log(conf, locations):
    assert "error_log /dev/null" in locations[reverse("accounts:card_pin")]
    assert all("access_log off;" in server for server in conf.split("server {")[1:])


def test_every_location_passes_the_address_that_limits_rest_on(conf, locations):
    assert conf.count("proxy_set_header X-Forwarded-For $remote_addr;") == 1
    for where, text in locations.items():
        assert "proxy_pass http://127.0.0.1:8000;" in text, where
        # One header of its own, and a location inherits none.
        assert "proxy_set_header" not in text, where
