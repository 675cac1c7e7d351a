"""The box for reasons beside a button: checked while somebody types, and what may stay can be ticked."""

import pytest
from django.urls import reverse

from deviations.services import withdrawing
from organisation.kernel.access import Refused
from organisation.models import Draft

pytestmark = pytest.mark.django_db


def test_a_doubt_about_reasons_can_be_ticked_and_then_it_is_done(cast, as_user, request_):
    deviation, client = request_(), as_user(cast.caseworker)
    assert 'data-doubt="reasons"' in client.get(deviation.get_absolute_url()).content.decode()
    url, said = reverse("deviations:withdraw", args=[deviation.pk]), {"reasons": "Mevrouw Jansen belde af."}
    answer = client.post(url, said)
    doubt = answer.context["withdraw_form"].fields["reasons"].doubt
    assert answer.status_code == 422
    assert f'name="{doubt.name}" value="{doubt.token}"' in answer.content.decode()
    assert client.post(url, said | {doubt.name: doubt.token}).status_code == 303
    deviation.refresh_from_db()
    assert deviation.state == "withdrawn"


@pytest.fixture
def box(cast, as_user, request_):
    """The page of a request as its author, the box for why it is withdrawn, and its draft."""
    deviation, client = request_(), as_user(cast.caseworker)
    client.raise_request_exception = False
    key = f"to:deviations:{deviation.pk}:withdraw"
    return client, deviation.get_absolute_url(), {"reasons": "It was settled otherwise.", "_draft": key}


def test_what_was_typed_in_a_box_comes_back_in_the_open_box(box):
    client, page, said = box
    client.post(f"/drafts/{said['_draft']}/", said)
    html = client.get(page).content.decode()
    assert said["reasons"] in html
    assert html.index('class="hr-confirm" open') < html.index(said["reasons"])


@pytest.mark.parametrize(("goes_wrong", "status"), [(Refused("Busy."), 409), (RuntimeError("broken"), 500)])
def test_what_could_not_be_taken_is_still_there(box, monkeypatch, goes_wrong, status):
    def fail(**_words):
        raise goes_wrong

    client, page, said = box
    monkeypatch.setattr(withdrawing, "withdraw", fail)
    answer = client.post(f"{page}withdraw/", said)
    assert answer.status_code == status
    assert status == 500 or said["reasons"] in answer.content.decode()
    assert said["reasons"] in client.get(page).content.decode()


def test_what_was_taken_is_no_draft_any_more(box):
    client, page, said = box
    assert client.post(f"{page}withdraw/", said).status_code == 303
    assert not Draft.objects.exists()


def test_a_citizen_service_number_is_not_kept_either(box):
    client, page, said = box
    assert client.post(f"{page}withdraw/", said | {"reasons": "Nummer 111222333"}).status_code == 422
    assert "reasons" not in Draft.objects.get().fields


def test_nobody_writes_in_the_draft_of_another(box, cast, as_user):
    client, page, said = box
    as_user(cast.stranger).post(f"{page}withdraw/", said)
    assert said["reasons"] not in client.get(page).content.decode()
