"""Who gets in at the pages of the ground floor, and at those where apps meet."""

from .entries import Entry

ENTRIES = {
    "account_login": Entry(get="anybody", post="anybody"),
    "account_logout": Entry(get="anybody", post="anybody"),
    "set_language": Entry(get="anybody", post="anybody"),
    "accessibility": Entry(get="anybody"),
    "privacy": Entry(get="anybody"),
    "house_style": Entry(get="anybody"),
    "organisation:healthz": Entry(get="anybody", post="anybody"),
}
