"""Internal control: decisions with ground, mandate, amount and what is missing, and nothing about the resident."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from accountability.services import controlling, freezing_dossiers
from deviations.models import Deviation
from organisation.models import AccessEvent

from .rounds import space_of, used

pytestmark = pytest.mark.django_db


@pytest.fixture
def decisions(cast):
    """Six uses of a space, frozen."""
    cast.income.name = "=SUM(A1)"
    cast.income.save()
    space = space_of(cast)
    made = [used(cast, space, days_ago=20 - number) for number in range(6)]
    freezing_dossiers.freeze_due()
    return made


def get(client, name: str, **query):
    return client.get(reverse(f"accountability:{name}"), query)


def numbers(response) -> list[str]:
    return [row.dossier.deviation.number for row in response.context["rows"]]


def test_it_tells_who_decided_and_nothing_about_the_resident(cast, decisions, as_user):
    page = get(as_user(cast.controller), "control-list")
    text = page.content.decode()
    assert len(numbers(page)) == 6
    assert cast.manager.name in text
    deviation = decisions[0].deviation
    for hidden in (deviation.why_here, deviation.case.number, deviation.case.question, cast.caseworker.name):
        assert hidden not in text, hidden


@pytest.mark.parametrize(("kind", "part"), [("csv", ""), ("ods", "content.xml"), ("xlsx", "xl/worksheets/sheet1.xml")])
def test_the_file_has_no_content_and_no_formula_and_is_logged(cast, decisions, as_user, kind, part):
    body = as_user(cast.controller).get(f"/accountability/control/{kind}/").content
    text = (zipfile.ZipFile(BytesIO(body)).read(part) if part else body).decode()
    assert decisions[0].deviation.number in text
    assert decisions[0].deviation.why_here not in text
    assert "'=SUM(A1)" in text
    assert AccessEvent.objects.filter(actor_id=cast.controller.pk, way="export").count() == 6


def test_a_sample_is_the_same_for_the_same_seed(cast, decisions, as_user):
    client = as_user(cast.controller)
    one, again, other = (numbers(get(client, "control-list", size=3, seed=seed)) for seed in ("a", "a", "b"))
    assert len(one) == 3
    assert one == again
    assert (
        len({tuple(one), tuple(other), *(tuple(numbers(get(client, "control-list", size=3, seed=n))) for n in "cd")})
        > 1
    )


def test_what_goes_beyond_the_law_stands_apart(cast, decisions, as_user):
    row = Deviation.objects.get(pk=decisions[2].deviation_id)
    row.lawfulness = "beyond_law"
    row.save()
    assert numbers(get(as_user(cast.controller), "control-list", law="beyond_law")) == [row.number]


def test_a_note_makes_the_dossier_complete(cast, decisions):
    deviation = decisions[0].deviation
    assert "letter" in _missing(deviation)
    freezing_dossiers.add_note(deviation=deviation, by=cast.caseworker, kind="letter", reference="2026/1")
    assert "letter" not in _missing(deviation)


def _missing(deviation) -> list[str]:
    from accountability.rules.dossier_items import items
    from accountability.services.reading_dossiers import later

    (row,) = controlling.decided().filter(deviation=deviation)
    row.content["text"]["source_type"] = "policy_rule"
    found = items(row.content, later(row.deviation, row.deviation.dossier_notes.all()))
    return [item.code for item in found if item.missing]
