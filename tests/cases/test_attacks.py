"""What somebody with bad intentions, or a long story, types and sends."""

import pytest
from django.urls import reverse

from cases.models import Case
from cases.services import journalling
from organisation.kernel.ids import new_id
from tests.factories import CaseFactory

from .test_pages import entry, typed, url

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
BSN = "123456782"  # passes the eleven-test


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


def test_tags_are_shown_as_text_everywhere(cast, case, as_user):
    client = as_user(cast.caseworker)
    client.post(reverse("cases:new"), typed(cast, subject=SCRIPT, question=SCRIPT, needed=SCRIPT))
    made = Case.objects.get(subject=SCRIPT)
    client.post(url("write", made), entry(text=SCRIPT))
    client.post(url("agree", made), {"what": SCRIPT, "party": "partner", "due_on": "2030-01-01"})
    pages = [made.get_absolute_url(), reverse("cases:list"), url("edit", made), url("close", made)]
    pages += [reverse("cases:block-mine"), reverse("cases:search-block") + "?q=%3Cscript%3E"]
    for page in pages:
        body = client.get(page).content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
    assert "&lt;script&gt;" in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize("field", ["subject", "question", "needed"])
def test_a_citizen_service_number_is_never_saved(cast, as_user, field):
    answer = as_user(cast.caseworker).post(reverse("cases:new"), typed(cast, **{field: f"His number is {BSN}"}))
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_it_is_checked_in_every_other_free_text_too(cast, case, as_user):
    client, told = as_user(cast.caseworker), f"bsn {BSN}"
    written = journalling.write_entry(case=case, by=cast.caseworker, text="Called.")
    for name, data, more in (
        ("write", entry(text=told), {}),
        ("change-entry", entry(text=told, seen=written.fingerprint), {"entry": written.pk}),
        ("addendum", {"text": told}, {"entry": written.pk}),
        ("agree", {"what": told, "party": "partner", "due_on": "2030-01-01"}, {}),
        ("hold", {"reason": told}, {}),
        ("close", {"result": "not", "remark": told}, {}),
        ("edit", typed(cast, needed=told, version=1), {}),
        ("hand-over", {"to": cast.colleague.memberships.get().pk, "reason": told}, {}),
        ("share", {"to": f"user:{cast.stranger.pk}", "work": "read", "reason": told, "last_day": "2026-12-01"}, {}),
    ):
        answer = client.post(url(name, case, **more), data)
        assert answer.status_code == 422, name
    assert BSN not in "".join(str(row) for row in Case.history.values())


def test_what_may_point_to_a_person_is_asked_about_and_may_stay(cast, as_user):
    client, told = as_user(cast.caseworker), typed(cast, question="Mail me at jan@example.nl")
    asked = client.post(reverse("cases:new"), told)
    assert asked.status_code == 422
    doubt = asked.context["form"].fields["question"].doubt
    assert client.post(reverse("cases:new"), told | {doubt.name: doubt.token}).status_code == 303


@pytest.mark.parametrize(("length", "status"), [(10_000, 303), (10_001, 422)])
def test_ten_thousand_characters_fit_and_one_more_does_not(cast, case, as_user, length, status):
    answer = as_user(cast.caseworker).post(url("write", case), entry(text="x" * length))
    assert answer.status_code == status
    if status == 303:
        assert "x" * length in as_user(cast.caseworker).get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize("key", ["nonsense", "", "0" * 36])
def test_a_forged_key_breaks_nothing(cast, case, as_user, key):
    answer = as_user(cast.caseworker).post(url("write", case), entry(key=key))
    assert answer.status_code in (303, 422)


def test_the_key_of_somebody_elses_entry_overwrites_nothing(cast, case, as_user):
    other = CaseFactory(team=cast.youth, handler=cast.stranger)
    theirs = journalling.write_entry(case=other, by=cast.stranger, text="Theirs")
    as_user(cast.caseworker).post(url("write", case), entry(key=theirs.pk))
    theirs.refresh_from_db()
    assert (theirs.text, theirs.case) == ("Theirs", other)
    assert case.journal.get().pk != theirs.pk


@pytest.mark.parametrize("name", ["case", "edit", "share", "hold", "close", "reopen", "hand-over"])
def test_made_up_ids_and_ids_of_others_look_the_same(cast, case, as_user, name):
    client = as_user(cast.stranger)
    real = client.get(url(name, case))
    made_up = client.get(reverse(f"cases:{name}", kwargs={"pk": new_id()}))
    assert (real.status_code, made_up.status_code) == (404, 404)


def test_to_whom_it_is_shared_is_chosen_from_the_list_only(cast, case, as_user):
    client = as_user(cast.caseworker)
    for to in ("user:x", "team:x", f"user:{new_id()}", f"user:{cast.policy.pk}", "", f"team:{cast.stranger.pk}"):
        answer = client.post(url("share", case), {"to": to, "work": "work", "reason": "x", "last_day": "2026-12-01"})
        assert answer.status_code == 422, to
