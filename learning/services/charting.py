"""Specifications of charts (Vega-Lite), wide and narrow: only what is published goes in, with a sentence per mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import get_format

Spec = dict[str, Any]

WIDE, NARROW, FULL = 460, 330, 970
LETTER = 8  # pixels, about
INK, SUBTLE, GRID = "#0a2540", "#52647a", "#e3e8ee"
BLUE, ORANGE = "#154f8a", "#b8430a"
PALE, EMPTY = "#dbe8f5", "#f1f3f6"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing in a chart: where it stands, its value (None: hidden), what is written at it and what it says aloud."""

    label: str
    value: float | None
    text: str
    says: str
    series: str = ""


def _config(*, small: bool) -> Spec:
    size = 12 if small else 13
    return {
        "font": "Noto Sans",
        "locale": {
            "number": {
                "decimal": get_format("DECIMAL_SEPARATOR"), "thousands": get_format("THOUSAND_SEPARATOR"),
                "grouping": [3], "currency": ["€ ", ""],
            }
        },
        "view": {"stroke": None},
        "axis": {
            "aria": False, "labelColor": INK, "titleColor": SUBTLE, "labelFontSize": size, "titleFontSize": size,
            "titleFontWeight": "normal", "gridColor": GRID, "domainColor": SUBTLE, "tickColor": SUBTLE,
        },
        "legend": {
            "aria": False, "labelColor": INK, "labelFontSize": size, "labelLimit": 260, "orient": "top",
            "title": None, "symbolSize": 90, "offset": 8,
        },
        "text": {"color": INK, "fontSize": size},
    }  # fmt: skip


def frame(title: str, marks: Sequence[Mark], width: int, body: Spec) -> Spec:
    values = [{"label": m.label, "value": m.value, "text": m.text, "says": m.says, "series": m.series} for m in marks]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": title,
        "background": None,
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 4,
        "data": {"values": values},
        "config": _config(small=width == NARROW),
        **body,
    }


def line(
    title: str, marks: Sequence[Mark], *, months: Sequence[str], januaries: Sequence[str], axis: str, width: int
) -> Spec:
    """Series over months. They differ by colour, by dash and by the shape of their points; a hidden month is a gap."""
    series = list(dict.fromkeys(mark.series for mark in marks))
    told = {"field": "says", "type": "nominal"}
    look = {"field": "series", "type": "nominal", "sort": series}
    x = {
        "field": "label", "type": "ordinal", "sort": list(months),
        "axis": {
            "title": None, "labelAngle": 0, "labelOverlap": "greedy", "grid": False,
            # The year stands under the first month and under every January.
            "labelExpr": f"datum.index == 0 || indexof({list(januaries)!r}, datum.value) >= 0 "
            "? split(datum.value, ' ') : split(datum.value, ' ')[0]",
        },
    }  # fmt: skip
    y = {
        "field": "value",
        "type": "quantitative",
        "axis": {"title": axis, "tickCount": 5, "tickMinStep": 1, "format": ",~f"},
    }
    color = look | {"scale": {"domain": series, "range": [BLUE, ORANGE][: len(series)]}}
    dash = look | {"scale": {"domain": series, "range": [[1, 0], [5, 3]][: len(series)]}}
    shape = look | {"scale": {"domain": series, "range": ["circle", "diamond"][: len(series)]}}
    return frame(
        title,
        marks,
        width,
        {
            "height": 325 if width == WIDE else 210,
            "encoding": {"x": x},
            "layer": [
                {
                    "mark": {"type": "line", "strokeWidth": 2.5, "aria": False},
                    "encoding": {"y": y, "color": color, "strokeDash": dash},
                },
                {
                    "transform": [{"filter": "datum.value != null"}],
                    "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                    "encoding": {"y": y, "color": color, "shape": shape, "description": told},
                },
                {
                    "transform": [{"filter": "datum.value == null"}],
                    "mark": {"type": "text", "baseline": "bottom", "dy": -3, "fontSize": 11, "color": SUBTLE},
                    "encoding": {"y": {"datum": 0}, "text": {"field": "text"}, "description": told},
                },
            ],
        },
    )  # fmt: skip


def bars(title: str, marks: Sequence[Mark], *, axis: str, width: int, above: bool = False) -> Spec:
    """Bars with their number behind them. A hidden one has no length. Names stand above when they are long."""
    above = above or width == NARROW
    names = {"title": None, "labelLimit": 230, "ticks": False, "domain": False, "labelPadding": 8}
    encoding: Spec = {
        "y": {
            "field": "label", "type": "nominal", "sort": [mark.label for mark in marks],
            "axis": None if above else names,
            "scale": {"paddingInner": 0.58 if above else 0.35, "paddingOuter": 0.3},
        },
        "x": {
            "field": "value", "type": "quantitative",
            "axis": {"title": axis, "tickCount": 4, "format": ",~f"},
            "scale": {"domainMin": 0, "nice": True},
        },
    }  # fmt: skip
    longest = max((mark.value or 0 for mark in marks), default=0) or 1
    number = {
        "transform": [{"filter": "datum.value != null"}],
        "mark": {"type": "text", "align": "left", "dx": 6, "aria": False},
        "encoding": {"text": {"field": "text"}},
    }
    encoding["x"]["scale"]["domainMax"] = longest * 1.15
    bar = {
        "mark": {"type": "bar", "color": BLUE, "cornerRadiusEnd": 2},
        "encoding": {"description": {"field": "says", "type": "nominal"}},
    }
    name = {
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "dy": -11, "aria": False, "limit": width - 10},
        "encoding": {"x": {"value": 0}, "text": {"field": "label"}},
    }
    layers = [bar, number, hidden(), name] if above else [bar, number, hidden()]
    return frame(
        title, marks, width, {"height": {"step": 42 if above else 34}, "encoding": encoding, "layer": layers}
    )  # fmt: skip


