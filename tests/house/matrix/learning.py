"""Who gets in at the pages of learning."""

from .entries import Entry

FIGURES = "managers policy reporter"

ENTRIES: dict[str, Entry] = {
    "learning:dashboard": Entry(get=FIGURES),
    "learning:block-figures": Entry(get=FIGURES),
    "learning:figure": Entry(get=FIGURES, args=lambda world: {"name": "trend"}),
    "learning:figure-csv": Entry(get=FIGURES, args=lambda world: {"name": "routines"}),
    "learning:rollup-list": Entry(
        get="policy reporter controller admin", post="policy admin", refused="reporter controller"
    ),
}
