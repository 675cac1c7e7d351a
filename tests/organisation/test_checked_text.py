"""Free text that may point to a person is stopped or asked about before it is saved."""

import pytest
from django import forms
from django.http import QueryDict

from organisation.forms import CheckedText


class NoteForm(CheckedText, forms.Form):
    """A form that forgets to call its parents."""

    text = forms.CharField(widget=forms.Textarea, max_length=5_000)
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
    assert "111222333" not in str(form.cleaned_data)
    assert 'type="checkbox"' not in str(form["text"].as_field_group())


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


def offers(form):
    form.is_valid()
    return {offer.finding.text: offer.value for offer in form.fields["text"].doubt.offers}


def test_a_button_takes_out_one_thing_wherever_it_stands_and_shows_the_form_again():
    text = "Call 06-12345678 or 06-12345678, ask mevrouw Jansen"
    form = filled(text=text, _replace=offers(filled(text=text))["06-12345678"])
    assert not form.is_valid()
    assert form["text"].value() == "Call [telefoonnummer] or [telefoonnummer], ask mevrouw Jansen"
    assert list(offers(form)) == ["Jansen"]


def test_one_button_takes_out_everything_and_then_the_text_can_be_saved():
    text = "BSN 111222333 of mevrouw Jansen"
    form = filled(text=text)
    form.is_valid()
    changed = filled(text=text, _replace=form.fields["text"].doubt.everything)
    assert not changed.is_valid()
    assert changed["text"].value() == "BSN [burgerservicenummer] of mevrouw [naam]"
    assert changed.errors.keys() == {"__all__"}
    assert filled(text=changed["text"].value()).is_valid()


def test_each_thing_is_offered_once_also_when_it_stands_there_twice():
    assert list(offers(filled(text="06-12345678, 06-12345678, mw. Smit"))) == ["06-12345678", "Smit"]


@pytest.mark.parametrize("asked", ["reference:all", "nothing:all", "all", "", "text:0000000000000000"])
def test_a_button_that_is_not_ours_changes_nothing(asked):
    form = filled(text="mevrouw Jansen", reference="mevrouw Jansen", _replace=asked)
    form.is_valid()
    assert (form["text"].value(), form["reference"].value()) == ("mevrouw Jansen", "mevrouw Jansen")


def test_only_checked_fields_are_looked_at_while_typing():
    page = NoteForm().as_div()
    assert 'data-doubt="text"' in page
    assert page.count("data-doubt") == 1


def while_typing(**fields):
    form = filled(**fields)
    form.is_typing = True
    form.is_valid()
    return form


def test_while_typing_what_is_doubtful_or_too_long_is_kept_and_what_blocks_is_not():
    assert while_typing(text="Called mevrouw Jansen").cleaned_data["text"] == "Called mevrouw Jansen"
    assert while_typing(text="x" * 10_000).cleaned_data["text"] == "x" * 10_000
    assert "text" not in while_typing(text="BSN 111222333").cleaned_data
    assert "text" not in while_typing(text="BSN 111222333" + "x" * 10_000).cleaned_data
    assert "text" not in while_typing(text="x" * 50_001).cleaned_data
    assert "mail" in while_typing(text="x", mail="no address").errors


def test_a_text_that_is_too_long_is_an_error_when_it_is_sent():
    assert filled(text="x" * 10_000).errors.keys() == {"text"}
