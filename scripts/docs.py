"""`make docs`: writes docs/generated/ from the code itself, and takes the screenshots of the manual."""

import inspect
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "generated"
APPS = ("organisation", "cases", "deviations", "learning", "accountability")
MADE = "Made by `make docs` from the code; do not edit."


def main() -> int:
    """Write the pages, then let the browser take its pictures."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text)
        print(f"docs/generated/{name}")
    pictures = {"PICTURES": "1", "PARTS": "browser", "ARGS": os.environ.get("ARGS") or "-k is_accessible_and_fits"}
    return subprocess.run([sys.executable, "scripts/test.py"], check=False, env=os.environ | pictures).returncode  # noqa: S603


def pages() -> dict[str, str]:
    """Every generated page by its name; needs Django to be set up."""
    from django.utils.translation import override

    with override("en"):
        return {
            "states.md": states(),
            "permissions.md": permissions(),
            "model.md": model(),
            "weights.md": weights(),
            "addresses.md": addresses(),
        }


def page(title: str, *parts: str) -> str:
    """A page of Markdown."""
    return "\n\n".join((f"# {title}", MADE, *parts)) + "\n"


def tables(module: str, kind: type) -> Iterator[tuple[str, str, Mapping[Any, Any]]]:
    """The upper-case tables of that kind in this module of every app: app, name, table."""
    for app in APPS:
        for found in modules(app, module):
            for name, table in sorted(vars(import_module(found)).items()):
                if isinstance(table, dict) and table and isinstance(next(iter(table.values())), kind):
                    yield app, name, table


def modules(app: str, module: str) -> list[str]:
    """The module of this name, or the package with all that is in it."""
    folder = ROOT / app / module
    if folder.is_dir():
        parts = [path.stem for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
        return [f"{app}.{module}", *(f"{app}.{module}.{part}" for part in parts)]
    return [f"{app}.{module}"] if folder.with_suffix(".py").exists() else []


def states() -> str:
    """A diagram for each table of moves."""
    from organisation.kernel.moves import Move

    parts = []
    for app, name, moves in tables("workflow", Move):
        arrows = [
            f"    {origin.value} --> {move.target.value}: {action.label}"
            for action, move in moves.items()
            for origin in move.origins
        ]
        labels = {state.value: state.label for move in moves.values() for state in (*move.origins, move.target)}
        named = [f"    {value}: {label}" for value, label in labels.items()]
        parts.append(f"## {app}: {name}\n\n```mermaid\nstateDiagram-v2\n" + "\n".join(named + arrows) + "\n```")
    return page("States", *parts)


def permissions() -> str:
    """Who may do what, from the tables that decide it."""
    from organisation.kernel.access import Rule

    parts = []
    for app, name, table in tables("permissions", Rule):
        rows = ["| Action | Who | Only if; otherwise they are told |", "|---|---|---|"]
        for action, rule in table.items():
            who = ", ".join(sorted(rule.roles)) or "everybody"
            when = "; ".join(str(condition.refusal) for condition in rule.conditions)
            rows.append(f"| {getattr(action, 'label', action)} | {who} | {when} |")
        parts.append(f"## {app}: {name}\n\n" + "\n".join(rows))
    return page("Who may do what", *parts)


def weights() -> str:
    """What a deviation weighs, what that asks for, and how it stands in law: from the tables that decide it."""
    from deviations.rules import lawfulness, weighing
    from deviations.rules.parts import NAMES, ORDER

    rows = ["| Weight | Belongs with | Answered by | Advice first | Asked for besides the weight before it |"]
    rows.append("|---|---|---|---|---|")
    before: frozenset[str] = frozenset()
    for weight, asked in weighing.REQUIRED.items():
        belongs, answers = weighing.DECIDERS[weight]
        advice = ", ".join(str(each.label) for each in weighing.ADVICE[weight]) or "none"
        more = ", ".join(str(NAMES[name]) for name in sorted(asked - before, key=ORDER.__getitem__))
        rows.append(f"| {weight.value} | {belongs.label} | {answers.label} | {advice} | {more} |")
        before = asked
    sources = ["| Source | Weight | Without a ground that gives room |", "|---|---|---|"]
    sources += [f"| {name} | {row.weight} | {row.without_ground} |" for name, row in weighing.SOURCES.items() if name]
    return page(
        "Weight and lawfulness",
        "## What each weight asks for\n\n" + "\n".join(rows),
        "## What a source weighs\n\n" + "\n".join(sources),
        "## How the weight comes about\n\n" + (inspect.getdoc(weighing) or ""),
        "## How it stands in law\n\n" + (inspect.getdoc(lawfulness) or ""),
    )


def model() -> str:
    """Every noun, what it is, and what it points at."""
    from django.apps import apps

    parts = []
    for label in APPS:
        found = [m for m in apps.get_app_config(label).get_models() if not m.__name__.startswith("Historical")]
        entries = [noun(m) for m in sorted(found, key=lambda m: m.__name__)]
        if entries:
            parts.append(f"## {label}\n\n" + "\n\n".join(entries))
    return page("The model", *parts)


def noun(model: Any) -> str:
    """One model: its sentence, its fields, its constraints."""
    sentence = (inspect.getdoc(model) or "").split("\n")[0]
    fields = [field(f) for f in model._meta.get_fields() if f.concrete and f.name != "id"]
    rules = ", ".join(f"`{constraint.name}`" for constraint in model._meta.constraints)
    history = "Its history is kept. " if hasattr(model, "history") else ""
    return (
        f"### {model.__name__}\n\n{sentence} {history}\n\n"
        + ", ".join(fields)
        + (f"\n\nThe database itself guards: {rules}" if rules else "")
    )


def field(one: Any) -> str:
    """A field, with an arrow to what it points at."""
    return f"`{one.name}` → {one.related_model.__name__}" if one.is_relation and one.related_model else f"`{one.name}`"


def addresses() -> str:
    """Every address and who gets in, from the matrix that the tests enforce."""
    from django.urls import get_resolver

    from tests.house.matrix import ENTRIES

    resolver = get_resolver()
    rows = ["| Address | Name | Reads | Sends |", "|---|---|---|---|"]
    for name, entry in ENTRIES.items():
        rows.append(f"| `{path_of(resolver, name)}` | `{name}` | {entry.get or '–'} | {entry.post or '–'} |")
    return page("Addresses", "Who is not named is asked to sign in, or not told that it exists.", "\n".join(rows))


def path_of(resolver: Any, name: str) -> str:
    """The address with its blanks, such as `/cases/<pk>/`."""
    *namespaces, last = name.split(":")
    prefix = ""
    for namespace in namespaces:
        inner, resolver = resolver.namespace_dict[namespace]
        prefix += inner
    pattern, names = resolver.reverse_dict.getlist(last)[0][0][0]
    return "/" + prefix + pattern % {blank: f"<{blank}>" for blank in names}


if __name__ == "__main__":
    sys.exit(main())
