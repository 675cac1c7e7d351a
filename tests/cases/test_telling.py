"""Every line of the logbook that this app writes can be read in words."""

import re

import pytest
from django.conf import settings

from cases.services.closing import close
from cases.services.opening import open_case
from organisation import sentences
from organisation.models import Event
from tests.factories import PolicyDomainFactory

VERB = re.compile(r'"((?:case|journal|agreement|routine)\.[a-z_]+)"')


def test_every_verb_has_a_sentence():
    services = (settings.BASE_DIR / "cases" / "services").glob("*.py")
    verbs = {verb for path in services for verb in VERB.findall(path.read_text())}
    assert len(verbs) > 20
    assert not {verb for verb in verbs if not sentences.is_known(verb)}


@pytest.mark.django_db
def test_a_result_is_told_in_words(cast):
    case = open_case(
        by=cast.caseworker, team=cast.income, subject="x", question="y", policy_domain=PolicyDomainFactory()
    )
    close(case=case, by=cast.caseworker, result="reached")
    event = Event.objects.about(case).first()
    assert "Caseworker" in sentences.sentence(event)
    assert "reached" not in sentences.sentence(event)
