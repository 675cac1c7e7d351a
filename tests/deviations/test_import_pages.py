"""The upload of a register in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from deviations.models import Deviation, RegisterImport
from deviations.services import importing_register
from organisation.models import Errand

from .test_import_register import HEADING, MADE, known, received  # noqa: F401

pytestmark = pytest.mark.usefixtures("known")


def upload(client, *lines, name="register.csv", **fields):
    file = SimpleUploadedFile(name, "\n".join((HEADING, *lines)).encode(), content_type="text/csv")
    return client.post(reverse("deviations:import-new"), {"file": file, **fields})


def test_a_register_travels_from_upload_to_figures(cast, as_user, run_errands):
    client = as_user(cast.policy)
    answer = upload(client, MADE)
    register = RegisterImport.objects.get()
    assert answer.status_code == 302
    assert "Wordt gecontroleerd" in client.get(register.get_absolute_url()).content.decode()

    run_errands()
    assert "Geen fouten gevonden" in client.get(register.get_absolute_url()).content.decode()

    client.post(reverse("deviations:import-start", args=[register.pk]))
    assert "0 van 1 rijen" in client.get(register.get_absolute_url()).content.decode()
    run_errands()
    assert "Het register is ingelezen" in client.get(register.get_absolute_url()).content.decode()
    assert Deviation.objects.counted().count() == 1


def test_errors_are_shown_with_line_and_column_and_as_csv(cast, as_user):
    client = as_user(cast.policy)
    register = received(MADE, MADE.replace("2026-03-02", "=1+1"))
    page = client.get(register.get_absolute_url()).content.decode()
    assert "Er is niets ingelezen" in page
    assert "=1+1" in page
    lines = b"".join(client.get(reverse("deviations:import-faults", args=[register.pk]))).decode().splitlines()
    assert lines[1].startswith("3;date;")


def test_a_register_with_errors_is_not_brought_in_by_a_forged_post(cast, as_user):
    register = received(MADE.replace("made", "x"))
    answer = as_user(cast.policy).post(reverse("deviations:import-start", args=[register.pk]))
    assert answer.status_code == 409


def test_a_second_press_on_the_button_changes_nothing(cast, as_user):
    register, client = received(MADE), as_user(cast.policy)
    start = reverse("deviations:import-start", args=[register.pk])
    assert client.post(start).status_code == 302
    assert client.post(start).status_code == 409
    assert Errand.objects.filter(task="deviations.tasks.bring_in_register").count() == 1


def test_a_register_that_was_not_brought_in_can_be_thrown_away(cast, as_user):
    register, client = received(MADE), as_user(cast.policy)
    assert client.post(reverse("deviations:import-discard", args=[register.pk])).status_code == 302
    assert not RegisterImport.objects.exists()


def test_one_that_runs_cannot(cast, as_user):
    register = received(MADE)
    importing_register.start(register=register, by=None)
    assert as_user(cast.policy).post(reverse("deviations:import-discard", args=[register.pk])).status_code == 409


@pytest.mark.parametrize("name", ["register.xlsx", "register.csv.exe", "register"])
def test_only_csv_is_taken(cast, as_user, name):
    assert upload(as_user(cast.policy), MADE, name=name).status_code == 422
    assert not RegisterImport.objects.exists()


def test_an_upload_without_a_file_says_so(cast, as_user):
    assert as_user(cast.policy).post(reverse("deviations:import-new"), {}).status_code == 422


def test_the_page_while_it_runs_asks_for_its_part_only(cast, as_user):
    register, client = received(MADE), as_user(cast.policy)
    importing_register.start(register=register, by=None)
    part = client.get(register.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.strip() in client.get(register.get_absolute_url()).content.decode()


@pytest.mark.parametrize("person", ["caseworker", "manager", "reporter", "privacy", "controller"])
def test_others_are_not_told_that_imports_exist(cast, as_user, person):
    register, client = received(MADE), as_user(getattr(cast, person))
    assert client.get(reverse("deviations:import-list")).status_code == 404
    assert client.get(register.get_absolute_url()).status_code == 404
    assert client.get(reverse("deviations:import-example")).status_code == 404
