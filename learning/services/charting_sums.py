"""Specifications of two charts more: pairs of bars, and sums of money with what they could be."""

from collections.abc import Sequence

from .charting import BLUE, NARROW, ORANGE, Mark, Spec, bars, frame, hidden


def pairs(
    title: str, marks: Sequence[Mark], *, rows: Sequence[str], series: Sequence[str], axis: str, width: int
) -> Spec:
    """Two bars beside each other in every row, apart in colour and by the word behind them."""
    names = {"title": None, "labelLimit": 110 if width == NARROW else 230, "ticks": False, "domain": False}
    look = {"field": "series", "type": "nominal", "sort": list(series)}
    encoding: Spec = {
        "y": {"field": "label", "type": "nominal", "sort": list(rows), "axis": names | {"labelPadding": 8}},
        "yOffset": look,
        "x": {"field": "value", "type": "quantitative", "axis": {"title": axis, "tickCount": 4, "format": ",~f"}},
    }
    longest = max((mark.value or 0 for mark in marks), default=0) or 1
    encoding["x"]["scale"] = {"domainMin": 0, "domainMax": longest * 1.15}
    color = look | {"scale": {"domain": list(series), "range": [BLUE, ORANGE]}}
    return frame(
        title,
        marks,
        width,
        {
            "height": {"step": 22},
            "encoding": encoding,
            "layer": [
                {
                    "mark": {"type": "bar", "cornerRadiusEnd": 2},
                    "encoding": {"color": color, "description": {"field": "says", "type": "nominal"}},
                },
                {
                    "transform": [{"filter": "datum.value != null"}],
                    "mark": {"type": "text", "align": "left", "dx": 6, "aria": False},
                    "encoding": {"text": {"field": "text"}},
                },
                hidden(),
            ],
        },
    )


def sums(title: str, marks: Sequence[Mark], *, ends: Sequence[Sequence[float]], width: int) -> Spec:
    """Sums of money as a point between the ends of what they could be."""
    spec = bars(title, marks, axis="€", width=width, above=True)
    for value, (low, high) in zip(spec["data"]["values"], ends, strict=True):
        value |= {"low": low, "high": high}
    furthest = max((high for _low, high in ends), default=0) or 1
    spec["encoding"]["x"]["scale"]["domainMax"] = furthest * 1.05
    point, number, _hidden, name = spec["layer"]
    point["mark"] = {"type": "point", "filled": True, "size": 110, "opacity": 1, "color": BLUE}
    number["mark"] |= {"dy": -16, "dx": 0, "align": "center"}
    rule = {
        "mark": {"type": "rule", "strokeWidth": 3, "color": ORANGE, "aria": False},
        "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
    }
    return spec | {"layer": [rule, point, number, name]}
