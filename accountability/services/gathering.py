"""Everything about one case in words, for whom it is about: section by section, with roles instead of names."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accountability.rules import dossiers
from accountability.rules.access_sections import HELD_BACK, SECTIONS, WORDS_HELD_BACK, Section, Told
from accountability.rules.dossier_items import Later, items
from accountability.rules.dossiers import Scope
from cases.models import Attachment, Case
from organisation import sentences
from organisation.models import AccessEvent, AccessWay, Event, User

from .belonging import about
from .describing import Describer, label_of, told_fields
from .hanging import LEFT, Hanging, hanging_on, history_of, own_key, rows_of
from .listing_destruction import in_words
from .reading_log import roles_in_words, why

Pair = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """One thing: its title, what it says, and what it said before."""

    title: str
    lines: list[Pair]
    before: list[Pair] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A section with its entries, or with a table."""

    title: str
    entries: list[Entry] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Everything:
    """All of it: the parts, what is held back with the reason, and the files that go along."""

    parts: list[Part]
    held_back: list[Pair]
    attachments: list[Attachment]


def gather(case: Case) -> Everything:
    """What hangs on this case, what leads to it from elsewhere, what was done and who looked."""
    found = hanging_on(Case, [case.pk])
    _add_what_stays(found)
    words = Describer()
    parts = [_part(section, found, words) for section in SECTIONS]
    parts[0].entries.append(_keeping(case))
    return Everything(
        parts=[*parts, _deeds(found), _openings(found)],
        held_back=_held_back(found),
        attachments=list(case.attachments.order_by("added_at", "pk")),
    )


def _add_what_stays(found: Hanging) -> None:
    """What destruction leaves where it is still leads to this case today."""
    for each in LEFT:
        label, _dot, name = each.rpartition(".")
        model: Any = apps.get_model(label)
        leads_to = model._meta.get_field(name).related_model
        for rows in rows_of(model, name, found.of(leads_to)):
            found.rows[model] |= set(rows.values_list("pk", flat=True))


def _part(section: Section, found: Hanging, words: Describer) -> Part:
    entries: list[tuple[tuple[str, int, str], Entry]] = []
    for place, (label, told) in enumerate(section.models.items()):
        model: Any = apps.get_model(label)
        # What belongs to one deviation stands together.
        entries += [
            ((_number(row), place, _sorts(row, told)), said) for row, said in _of_model(model, told, found, words)
        ]
    return Part(str(section.title), [entry for _place, entry in sorted(entries, key=lambda pair: pair[0])])


def _of_model(model: Any, told: Told, found: Hanging, words: Describer) -> Iterator[tuple[Any, Entry]]:
    """Live rows with what they said before, and what was taken away with what it said last."""
    versions = _versions(model, found)
    for rows in rows_of(model, own_key(model), found.of(model)):
        for row in rows:
            yield row, _entry(told, row, words, versions.pop(row.pk, []))
    for gone in versions.values():
        title = _("%(title)s, taken away on %(day)s") % {
            "title": _title(told, gone[-1]), "day": _moment(gone[-1].history_date)
        }  # fmt: skip
        yield gone[-1], Entry(title, words.lines(gone[-1]), _before(gone, words))


def _entry(told: Told, row: Model, words: Describer, versions: list[Any]) -> Entry:
    lines = words.lines(row)
    if row._meta.label == "accountability.FrozenDossier":
        lines += _dossier(row)
    return Entry(_title(told, row), lines, _before(versions, words))


def _dossier(frozen: Any) -> list[Pair]:
    """Item by item, without the names of colleagues."""
    there = dossiers.seen(items(frozen.content, Later()), Scope.ACCESS)
    return [(f"{item.label}: {line.label}", line.text) for item in there for line in item.lines]


def _versions(model: Any, found: Hanging) -> dict[Any, list[Any]]:
    """Per thing its history, oldest first."""
    past = history_of(model)
    by_key: dict[Any, list[Any]] = {}
    if past is not None:
        for rows in rows_of(past, past._meta.pk.attname, found.history[past]):
            for row in rows:
                by_key.setdefault(getattr(row, own_key(model)), []).append(row)
    for versions in by_key.values():
        versions.sort(key=lambda row: (row.history_date, row.history_id))
    return by_key