def hidden() -> Spec:
    """What stands in the place of a bar that is not told. It says so aloud too: a bar without a value says nothing."""
    return {
        "transform": [{"filter": "datum.value == null"}, {"calculate": "0", "as": "at"}],
        "mark": {"type": "text", "align": "left", "dx": 6},
        "encoding": {
            "x": {"field": "at", "type": "quantitative"},
            "text": {"field": "text"},
            "description": {"field": "says", "type": "nominal"},
        },
    }


def heat(title: str, marks: Sequence[Mark], *, rows: Sequence[str], columns: Sequence[str], width: int) -> Spec:
    """Rows against columns; `label` is the row and `series` the column. The number stands in every cell."""
    highest = max((mark.value or 0 for mark in marks), default=0) or 1
    narrow = width == NARROW
    tilted = narrow or any(len(column) * LETTER > width * 0.6 / len(columns) for column in columns)
    top = {
        "title": None, "orient": "top", "labelAngle": -40 if tilted else 0, "labelLimit": 130, "ticks": False,
        "domain": False, "labelAlign": "left" if tilted else "center",
    }  # fmt: skip
    side = {"title": None, "labelLimit": 90 if narrow else 340, "ticks": False, "domain": False, "labelPadding": 8}
    told = {"field": "says", "type": "nominal"}
    ink = {"condition": {"test": f"datum.value > {highest * 0.5}", "value": "#ffffff"}, "value": INK}
    color = {
        "field": "value", "type": "quantitative", "legend": None,
        "scale": {"domain": [0, 1, highest], "range": ["#ffffff", PALE, BLUE], "interpolate": "lab"},
    }  # fmt: skip
    return frame(
        title,
        marks,
        width,
        {
            "height": {"step": 34},
            # The last tilted name leans out of the plot.
            "padding": {"left": 4, "top": 4, "bottom": 4, "right": 70 if tilted else 4},
            "encoding": {
                "y": {"field": "label", "type": "nominal", "sort": list(rows), "axis": side},
                "x": {"field": "series", "type": "nominal", "sort": list(columns), "axis": top},
            },
            "layer": [
                {
                    "transform": [{"filter": "datum.value != null"}],
                    "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 2},
                    "encoding": {"color": color, "description": told},
                },
                {
                    "transform": [{"filter": "datum.value == null"}],
                    "mark": {"type": "rect", "color": EMPTY, "stroke": SUBTLE, "strokeDash": [2, 2]},
                    "encoding": {"description": told},
                },
                {
                    "mark": {"type": "text", "aria": False, "fontSize": 10 if narrow else 12},
                    "encoding": {"text": {"field": "text"}, "color": ink},
                },
            ],
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """A share of a hundred with its interval, what was expected of it, and what is written and said of it."""

    label: str
    share: int | None
    low: int | None
    high: int | None
    expected: int | None
    text: str
    says: str


def ranges(title: str, marks: Sequence[Range], *, axis: str, width: int) -> Spec:
    """A dot with its interval, beside a stroke for what was expected; what they say together is written above."""
    names = ("label", "share", "low", "high", "expected", "text", "says")
    lowest = min((mark.low for mark in marks if mark.low is not None), default=0)
    told = {"description": {"field": "says", "type": "nominal"}}
    x = {
        "type": "quantitative",
        "axis": {"title": axis, "tickCount": 4, "format": "~f"},
        "scale": {"domain": [max(lowest // 10 * 10 - 10, 0), 100]},
    }
    above = {"type": "text", "align": "left", "baseline": "bottom", "aria": False, "limit": width - 10}
    spec = frame(title, (), width, {"height": {"step": 46}})
    spec["data"] = {"values": [{name: getattr(mark, name) for name in names} for mark in marks]}
    spec["encoding"] = {
        "y": {
            "field": "label", "type": "nominal", "sort": [mark.label for mark in marks], "axis": None,
            "scale": {"paddingOuter": 0.6},
        }
    }  # fmt: skip
    spec["layer"] = [
        {
            "transform": [{"filter": "datum.low != null"}],
            "mark": {"type": "rule", "strokeWidth": 3, "color": BLUE, "opacity": 0.45, "aria": False},
            "encoding": {"x": {"field": "low"} | x, "x2": {"field": "high"}},
        },
        {
            "transform": [{"filter": "datum.expected != null"}],
            "mark": {"type": "tick", "thickness": 3, "size": 20, "color": ORANGE, "aria": False},
            "encoding": {"x": {"field": "expected"} | x},
        },
        {
            "transform": [{"filter": "datum.share != null"}],
            "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1, "color": BLUE},
            "encoding": {"x": {"field": "share"} | x, **told},
        },
        {
            "transform": [{"calculate": "datum.label + ': ' + datum.text", "as": "words"}],
            "mark": above | {"dy": -9},
            "encoding": {"x": {"value": 0}, "text": {"field": "words"}},
        },
    ]
    return spec
