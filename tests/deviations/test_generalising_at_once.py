"""One form that answers many requests, sent ten times at the same moment: one space, and each request once."""

import pytest

from deviations.models import Decision, DiscretionarySpace, GeneralAnswer
from deviations.services import generalising, recording, submitting
from deviations.services.generalising import Wish
from deviations.workflow import Action
from organisation.kernel.ids import new_id
from organisation.models import User

from .conftest import WORDS
from .test_concurrency import at_once

TIMES = 10

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


def test_one_answer_to_many_sent_ten_times_at_once_makes_one_space(cast, case, routine):
    drafts = [recording.begin(case=case, by=cast.caseworker, fields={"routine": routine, **WORDS}) for _n in range(3)]
    asked = [submitting.submit(deviation=drafted, by=cast.caseworker) for drafted in drafts]
    space = {"name": "x", "purpose": "x", "valid_until": "2099-12-31", "routines": [routine]}
    key, read = new_id(), {deviation.pk: deviation.version for deviation in asked}

    def send() -> str:
        wish = Wish(Action.AGREE, cast.income, space, [cast.caseworker], whole_team=False, grant=True)
        made = generalising.generalise(key=key, requests=read, wish=wish, by=User.objects.get(pk=cast.manager.pk))
        return str(made.pk)

    assert at_once([send] * TIMES) == {str(key): TIMES}
    assert DiscretionarySpace.objects.count() == 1
    assert Decision.objects.count() == len(asked)
    assert set(GeneralAnswer.objects.values_list("result", flat=True)) == {"agreed"}
