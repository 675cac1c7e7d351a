"""Pages with filters in their address: which they are, and what of an address may be kept as a view.

A page says so at its view, and `<c-filter>` then offers the views of whoever looks:

    @saves_views("cases:list", _("Cases"), lambda user, data: CaseFilter(data, user=user))
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.kernel.access import Refused
from organisation.kernel.personal_data import blocking, find
from organisation.models import SavedView, User
from organisation.models.saved_views import LONGEST_QUERY, LONGEST_WORDS, written
from organisation.pages import Request, View

PLAIN = "plain"  # in the address of a page: also when one chose a view to open it with
NEVER_FILTERS = ("page", PLAIN)
MAY_NEVER_BE_KEPT = _("A citizen service number stands in the search field. That is never kept. Take it out first.")
TOO_LONG = _("These are too many filters for one view. Leave some out.")


@dataclass(frozen=True)
class Kept:
    """What of an address goes into a view: choices, typed words, and the labels of what stays out."""

    query: str
    words: str
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FilteredPage:
    """A page whose filters can be kept.

    `key`: the name of its address. `make`: its filters as this person gets them. `opens`: whether they may open it.
    `more`: parts of its address beside the filters. `words`: fields in which somebody types what they look for.
    """

    key: str
    title: str | Promise
    make: Callable[[User, QueryDict], forms.Form]
    opens: Callable[[User], object] = lambda user: True
    more: tuple[str, ...] = ()
    words: tuple[str, ...] = ("q",)

    def kept(self, data: QueryDict, user: User) -> Kept:
        """What this person may keep of it: no value that their own page refuses, no text that points to somebody.

        Raises `Refused` for text that may never be kept, and for too much of it.
        """
        form = self.make(user, data)
        given = {name: value for name, value in data.items() if value and name not in NEVER_FILTERS}
        words, query, left_out = {}, {}, []
        for name, value in given.items():
            if name in self.words and blocking(str(value)):
                raise Refused(MAY_NEVER_BE_KEPT)
            if not self._fits(form, name, str(value)):
                left_out.append(self._label(form, name))
            elif name in self.words:
                words[name] = str(value)
            else:
                query[name] = str(value)
        kept = Kept(written(query), written(words), list(dict.fromkeys(filter(None, left_out))))
        if len(kept.query) > LONGEST_QUERY or len(kept.words) > LONGEST_WORDS:
            raise Refused(TOO_LONG)
        return kept

    def _fits(self, form: forms.Form, name: str, value: str) -> bool:
        if name in self.more:
            return value.isidentifier()
        asked = form.fields.get(name)
        if asked is None or name in form.errors:
            return False
        return not (isinstance(asked, forms.CharField) and find(value))

    def _label(self, form: forms.Form, name: str) -> str:
        asked = form.fields.get(name) or form.base_fields.get(name)
        return str(asked.label) if asked and asked.label else ""


PAGES: dict[str, FilteredPage] = {}


class Offered:
    """The views that stand beside the filters of a page: asked once, and only when they are shown."""

    def __init__(self, request: Request, page: FilteredPage) -> None:
        self.page, self.user, self.data = page, request.user, request.GET

    @cached_property
    def views(self) -> list[SavedView]:
        """One's own first, then what colleagues share."""
        found = SavedView.objects.visible_to(self.user).staying().filter(page=self.page.key)
        return sorted(found.select_related("owner", "team"), key=lambda view: view.owner_id != self.user.pk)

    @cached_property
    def opening(self) -> SavedView | None:
        """The one this person opens the page with."""
        return next((view for view in self.views if view.is_opening and view.owner_id == self.user.pk), None)

    @cached_property
    def present(self) -> dict[str, str]:
        """The filters in the address now."""
        return {name: str(value) for name, value in self.data.items() if value and name not in NEVER_FILTERS}

    @property
    def query(self) -> str:
        """The same, to send along."""
        return written(self.present)

    @property
    def chosen(self) -> SavedView | None:
        """The view that says exactly what the address says."""
        return next((view for view in self.views if self.present == QueryDict(view.address).dict()), None)


def saves_views(key: str, *facts: Any, **more: Any) -> Callable[[View], View]:
    """Offer views at this page; opened without filters, it opens with the view that somebody chose for it.

    The facts are those of `FilteredPage`.
    """
    page = PAGES[key] = FilteredPage(key, *facts, **more)

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            offered = Offered(request, page)
            request.saved_views = offered  # type: ignore[attr-defined]
            if request.GET or request.htmx or not (opening := offered.opening):
                return view(request, *args, **kwargs)
            return HttpResponseRedirect(opening.get_absolute_url())

        return inner

    return decorate


def address_of(page: FilteredPage, query: str) -> str:
    """The page with these filters; with none of them it still does not open with another view."""
    return f"{reverse(page.key)}?{query or f'{PLAIN}=1'}"
