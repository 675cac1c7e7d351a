"""Forms that remember what somebody typed and did not send."""

import re
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from organisation.models import Draft

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


def bound_or_drafted(request: HttpRequest, form_class: type[AnyForm], key: str, **kwargs: Any) -> AnyForm:
    """The form with what was sent; or else with what this person typed before and did not send.

    `<c-form>` then saves while somebody types. `form.draft` is the draft that was used, or None: the page says so and
    offers to start again. The caller discards it after success: `Draft.discard(request.user, key)`.
    """
    if request.method == "POST":
        form = form_class(request.POST, request.FILES, **kwargs)
        return kept(form, key)
    return drafted(request, form_class(**kwargs), key)


def drafted(request: HttpRequest, form: AnyForm, key: str) -> AnyForm:
    """An empty form with what this person typed in it before and did not send."""
    draft = Draft.of(request.user, key)  # type: ignore[arg-type]
    if draft is not None:
        form.initial = {**form.initial, **_typed(form, draft)}
    return kept(form, key, draft)


def kept(form: AnyForm, key: str, draft: Draft | None = None) -> AnyForm:
    """A form whose text is saved under this key while somebody types."""
    form.draft, form.draft_key = draft, key  # type: ignore[attr-defined]
    return form


def kept_by_address(request: HttpRequest, form: AnyForm, address: str = "") -> AnyForm:
    """A form with a box for text that its view does not keep itself, under the address it is sent to.

    `middleware.KeptText` keeps it once more when it arrives, and discards it when it was taken.
    """
    if getattr(form, "draft_key", "") or not request.user.is_authenticated or not _has_box(form):
        return form
    key = key_of(address or request.path)
    form.sent_draft = key  # type: ignore[attr-defined]
    return kept(form, key) if form.is_bound else drafted(request, form, key)


def key_of(address: str) -> str:
    """The key of what is typed in a form that is sent to this address."""
    return ":".join(("to", *re.findall(r"[A-Za-z0-9_-]+", address.partition("?")[0])))


def _has_box(form: forms.BaseForm) -> bool:
    return any(isinstance(field.widget, forms.Textarea) for field in form.fields.values())


def _typed(form: forms.BaseForm, draft: Draft) -> dict[str, Any]:
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField) and not field.disabled
    }
