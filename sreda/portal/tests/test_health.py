"""Word to the machinery around: the process lives, the installation can work."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from sreda.foundation.testing import assert_query_budget


@pytest.mark.django_db
def test_the_process_says_that_it_lives_without_asking_the_database(client: Client):
    with assert_query_budget(0):
        response = client.get("/livez")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response.headers["Content-Type"] == "text/plain"


@pytest.mark.django_db
def test_the_installation_is_ready_while_the_database_answers(client: Client):
    with assert_query_budget(1):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_the_installation_is_not_ready_without_its_database(client: Client, monkeypatch):
    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"does not answer" in response.content
