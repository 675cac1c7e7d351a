"""Compiles the translations where that is needed; without gettext, which a bare machine may lack."""

from pathlib import Path

import polib


def compile_stale(locale: Path) -> int:
    """Compile each catalogue that changed since it was compiled. Returns how many."""
    count = 0
    for source in locale.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        part = compiled.with_suffix(".part")
        polib.pofile(str(source)).save_as_mofile(str(part))
        part.replace(compiled)
        count += 1
    return count
