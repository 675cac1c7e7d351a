"""Precedents as people get them: which, why, and never more than they may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deviations.models import Deviation, DeviationText
from deviations.services import deciding, recording, submitting
from deviations.services.finding_precedents import Subject, precedents
from deviations.workflow import Action
from organisation.models import AccessEvent
from tests.factories import CaseFactory, GroundFactory, LifeDomainFactory, RoutineFactory

pytestmark = pytest.mark.django_db

GAS = "De energie wordt afgesloten. Mevrouw Jansen heeft een baby."
TEXTS = ("if_followed", "instead", "why_here")
SECRET = "Een heel bijzonder verhaal over een papegaai."


@pytest.fixture
def domain(db):
    """A side of life."""
    return LifeDomainFactory(label_nl="Wonen", label_en="Wonen")


@pytest.fixture
def answered(cast, routine, domain):
    """`answered(instead=…)` is a deviation of the team that was answered; `by=stranger` is one of the other team."""

    def make(by=None, action=Action.AGREE, conditions="", confidentiality="team", reasons="", **fields) -> Deviation:
        author = by or cast.caseworker
        team = cast.youth if author == cast.stranger else cast.income
        case = CaseFactory(team=team, handler=author, confidentiality=confidentiality)
        written = {"routine": routine, "if_followed": "x", "why_here": "x", "life_domains": [domain], **fields}
        draft = recording.begin(case=case, by=author, fields={"instead": GAS, **written})
        sent = submitting.submit(deviation=draft, by=author)
        manager = cast.othermanager if team == cast.youth else cast.manager
        words = {"conditions": conditions, "reasons": reasons, "differs": "Anders."}
        deciding.decide(deviation=sent, action=action, by=manager, **words)
        return Deviation.objects.get(pk=sent.pk)

    return make


@pytest.fixture
def asked(draft, domain):
    """A draft of the caseworker about the same."""
    return draft(instead="Het gas gaat dicht, ik betaal de energie.", life_domains=[domain])


def found(subject: Deviation, reader) -> list:
    return list(precedents(Subject.of(subject), reader).found)


def test_a_comparable_one_is_told_with_its_answer_and_why(cast, answered, asked):
    earlier = answered(action=Action.AGREE_WITH_CONDITIONS, conditions="Alleen deze winter, bel 06-12345678.")
    (precedent,) = found(asked, cast.caseworker)
    assert (precedent.deviation, precedent.answer) == (earlier, "agreed_with_conditions")
    assert precedent.conditions == "Alleen deze winter, bel [telefoonnummer]."
    assert precedent.why[:2] == ["zelfde routine", "zelfde leefgebied: wonen"]
    assert precedent.why[2] == "lijkt op deze woorden: energie"


def test_what_points_at_a_person_is_replaced_in_the_piece_that_is_shown(cast, answered, asked):
    answered()
    (precedent,) = found(asked, cast.caseworker)
    assert "Jansen" not in precedent.fragment
    assert "[naam]" in precedent.fragment


def test_of_another_team_only_the_end_and_what_is_in_common_are_told(cast, as_user, answered, asked):
    other = GroundFactory(code="GEHEIM", weight="A")
    hidden = answered(by=cast.stranger, instead=SECRET, grounds=[other])
    (precedent,) = found(asked, cast.caseworker)
    assert (precedent.deviation, precedent.fragment, precedent.conditions) == (None, "", "")
    assert precedent.when.startswith("Kwartaal")
    page = as_user(cast.caseworker).get(reverse("deviations:precedents", args=[asked.pk])).content.decode()
    for secret in (hidden.number, str(hidden.pk), cast.stranger.name, "Jeugd", "papegaai", "GEHEIM"):
        assert secret not in page
    assert "zelfde leefgebied: wonen" in page.lower()


def test_a_case_for_named_people_is_hidden_from_the_team_too(cast, answered, asked):
    answered(by=cast.colleague, confidentiality="named", instead=SECRET)
    assert [each.deviation for each in found(asked, cast.caseworker)] == [None]


def test_typing_a_word_of_a_hidden_text_tells_nothing(cast, draft, domain, answered):
    answered(by=cast.stranger, instead=SECRET)
    asks, other = (draft(instead=text, life_domains=[domain]) for text in ("papegaai", "kanarie"))
    assert found(asks, cast.caseworker) == found(other, cast.caseworker)


def test_what_has_no_answer_is_no_precedent(cast, request_, draft, domain, asked):
    request_(life_domains=[domain])
    draft(life_domains=[domain])
    submitting.submit(deviation=draft(kind="considered", life_domains=[domain]), by=cast.caseworker)
    assert found(asked, cast.caseworker) == []


def test_the_routine_alone_is_not_enough_and_another_routine_needs_much_more(cast, answered, asked, domain):
    elsewhere = RoutineFactory(version__source_type="work_instruction")
    answered(instead="paspoort", life_domains=[])
    answered(routine=elsewhere, life_domains=[domain])
    twin = answered(routine=elsewhere, **{name: getattr(asked, name) for name in TEXTS})
    shown = found(asked, cast.caseworker)
    assert [each.deviation for each in shown] == [twin]
    assert shown[0].why[0] == "zelfde leefgebied: wonen"


def test_like_words_are_told_also_when_no_word_is_the_same(cast, answered, draft):
    answered(instead="Huurbetalingsachterstand", life_domains=[])
    asked = draft(instead="Huurachterstand", if_followed="", why_here="")
    assert [each.why for each in found(asked, cast.caseworker)] == [["zelfde routine", "lijkt in woorden"]]


def test_an_own_answer_is_no_precedent_for_itself(cast, answered):
    earlier = answered()
    assert found(earlier, cast.caseworker) == []


def test_an_answer_that_is_gone_is_no_longer_told(cast, answered, asked):
    """Whatever the index says, the deviation itself decides."""
    earlier = answered()
    row = DeviationText.objects.get(deviation=earlier)
    deciding.void(earlier)
    earlier.state, earlier.period, earlier.version = "draft", None, 9
    earlier.save()
    assert row.routine_id is not None
    assert found(asked, cast.caseworker) == []


def test_the_page_is_the_block_for_htmx_and_reading_is_logged(cast, as_user, answered, asked):
    earlier = answered()
    url = reverse("deviations:precedents", args=[asked.pk])
    whole = as_user(cast.caseworker).get(url)
    assert earlier.number in whole.content.decode()
    assert AccessEvent.objects.filter(way="search", target_id=earlier.pk).count() == 1
    part = as_user(cast.caseworker).get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert earlier.number in part
    assert as_user(cast.stranger).get(url).status_code == 404


def test_five_are_shown_and_the_rest_folds_out(cast, as_user, answered, asked):
    for _ in range(7):
        answered()
    shown = as_user(cast.caseworker).get(reverse("deviations:edit", args=[asked.pk])).context["precedents"]
    assert (len(shown.nearest), len(shown.further)) == (5, 2)


def test_while_typing_the_words_of_now_count(cast, as_user, answered, asked, routine, domain):
    answered()
    typed = {"case": str(asked.case.pk), "draft": str(asked.pk), "kind": "made", "routine": str(routine.pk)}
    live = as_user(cast.caseworker).post(
        reverse("deviations:may-i"), typed | {"instead": "De energie", "life_domains": [str(domain.pk)]}
    )
    assert live.context["precedents"].nearest[0].why[-1] == "lijkt op deze woorden: energie"


def test_the_number_of_questions_to_the_database_does_not_grow(cast, answered, asked):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            found(asked, cast.caseworker)
        return len(asked_for)

    answered()
    few = count()
    for _ in range(6):
        answered()
    assert count() == few <= 8
