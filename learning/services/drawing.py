"""Drawing charts: asked for by a page, drawn by a worker, kept under the digest of all that is in them."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from xml.sax.saxutils import quoteattr

import structlog
import vl_convert
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from learning.models import Chart
from organisation.models import Errand

from .charting import Spec

log = structlog.get_logger(__name__)

VERSION = "6.1"  # of Vega-Lite; part of the digest, so that a newer one draws anew
ATTEMPTS = 3
TASK = "learning.tasks.draw_charts"
ASK_AGAIN = timedelta(minutes=1)
KEEP_FRESH = timedelta(days=1)
_EMPTY = re.compile(r' role="graphics-symbol"(/>|></g>)')  # a layer without marks has no name to give
_ROLES = re.compile(r' aria-roledescription="[^"]*"')


def digest(spec: Spec) -> str:
    """The name of a drawing: the same figures and words, the same name."""
    return hashlib.sha256((VERSION + json.dumps(spec, sort_keys=True)).encode()).hexdigest()


def ready(specs: Iterable[Spec]) -> dict[str, str]:
    """The drawings of these charts that are there, by digest; the others are asked for. One question to the database.

    Nothing is drawn here: the first drawing of a process takes a second, and a page does not wait for that.
    """
    wanted = {digest(spec): spec for spec in specs}
    now = timezone.now()
    found = {chart.pk: chart for chart in Chart.objects.filter(pk__in=wanted).defer("spec")}
    missing = [Chart(digest=name, spec=spec) for name, spec in wanted.items() if name not in found]
    waiting = [c.pk for c in found.values() if not c.svg and c.attempts < ATTEMPTS and c.asked_at < now - ASK_AGAIN]
    old = [c.pk for c in found.values() if c.svg and c.asked_at < now - KEEP_FRESH]
    if missing or waiting or old:
        with transaction.atomic():
            Chart.objects.bulk_create(missing, ignore_conflicts=True)
            Chart.objects.filter(pk__in=[*waiting, *old]).update(asked_at=now)
            if missing or waiting:
                Errand.put(task=TASK)
    return {name: chart.svg for name, chart in found.items() if chart.svg}


def draw_all(*, step: Callable[[], None] = lambda: None) -> int:
    """Draw what pages have asked for. Returns how many were drawn."""
    drawn = 0
    while chart := Chart.objects.filter(svg="", attempts__lt=ATTEMPTS).order_by("asked_at").first():
        Chart.objects.filter(pk=chart.pk).update(attempts=F("attempts") + 1)
        try:
            svg = draw(chart.spec)
        except ValueError:
            log.exception("chart_not_drawn", chart=chart.pk)
            continue
        Chart.objects.filter(pk=chart.pk).update(svg=svg)
        drawn += 1
        step()
    return drawn


def warm_up() -> None:
    """Draw something small, so that the first chart that somebody waits for is not the first of this process."""
    axis = {"field": "label", "type": "nominal"}
    draw({"data": {"values": [{"label": "0"}]}, "mark": "bar", "encoding": {"x": axis}})


def draw(spec: Spec) -> str:
    """The chart as SVG for inside a page. It is named and described by the figure around it.

    The roles that Vega describes in English are left out: each mark has a sentence of its own.
    """
    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
    svg = _EMPTY.sub(r"\1", _ROLES.sub("", svg))
    name = quoteattr(spec.get("description", ""))
    return svg.replace("<svg ", f'<svg role="graphics-document" aria-label={name} focusable="false" ', 1)
