"""Two windows at one draft, in any order of opening, typing and saving: nothing unseen is ever written over."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deviations.models import Deviation
from deviations.services import recording
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.kernel.ids import new_id
from organisation.models import Draft
from organisation.services import keeping_drafts

pytestmark = pytest.mark.django_db

STEPS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["open", "type", "save"])), max_size=14)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Window:
    """What one window knows: the text it shows, the version it read, and its own key."""

    shows: str
    read: object
    key: str = field(default_factory=lambda: str(new_id()))


@quick
@given(STEPS)
def test_a_draft_of_a_deviation(cast, draft, steps):
    pk = draft(why_here="0").pk
    windows = {name: Window("0", 1) for name in "ab"}
    for number, (name, what) in enumerate(steps, 1):
        stands, window, text = Deviation.objects.get(pk=pk), windows[name], str(number)
        if what == "open":
            windows[name] = Window(stands.why_here, stands.version)
            continue
        try:
            saved = recording.save_draft(
                deviation=stands, by=cast.caseworker, fields={"why_here": text},
                version=window.read, window=window.key, typing=what == "type",
            )  # fmt: skip
        except ChangedMeanwhile:
            saved = None
        assert bool(saved) == (stands.why_here == window.shows)
        if saved:
            windows[name] = Window(text, saved.version) if what == "save" else Window(text, window.read, window.key)


@quick
@given(STEPS)
def test_the_text_of_a_form_that_is_not_sent(cast, steps):
    key = f"cases:journal:{new_id()}"
    windows = {name: Window("", "") for name in "ab"}
    for number, (name, what) in enumerate(steps, 1):
        stands, window = Draft.of(cast.caseworker, key), windows[name]
        shown = stands.fields["text"][0] if stands else ""
        if what == "open":
            windows[name] = Window(shown, stands.revision if stands else "")
            continue
        typed = {"by": cast.caseworker, "key": key, "page": window.key, "after": window.read}
        try:
            keeping_drafts.keep(**typed, fields={"text": [str(number)]})
            kept = True
        except Refused:
            kept = False
        assert kept == (shown == window.shows)
        if kept:
            window.shows = str(number)
