"""Free text that may point to a person is stopped or asked about before it is saved."""

from django import forms
from django.http import QueryDict

from organisation.forms import CheckedText


class NoteForm(CheckedText, forms.Form):
    """A form that forgets to call its parents."""

    text = forms.CharField(widget=forms.Textarea)
    reference = forms.CharField(required=False)
    mail = forms.EmailField(required=False)

    unchecked = ("reference",)

    def clean(self):
        return self.cleaned_data


def filled(**fields):
    data = QueryDict(mutable=True)
    data.update(fields)
    return NoteForm(data)


def test_ordinary_text_passes():
    assert filled(text="The account is blocked.").is_valid()


def test_a_citizen_service_number_is_an_error_at_its_field_that_cannot_be_overruled():
    form = filled(text="His number is 111222333", **{"text-stays": "anything"})
    assert not form.is_valid()
    assert "111222333" in form.errors["text"][0]
    assert not hasattr(form.fields["text"], "doubt")


def test_a_name_is_asked_about_once_and_may_stay_after_a_tick():
    form = filled(text="Called mevrouw Jansen")
    assert not form.is_valid()
    assert "Jansen" in form.errors["text"][0]
    doubt = form.fields["text"].doubt
    assert filled(text="Called mevrouw Jansen", **{doubt.name: doubt.token}).is_valid()


def test_the_tick_counts_for_what_was_found_and_nothing_else():
    form = filled(text="Called mevrouw Jansen")
    form.is_valid()
    doubt = form.fields["text"].doubt
    assert not filled(text="Called mevrouw Jansen and mevrouw Smit", **{doubt.name: doubt.token}).is_valid()


def test_fields_that_are_no_free_text_or_were_left_out_are_not_checked():
    assert filled(text="Fine", mail="a@b.nl", reference="mevrouw Jansen").is_valid()


def test_an_unbound_form_is_left_alone():
    assert NoteForm().errors == {}


def test_a_tick_is_still_there_when_the_form_comes_back_for_another_reason():
    form = filled(text="Called mevrouw Jansen")
    assert not form.is_valid()
    doubt = form.fields["text"].doubt
    again = filled(text="Called mevrouw Jansen", mail="no address", **{doubt.name: doubt.token})
    assert list(again.errors) == ["mail"]
    assert "checked" in str(again["text"].as_field_group())
