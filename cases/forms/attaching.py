"""The form that adds a file to a case."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from organisation.forms import CheckedText
from organisation.kernel.handed_in import KINDS, MEGABYTE, MOST_BYTES, Unfit, kind_of

from .fields import once


class AttachForm(CheckedText, forms.Form):
    """What it is, and the file; the name the file came with is not kept."""

    title = forms.CharField(
        label=_("What is it?"), max_length=120, help_text=_("Such as: quotation for the repair. No names.")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("At most %(size)d MB: %(kinds)s.") % {"size": MOST_BYTES // MEGABYTE, "kinds": ", ".join(KINDS)},
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
    )
    key = once()

    def clean_file(self) -> "UploadedFile[Any]":
        """Of a kind that is allowed, by name and by content."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            kind_of(file.name or "", file, file.size or 0)
        except Unfit as why:
            raise forms.ValidationError(str(why)) from why
        return file
