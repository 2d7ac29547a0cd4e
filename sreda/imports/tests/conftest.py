import pytest

from sreda.access.facade import Role
from sreda.access.testing import make_actor
from sreda.imports.testing import forget_kind, register_kind
from sreda.imports.tests.sample_kind import PeopleKind
from sreda.organizations.testing import make_school


@pytest.fixture
def kind():
    """The sample kind, known to the flow for the length of a test."""
    sample = PeopleKind()
    register_kind(sample)
    yield sample
    forget_kind(sample.code)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.SREDA_MEDIA = tmp_path / "media"


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def admin(school):
    return make_actor(role=Role.SCHOOL_ADMIN, at=school, name="Зырянова Анна Павловна")
