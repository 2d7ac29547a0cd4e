from datetime import UTC, datetime

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from sreda.foundation import jobs
from sreda.foundation.jobs import UnknownJob, enqueue_on_commit, plan_schedules
from sreda.foundation.testing import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch):
    done = []
    monkeypatch.setitem(jobs._jobs, "test.note", lambda **kwargs: done.append(kwargs))
    return done


def test_a_job_runs_by_name_with_its_arguments(calls):
    enqueue_on_commit("test.note", uid="7")
    assert calls == []
    assert run_jobs() == 1
    assert calls == [{"uid": "7"}]


def test_a_job_of_a_rolled_back_change_never_runs(calls):
    def ask_then_fail():
        with transaction.atomic():
            enqueue_on_commit("test.note", uid="7")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_then_fail()
    assert run_jobs() == 0
    assert calls == []


def test_an_unknown_name_fails_at_once():
    with pytest.raises(UnknownJob):
        enqueue_on_commit("test.nobody")


def test_a_failing_job_is_asked_for_again_later_and_gives_up_after_three(monkeypatch):
    def fail() -> None:
        raise ConnectionError("away")

    monkeypatch.setitem(jobs._jobs, "test.fail", fail)
    jobs.run_job.call("test.fail", {}, 1)
    again = DBTaskResult.objects.get()
    assert again.args_kwargs["kwargs"] == {"name": "test.fail", "kwargs": {}, "attempt": 2}
    assert again.run_after > datetime.now(UTC)
    with pytest.raises(ConnectionError):
        jobs.run_job.call("test.fail", {}, 3)


def test_each_schedule_waits_once_in_the_queue_however_often_it_is_planned():
    plan_schedules()
    planned = DBTaskResult.objects.count()
    assert planned == len(jobs._schedules) > 1
    plan_schedules()
    assert DBTaskResult.objects.count() == planned


def test_a_scheduled_job_plans_its_next_run_even_when_it_fails(monkeypatch):
    schedule = jobs.Schedule(name="test.hourly", cron="5 * * * *")
    monkeypatch.setitem(jobs._schedules, "test.hourly", schedule)
    monkeypatch.setitem(jobs._jobs, "test.hourly", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.run_job.call("test.hourly", {}, 3)
    assert DBTaskResult.objects.get().run_after.minute == 5
