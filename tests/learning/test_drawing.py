"""A chart on a page: every element with a role has a name, and nothing speaks English."""

import re

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
