"""Every line of the logbook can be read: each verb that a service writes has a sentence."""

import re

import pytest
from django.conf import settings

from deviations.workflow import Action, SpaceAction
from organisation import sentences

APPS = ("organisation", "cases", "deviations", "learning", "accountability")
# A verb stands after `verb=`, possibly in a choice between two, or is a constant of the loader.
VERB = re.compile(r'"((?:[a-z_]+)\.(?:[a-z_]+))"')


def verbs_in(app):
    for path in (settings.BASE_DIR / app / "services").glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.search(r"\bverb ?= ?|CHANGED, CLOSED = |_move\(", line):
                yield from VERB.findall(line)


@pytest.mark.parametrize("app", APPS)
def test_every_verb_of_a_service_has_a_sentence(app):
    assert [verb for verb in sorted(set(verbs_in(app))) if not sentences.is_known(verb)] == []


@pytest.mark.parametrize("verb", [f"deviation.{a}" for a in Action] + [f"space.{a}" for a in SpaceAction])
def test_every_action_has_a_sentence(verb):
    assert sentences.is_known(verb)


def test_the_search_for_verbs_finds_what_is_there():
    assert {"case.opened", "case.held", "case.share_changed", "agreement.kept"} <= set(verbs_in("cases"))
    assert "reference.closed" in set(verbs_in("organisation"))
