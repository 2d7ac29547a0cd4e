"""From the file to the rows in the database: counts, corrections, loading."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sreda.access.facade import Role
from sreda.access.testing import make_actor
from sreda.audit.models import AuditEvent
from sreda.files.facade import StoredFile, open_file
from sreda.foundation import clock
from sreda.foundation.errors import DomainError, Forbidden, NotFound
from sreda.foundation.jobs import enqueue_on_commit
from sreda.foundation.testing import run_jobs
from sreda.imports.actions.applying import (
    AlreadyApplying,
    NothingReady,
    SomeRefused,
    apply_batch,
    apply_whole,
    begin_apply,
    start_apply,
)
from sreda.imports.actions.cleaning import remove_old_batches
from sreda.imports.actions.corrections import RowClosed, correct_row, decide_row
from sreda.imports.actions.reading import read_file, resume
from sreda.imports.actions.uploading import (
    ColumnsNotChosen,
    cancel_batch,
    choose_columns,
    make_batch,
    upload_batch,
)
from sreda.imports.calculations.rows import Applied, Decision
from sreda.imports.facade import erase_person, export_person
from sreda.imports.models import Batch, BatchKey, BatchRow, RowState, State
from sreda.imports.queries.batches import counts_of, earlier_loading, open_batch
from sreda.imports.testing import Table, import_table, make_read_batch, said_of
from sreda.imports.tests.sample_kind import HEADER, line
from sreda.organizations.testing import make_school
from sreda.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def people_in(kind, admin):
    """Read a table of the sample kind."""

    def read(*rows, header=HEADER):
        return make_read_batch(kind=kind, actor=admin, table=[header, *rows])

    return read


@pytest.fixture
def correct(admin, now):
    def change(batch, number, **values):
        return correct_row(actor=admin, batch=batch, number=number, values=values, now=now)

    return change


@pytest.fixture
def decide(admin, now):
    def answer(batch, number, decision):
        return decide_row(actor=admin, batch=batch, number=number, decision=decision, now=now)

    return answer


@pytest.fixture
def load(admin, now):
    def run(batch):
        begin_apply(actor=admin, batch_uid=batch.uid, now=now)
        return apply_batch(actor=admin, batch_uid=batch.uid, now=now)

    return run


def state_of(batch, number):
    return BatchRow.objects.get(batch=batch, number=number).state


def batches_loaded():
    return Person.objects.filter(first_name="-")


def test_ready_rows_are_counted_and_not_stored(people_in):
    batch = people_in(line(1), line(2))
    assert batch.state == State.CHECKED
    assert (batch.total_rows, batch.clean_rows, batch.clean_new) == (2, 2, 2)
    assert not BatchRow.objects.filter(batch=batch).exists()


def test_every_problem_names_row_and_cell(people_in):
    batch = people_in(line(1), line(2, born="31.02.2013"), ["", "12.03.2012", "1", ""])
    assert said_of(batch) == {
        3: [("born", "Нет такого дня: 31.02.2013")],
        4: [("name", "Впишите ФИО"), ("snils", "Нужно 11 цифр")],
    }
    counts = counts_of(batch)
    assert (counts.total, counts.ready, counts.wrong, counts.held_back) == (3, 1, 2, 2)


def test_what_is_put_right_is_ready_and_said(people_in):
    batch = people_in(line(1, name="мехоношин егор"))
    assert state_of(batch, 2) == RowState.FIXED
    assert counts_of(batch).ready == 1
    assert counts_of(batch).fixed == 1


def test_a_repeat_in_the_file_is_an_error_at_the_later_row(people_in):
    batch = people_in(line(1), line(2), line(1))
    assert said_of(batch) == {4: [("snils", "Повтор строки 2: совпадает СНИЛС")]}


def test_a_corrected_repeat_is_ready_and_counts_follow(people_in, correct):
    batch = people_in(line(1), line(2), line(1))
    assert correct(batch, 4, snils="10000000099") == [4]
    assert state_of(batch, 4) == RowState.READY
    assert counts_of(batch).ready == 3


def test_a_row_corrected_into_anothers_key_becomes_the_repeat(people_in, correct):
    batch = people_in(line(1, born="31.02.2013"), line(2))
    correct(batch, 2, born="12.03.2012", snils="10000000002")
    assert said_of(batch) == {2: [("snils", "Повтор строки 3: совпадает СНИЛС")]}


def test_rows_that_waited_for_a_key_are_freed_with_it(people_in, correct, decide):
    batch = people_in(line(1, born="31.02.2013"), line(1), line(1))
    assert [row.holder for row in BatchRow.objects.order_by("number")] == [None, 2, 2]
    assert decide(batch, 2, Decision.SKIP) == [2, 3, 4]
    assert state_of(batch, 3) == RowState.READY
    assert said_of(batch)[4] == [("snils", "Повтор строки 3: совпадает СНИЛС")]
    assert decide(batch, 2, None) == [2]
    assert said_of(batch)[2][-1] == ("snils", "Повтор строки 3: совпадает СНИЛС")
    assert correct(batch, 3, snils="10000000055") == [3, 2, 4]
    assert said_of(batch)[2] == [("born", "Нет такого дня: 31.02.2013")]
    assert said_of(batch)[4] == [("snils", "Повтор строки 2: совпадает СНИЛС")]


def test_a_formula_waits_for_a_confirmation_and_is_loaded_as_text(people_in, decide, load):
    formula = '=HYPERLINK("http://example.org","x")'
    batch = people_in([formula, "12.03.2012", "10000000001", ""])
    assert state_of(batch, 2) == RowState.CONFIRM
    decide(batch, 2, Decision.CONFIRM)
    assert state_of(batch, 2) == RowState.READY
    decide(batch, 2, None)
    assert state_of(batch, 2) == RowState.CONFIRM
    decide(batch, 2, Decision.CONFIRM)
    assert load(batch) == Applied(created=1)
    assert batches_loaded().get().last_name == formula


def test_a_confirmation_is_asked_again_after_a_correction(people_in, decide, correct):
    batch = people_in(["=1+1", "12.03.2012", "10000000001", ""])
    decide(batch, 2, Decision.CONFIRM)
    correct(batch, 2, name="=2+2")
    assert state_of(batch, 2) == RowState.CONFIRM
    correct(batch, 2, name="Гилёв Лев")
    assert state_of(batch, 2) == RowState.READY


def test_a_ragged_row_waits_until_it_is_confirmed_or_corrected(people_in, decide, correct):
    batch = people_in(line(1)[:3], line(2)[:3])
    assert [state_of(batch, number) for number in (2, 3)] == [RowState.CONFIRM] * 2
    decide(batch, 2, Decision.CONFIRM)
    correct(batch, 3, name="Гилёв Лев")
    assert [state_of(batch, number) for number in (2, 3)] == [RowState.READY] * 2


def test_unreadable_letters_are_one_error_and_not_two(kind, admin):
    good = "\n".join(";".join(line(n)) for n in range(2, 30))
    content = f"{';'.join(HEADER)}\n".encode() + b"\xd0;12.03.2012;10000000001;\n" + good.encode()
    batch = make_read_batch(kind=kind, actor=admin, table=Table(content))
    assert [column for column, _text in said_of(batch)[2]] == ["name"]
    assert counts_of(batch).wrong == 1


def test_a_double_is_answered_by_updating_or_by_loading_apart(people_in, decide, load):
    load(people_in(line(1, name="Казаринова Ева"), line(2, name="Лунегова Яна")))
    again = [line(1, name="Казаринова Ева"), line(2, name="Лунегова Яна")]
    again[0][2], again[1][2] = "10000000091", "10000000092"
    batch = people_in(*again)
    assert counts_of(batch).doubles == 2
    with pytest.raises(RowClosed):
        decide(batch, 2, Decision.CONFIRM)
    decide(batch, 2, Decision.UPDATE)
    decide(batch, 3, Decision.SEPARATE)
    assert load(batch) == Applied(created=1, changed=1)
    assert batches_loaded().count() == 3


def test_ready_rows_are_loaded_and_wrong_ones_stay_to_be_corrected(people_in, correct, load):
    batch = people_in(line(1), line(2, born="31.02.2013"), line(3, name="мехоношин егор"))
    assert load(batch) == Applied(created=2)
    batch.refresh_from_db()
    assert batch.state == State.APPLIED
    assert counts_of(batch).ready == 0
    assert counts_of(batch).wrong == 1
    correct(batch, 3, born="28.02.2013")
    assert load(batch) == Applied(created=1)
    batch.refresh_from_db()
    assert batch.created_count == 3
    assert batches_loaded().count() == 3


def test_the_same_file_again_doubles_nothing_and_says_when(kind, admin, now):
    rows = [HEADER, line(1), line(2, name="мехоношин егор")]
    import_table(kind=kind, actor=admin, table=rows, now=now)
    again, applied = import_table(kind=kind, actor=admin, table=rows, now=now)
    assert applied == Applied(same=2)
    assert batches_loaded().count() == 2
    assert earlier_loading(again) == now


def test_a_row_that_became_wrong_meanwhile_stays_and_the_rest_is_loaded(people_in, load):
    batch = people_in(line(1), line(2))
    load(people_in(line(1), header=HEADER))
    twin = line(2)
    twin[2] = "10000000777"
    load(people_in(twin))
    assert load(batch) == Applied(same=1)
    assert counts_of(batch).doubles == 1
    assert state_of(batch, 3) == RowState.DOUBLE


def test_nothing_is_half_loaded_when_writing_breaks(people_in, kind, admin, now, monkeypatch):
    batch = people_in(*(line(n) for n in range(1, 1500)))
    chunks = []
    write = type(kind).apply

    def break_at_second(self, actor, rows, mark, moment):
        chunks.append(len(rows))
        if len(chunks) == 2:
            raise RuntimeError("the disk is full")
        return write(self, actor, rows, mark, moment)

    monkeypatch.setattr(type(kind), "apply", break_at_second)
    start_apply(actor=admin, batch=batch, now=now)
    run_jobs()
    batch.refresh_from_db()
    assert chunks == [1000, 499]
    assert not batches_loaded().exists()
    assert batch.state == State.CHECKED
    assert "Не загружена ни одна строка" in batch.trouble
    monkeypatch.undo()
    start_apply(actor=admin, batch=batch, now=now)
    run_jobs()
    assert batches_loaded().count() == 1499


def test_the_second_of_two_people_is_told_who_was_first(people_in, admin, school, now):
    batch = people_in(line(1))
    colleague = make_actor(role=Role.SCHOOL_ADMIN, at=school, name="Гилёв Глеб Олегович")
    start_apply(actor=admin, batch=batch, now=now)
    with pytest.raises(AlreadyApplying, match="Анна Зырянова"):
        start_apply(actor=colleague, batch=batch, now=now)
    run_jobs()
    with pytest.raises(NothingReady, match="уже загружены"):
        start_apply(actor=colleague, batch=batch, now=now)
    assert batches_loaded().count() == 1


def test_the_loading_job_may_run_twice(people_in, admin, now):
    batch = people_in(line(1))
    start_apply(actor=admin, batch=batch, now=now)
    enqueue_on_commit("imports.apply_batch", uid=str(batch.uid))
    assert run_jobs() == 2
    batch.refresh_from_db()
    assert batch.created_count == 1
    assert batches_loaded().count() == 1


def test_a_batch_without_ready_rows_cannot_be_loaded(people_in, admin, now):
    batch = people_in(line(1, born="31.02.2013"))
    with pytest.raises(NothingReady, match="Готовых строк нет"):
        start_apply(actor=admin, batch=batch, now=now)


def test_all_or_nothing_writes_nothing_when_one_row_is_wrong(people_in, admin, now):
    batch = people_in(line(1), line(2, born="31.02.2013"))
    with pytest.raises(SomeRefused):
        apply_whole(actor=admin, batch=batch, now=now)
    assert not batches_loaded().exists()
    assert apply_whole(actor=admin, batch=people_in(line(3)), now=now) == Applied(created=1)


def test_a_missing_column_is_chosen_by_hand(people_in, admin, now):
    header = ["Кто такой", "Дата рождения", "СНИЛС", "Кто"]
    batch = people_in(line(1), header=header)
    assert batch.state == State.MAPPING
    assert batch.first_rows == [line(1)]
    places = {"name": 0, "born": 1, "snils": 2}
    with pytest.raises(ColumnsNotChosen, match="ФИО"):
        choose_columns(actor=admin, batch=batch, places={"born": 1, "snils": 2}, now=now)
    with pytest.raises(ColumnsNotChosen, match="дважды"):
        choose_columns(actor=admin, batch=batch, places={**places, "name": 1}, now=now)
    with pytest.raises(ColumnsNotChosen, match="нет"):
        choose_columns(actor=admin, batch=batch, places={**places, "name": 9}, now=now)
    choose_columns(actor=admin, batch=batch, places=places, now=now)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.clean_rows) == (State.CHECKED, 1)


def test_columns_may_be_chosen_anew_until_something_is_loaded(people_in, admin, load, now):
    batch = people_in(line(1, born="31.02.2013"), line(2))
    choose_columns(actor=admin, batch=batch, places={"name": 0, "born": 1, "snils": 2}, now=now)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.total_rows, counts_of(batch).wrong) == (2, 1)
    load(batch)
    with pytest.raises(DomainError, match="Столбцы уже не выбрать"):
        choose_columns(actor=admin, batch=batch, places=batch.places, now=now)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (Table(b""), "Файл пуст"),
        (Table(";".join(HEADER).encode()), "только заголовки"),
        (Table(b"PK\x03\x04nonsense", "x.xlsx"), "повреждён"),
        (Table(b"<html><table>", "x.xls"), "веб-страница"),
        (Table(f'{";".join(HEADER)}\n"{"x" * 200_000}'.encode()), "Строка 2: ячейка не кончается"),
    ],
)
def test_a_file_that_is_no_table_is_told_in_words(kind, admin, table, words):
    batch = make_read_batch(kind=kind, actor=admin, table=table)
    assert batch.state == State.FAILED
    assert words in batch.trouble
    assert counts_of(batch).total == 0


def test_zero_bytes_anywhere_reach_no_column_of_the_database(kind, admin):
    header = "ФИО\0;Дата рождения;СНИЛС;К\0то;\0\0x\0"
    content = f"{header}\n\0Боталов\0;1\0.2.2013;10000000001;\0;\0\n=1\0;\0;\0;\0;x\0\n"
    content += "".join(";".join([*line(n), "x"]) + "\n" for n in range(2, 20))
    batch = make_read_batch(kind=kind, actor=admin, table=Table(content.encode(), "a\0b.csv"))
    assert batch.state == State.CHECKED
    stored = list(BatchRow.objects.values_list("values", "problems", "title"))
    assert "\0" not in repr([stored, batch.shape, batch.first_rows, batch.file_name])
    assert "\\x00" not in repr([stored, batch.shape, batch.first_rows, batch.file_name])
    assert BatchRow.objects.filter(state=RowState.FIXED).count() == 1


def test_a_failure_in_the_middle_of_the_file_leaves_no_rows(kind, admin):
    rows = "\n".join(";".join(line(n, born="31.02.2013")) for n in range(1, 1300))
    content = f'{";".join(HEADER)}\n{rows}\n"{"x" * 200_000}'
    batch = make_read_batch(kind=kind, actor=admin, table=Table(content.encode()))
    assert batch.state == State.FAILED
    assert not BatchRow.objects.exists()
    assert not BatchKey.objects.exists()


def test_uploading_reads_the_file_in_a_job_that_may_run_twice(kind, admin, now):
    batch = upload_batch(actor=admin, kind=kind, upload=Table.of([HEADER, line(1)]), now=now)
    assert batch.state == State.UPLOADED
    run_jobs()
    read_file(uid=str(batch.uid), now=now)
    batch.refresh_from_db()
    assert (batch.state, batch.total_rows) == (State.CHECKED, 1)


def test_a_failure_of_ours_while_reading_is_told(kind, admin, now, monkeypatch):
    def break_down(self, actor, rows):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(type(kind), "check", break_down)
    batch = upload_batch(actor=admin, kind=kind, upload=Table.of([HEADER, line(1)]), now=now)
    run_jobs()
    batch.refresh_from_db()
    assert batch.state == State.FAILED
    assert "на нашей стороне" in batch.trouble


def test_a_batch_whose_worker_was_switched_off_goes_on(kind, admin, now):
    batch = make_batch(actor=admin, kind=kind, upload=Table.of([HEADER, line(1)]), now=now)
    Batch.objects.update(state=State.CHECKING, shape={}, places={})
    Batch.objects.update(state=State.READING)
    assert resume(now=now) == 0
    assert resume(now=now + timedelta(hours=1)) == 1
    run_jobs()
    batch.refresh_from_db()
    assert batch.state == State.CHECKED


def test_canceling_leaves_nothing_and_is_refused_after_loading(people_in, admin, load, now):
    batch = people_in(line(1, born="31.02.2013"), line(2))
    cancel_batch(actor=admin, batch=batch, now=now)
    assert not BatchRow.objects.exists()
    with pytest.raises(DomainError, match="уже отменена"):
        cancel_batch(actor=admin, batch=batch, now=now)
    with pytest.raises(DomainError, match="надо прочитать"):
        start_apply(actor=admin, batch=batch, now=now)
    other = people_in(line(3))
    load(other)
    with pytest.raises(DomainError, match="Отменить нельзя"):
        cancel_batch(actor=admin, batch=other, now=now)


def test_a_cancel_stops_the_job_at_its_next_chunk(kind, admin, now, monkeypatch):
    batch = make_batch(
        actor=admin, kind=kind, upload=Table.of([HEADER, *(line(n) for n in range(2500))]), now=now
    )
    seen = []
    check = type(kind).check

    def cancel_at_first(self, actor, rows):
        seen.append(len(rows))
        Batch.objects.update(state=State.CANCELED)
        return check(self, actor, rows)

    monkeypatch.setattr(type(kind), "check", cancel_at_first)
    read_file(uid=str(batch.uid), now=now)
    assert seen == [1000]


def test_loaded_and_ready_rows_are_closed_for_corrections(people_in, correct, decide, load):
    batch = people_in(line(1), line(2, name="мехоношин егор"))
    with pytest.raises(NotFound):
        correct(batch, 2, name="x")
    with pytest.raises(NotFound):
        decide(batch, 999, Decision.SKIP)
    load(batch)
    with pytest.raises(RowClosed, match="уже загружена"):
        correct(batch, 3, name="x")


def test_unknown_cells_are_left_out_of_a_correction(people_in, correct):
    batch = people_in(line(1, born="31.02.2013"))
    correct(batch, 2, born="28.02.2013", password="x", who="Ученик")
    assert set(BatchRow.objects.get().values) == {"name", "born", "snils", "who"}


def test_only_who_may_load_there_touches_a_batch(people_in, school, admin, now):
    batch = people_in(line(1), line(2, born="31.02.2013"))
    colleague = make_actor(role=Role.SCHOOL_ADMIN, at=school, name="Гилёв Глеб Олегович")
    stranger = make_actor(role=Role.SCHOOL_ADMIN, at=make_school(), name="Лунегова Яна Олеговна")
    teacher = make_actor(role=Role.TEACHER, at=school, name="Вшивкова Алина Олеговна")
    assert open_batch(actor=colleague, uid=batch.uid) == batch
    for actor in (stranger, teacher):
        with pytest.raises(NotFound):
            open_batch(actor=actor, uid=batch.uid)
        with pytest.raises(Forbidden):
            correct_row(actor=actor, batch=batch, number=3, values={"born": "1"}, now=now)
        with pytest.raises(Forbidden):
            decide_row(actor=actor, batch=batch, number=3, decision=Decision.SKIP, now=now)
        with pytest.raises(Forbidden):
            start_apply(actor=actor, batch=batch, now=now)
        with pytest.raises(Forbidden):
            choose_columns(actor=actor, batch=batch, places=batch.places, now=now)
        with pytest.raises(Forbidden):
            cancel_batch(actor=actor, batch=batch, now=now)
    correct_row(actor=colleague, batch=batch, number=3, values={"born": "01.02.2013"}, now=now)
    cancel_batch(actor=colleague, batch=batch, now=now)


def test_only_who_may_load_a_kind_uploads_it(kind, school, now):
    teacher = make_actor(role=Role.TEACHER, at=school)
    with pytest.raises(Forbidden):
        upload_batch(actor=teacher, kind=kind, upload=Table.of([HEADER, line(1)]), now=now)
    assert not StoredFile.objects.exists()


def test_every_deed_is_in_the_trail_and_loading_is_one_event(people_in, correct, decide, load):
    batch = people_in(line(1), line(2), line(3, born="31.02.2013"), line(4, born="x"))
    correct(batch, 4, born="28.02.2013")
    decide(batch, 5, Decision.SKIP)
    load(batch)
    events = AuditEvent.objects.filter(target_uid=batch.uid).order_by("id")
    assert [event.event for event in events] == [
        "imports.batch.upload",
        "imports.batch.correct",
        "imports.batch.correct",
        "imports.batch.apply",
    ]
    assert events[3].change["file_sha256"] == ["", batch.file_sha256]
    assert events[3].change["created_count"] == ["", "3"]
    assert "28.02.2013" not in str(events[1].change)


def test_a_batch_and_its_file_go_thirty_days_after_the_last_touch(people_in, now):
    batch = people_in(line(1, born="31.02.2013"))
    path = open_file(batch.file)
    assert remove_old_batches(now=now + timedelta(days=29)) == 0
    assert path.exists()
    assert remove_old_batches(now=now + timedelta(days=31)) == 1
    assert not Batch.objects.exists()
    assert not BatchRow.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_a_person_loaded_is_exported_and_forgotten(people_in, admin):
    batch = people_in(line(1))
    exported = export_person(admin.person_id)
    assert exported[0][0] == "Batch"
    assert "table.csv" in exported[0][1].values()
    erase_person(admin.person_id)
    assert export_person(admin.person_id) == []
    batch.refresh_from_db()
    assert batch.maker_account_id is None


def test_checking_a_chunk_asks_as_often_for_one_row_as_for_many(kind, admin, now):
    def questions(rows):
        with CaptureQueriesContext(connection) as asked:
            make_read_batch(kind=kind, actor=admin, table=[HEADER, *rows], now=now)
        return [q["sql"] for q in asked.captured_queries if q["sql"].startswith("SELECT")]

    few = questions([line(0, born="31.02.2013")])
    many = questions([line(n, born="x") for n in range(1, 400)])
    assert len(many) == len(few)