def _before(versions: list[Any], words: Describer) -> list[Pair]:
    """What it said, and until when."""
    said: list[Pair] = []
    for then, next_one in zip(versions, versions[1:], strict=False):
        for each in told_fields(type(then).instance_type):
            if (was := words.text(then, each)) and was != words.text(next_one, each):
                until = _("%(label)s, until %(day)s")
                said.append((until % {"label": label_of(each), "day": _moment(next_one.history_date)}, was))
    return said


def _keeping(case: Case) -> Entry:
    reckoning = case.reckon()
    lines = [(_("Destroyed from"), date_format(case.destroy_on, "j F Y") if case.destroy_on else _("not known yet"))]
    if reckoning and reckoning.duration:
        lines.append((_("Why"), in_words(reckoning)))
    return Entry(_("How long we keep it"), lines)


def _deeds(found: Hanging) -> Part:
    """What was done, by which role. Sentences are made of names too: those of colleagues become their role."""
    names = {person.name: person for person in User.objects.all()}
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True) if name))
    held = {apps.get_model(label)._meta.label_lower for label in HELD_BACK}
    words = Describer()
    rows = []
    for event in Event.objects.filter(about(found.named())).order_by("at", "pk"):
        roles = roles_in_words(event.actor_roles)
        remark = "" if event.target_type in held or event.verb.startswith(WORDS_HELD_BACK) else event.remark
        event.actor_name, event.remark = roles or event.actor_name, ""
        said = named.sub(lambda match: words.person(names[match[0]]), sentences.sentence(event))
        rows.append([_moment(event.at), f"{said}\n{remark}" if remark else said])
    return Part(_("What was done"), heads=[_("When"), _("What")], rows=rows)


def _openings(found: Hanging) -> Part:
    """Who opened it: on which day, in which role, how, why they could, and how often."""
    lines = AccessEvent.objects.filter(about(found.named())).exclude(way=AccessWay.LOG)
    counted: Counter[tuple[Any, ...]] = Counter(
        (timezone.localtime(at).date(), actor, roles, way, basis)
        for at, actor, roles, way, basis in lines.order_by("at").values_list(
            "at", "actor_id", "actor_roles", "way", "basis"
        )
    )
    ways: dict[Any, Any] = dict(AccessWay.choices)
    rows = [
        [date_format(day, "j F Y"), roles_in_words(roles) or "–", str(ways.get(way, way)), why(basis, ""), str(times)]
        for (day, _actor, roles, way, basis), times in counted.items()
    ]
    heads = [_("Day"), _("In which role"), _("How"), _("Why they could"), _("Times")]
    return Part(_("Who opened it, and why"), heads=heads, rows=rows)


def _held_back(found: Hanging) -> list[Pair]:
    """How many of each kind, and why their words are not here."""
    counts = [(apps.get_model(label), reason) for label, reason in HELD_BACK.items()]
    return [
        (f"{capfirst(str(model._meta.verbose_name_plural))} ({len(found.of(model))})", str(reason))
        for model, reason in counts
        if found.of(model)
    ]


def _number(row: Any) -> str:
    """Of the deviation that it belongs to; empty when it belongs to the case itself."""
    if row._meta.label == "deviations.Deviation":
        return str(row.number)
    above = getattr(row, "consultation", None) or getattr(row, "decision", None) or row
    return str(getattr(above, "deviation", None) or "")


def _title(told: Told, row: Any) -> str:
    at = getattr(row, told.at, None) if told.at else None
    title = " ".join(part for part in (str(told.title), _number(row)) if part)
    return f"{title}, {_moment(at)}" if at else title


def _sorts(row: Any, told: Told) -> str:
    at = getattr(row, told.at, None) if told.at else None
    return f"{at.isoformat() if at else ''} {row.pk}"


def _moment(at: Any) -> str:
    if hasattr(at, "tzinfo"):
        return date_format(timezone.localtime(at), "DATETIME_FORMAT")
    return date_format(at, "j F Y")
