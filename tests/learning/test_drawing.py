"""A chart on a page: every element with a role has a name, and nothing speaks English."""

import re
import threading

from config import celery
from learning.services import drawing
from learning.services.drawing import draw

SPEC = {
    "description": "Deviations by answer",
    "width": 200,
    "height": 100,
    "data": {"values": [{"answer": "Akkoord", "n": 4}]},
    "layer": [
        {"mark": "bar", "encoding": {"x": {"field": "n", "type": "quantitative"}, "y": {"field": "answer"}}},
        {
            "transform": [{"filter": "datum.n > 9"}],
            "mark": "rect",
            "encoding": {"x": {"field": "n", "type": "quantitative"}, "y": {"field": "answer"}},
        },
    ],
}


def test_a_layer_without_marks_claims_to_be_nothing():
    svg = draw(SPEC)
    assert re.search(r'<g class="mark-rect[^"]*"[^>]*(/>|></g>)', svg)
    assert not re.search(r'role="graphics-symbol"(/>|></g>)', svg)


def test_the_chart_is_named_by_its_description():
    assert 'aria-label="Deviations by answer"' in draw(SPEC)


def test_a_process_of_the_worker_draws_once_by_itself_and_does_not_wait_for_that(monkeypatch):
    drawn = threading.Event()
    monkeypatch.setattr(celery, "SECONDS_BEFORE_WARM_UP", 0)
    monkeypatch.setattr(drawing, "warm_up", drawn.set)
    celery.signals.worker_process_init.send(sender=None)
    assert drawn.wait(5)


def test_warming_up_draws():
    assert drawing.warm_up() is None
