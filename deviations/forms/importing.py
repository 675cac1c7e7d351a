"""The upload of a register."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_MEGABYTES = 100


class RegisterForm(forms.Form):
    """The file, and whether unknown names may be made."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The register as CSV in UTF-8. In a spreadsheet: save as “CSV UTF-8”."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    create_missing = forms.BooleanField(
        label=_("Make teams, policy domains and routines that do not exist yet"),
        help_text=_("Leave this off to be told about typing errors in names."),
        required=False,
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """A CSV of a size that a register can have."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if PurePath(file.name or "").suffix.lower() != ".csv":
            raise forms.ValidationError(_("Choose a file that ends in .csv."))
        if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than %(size)d MB. Split it by year."), params={"size": MOST_MEGABYTES}
            )
        return file
