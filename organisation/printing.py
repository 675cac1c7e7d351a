"""Documents on paper: PDF/UA-1 by typst. What people wrote goes in as data, never as source, and nothing is fetched.

A template stands in `templates/typst/` and begins with `#import "house.typ": document, data`. It shows each text as
it is: a string in typst is no markup, so a formula or a command in it stays what somebody typed.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone

TEMPLATES = settings.BASE_DIR / "templates" / "typst"
FONTS = settings.BASE_DIR / "static" / "vendor" / "print"
NOWHERE = TEMPLATES / "no-packages"  # typst looks for packages here and finds none

# The letters our fonts hold, after composing: Latin, Greek, Cyrillic, punctuation, money, arrows, mathematics, boxes.
# An accessible document may not hold a sign that cannot be shown, so any other becomes a box.
ILLEGIBLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u024f\u0300-\u036f\u0391-\u03a1\u03a3-\u03c9\u0400-\u045f\u2010-\u2027"
    "\u2030-\u2040\u20a0-\u20bf\u2190-\u22ff\u25a0-\u25ff\u2713\u2714]"
)
LINE_END = re.compile("\r\n|[\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]")
BOX = "\u25a1"
# Signs without a shape of their own: how to join letters, which way to read, how to draw an emoji.
SHAPELESS = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def pdf(template: str, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """The document that `templates/typst/<template>.typ` makes of the data; `at` is the moment it is dated.

    The same template, data and moment give the same bytes. Data is what JSON can hold.
    """
    moment = timezone.localtime(at or timezone.now())
    compiler = typst.Compiler(
        input=str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_readable(data), ensure_ascii=False)},
        package_path=str(NOWHERE),
        package_cache_path=str(NOWHERE),
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(moment.timestamp()))
    if not isinstance(made, bytes):  # one document, one file
        raise TypeError(template)
    return made


def legible(text: str) -> str:
    """The text in the letters our fonts hold: what cannot be shown becomes a box, what has no shape goes."""
    lines = LINE_END.sub("\n", text).replace("\t", "    ")
    return ILLEGIBLE.sub(BOX, SHAPELESS.sub("", unicodedata.normalize("NFC", lines)))


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, Mapping):
        return {name: _readable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_readable(each) for each in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    """Noto Sans first, then the fonts inside typst for the letters it does not hold; never those of the machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
