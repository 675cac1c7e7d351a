"""Forms that remember what somebody typed and did not send."""

from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from organisation.models import Draft

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


def bound_or_drafted(request: HttpRequest, form_class: type[AnyForm], key: str, **kwargs: Any) -> AnyForm:
    """The form with what was sent; or else with what this person typed before and did not send.

    `form.draft` is the draft that was used, or None: the page can say so and offer to start again. The caller
    discards it after success: `Draft.discard(request.user, key)`.
    """
    if request.method == "POST":
        form = form_class(request.POST, request.FILES, **kwargs)
        form.draft = None  # type: ignore[attr-defined]
        return form
    form = form_class(**kwargs)
    draft = Draft.of(request.user, key)  # type: ignore[arg-type]
    if draft is not None:
        form.initial.update(_typed(form, draft))
    form.draft = draft  # type: ignore[attr-defined]
    return form


def _typed(form: forms.BaseForm, draft: Draft) -> dict[str, Any]:
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField) and not field.disabled
    }
