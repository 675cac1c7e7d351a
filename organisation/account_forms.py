"""The form of allauth that we answer ourselves."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from organisation.services import inviting


class AskLinkForm(ResetPasswordForm):  # type: ignore[misc]
    """Asks for a link to set a password; known and unknown addresses go the same way."""

    def clean_email(self) -> str:
        """The address as typed: whether it is known is looked up by the service."""
        address: str = self.cleaned_data["email"]
        return address

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Write the errand; a task sends the mail."""
        address: str = self.cleaned_data["email"]
        inviting.ask_link(email=address)
        return address
