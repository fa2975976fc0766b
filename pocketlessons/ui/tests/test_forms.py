"""Forms of ours and of allauth come out alike: described, named, with their errors beside them."""

import re

from django.forms import CharField, Form, ValidationError

from pocketlessons.ui.specimens import SpecimenForm


class LetterForm(Form):
    title = CharField(help_text="In a <few> words.")

    def clean(self) -> None:
        raise ValidationError("Nobody to send it to.")


def test_each_control_has_its_label() -> None:
    html = str(SpecimenForm())
    for name in ["title", "email", "code", "guidance", "zone", "shares", "stays"]:
        assert f'for="id_{name}"' in html
        assert f'id="id_{name}"' in html


def test_a_refused_field_is_described_by_its_help_and_its_error() -> None:
    html = str(LetterForm({"title": ""}))
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    assert described[1].split() == ["id_title_helptext", "id_title_error"]
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_help_is_text_and_not_markup() -> None:
    assert "In a &lt;few&gt; words." in str(LetterForm())


def test_an_error_of_the_whole_form_is_announced() -> None:
    html = str(LetterForm({"title": "Hello"}))
    assert 'role="alert"' in html
    assert "Nobody to send it to." in html


def test_a_tick_box_can_be_a_switch() -> None:
    html = str(SpecimenForm())
    assert re.search(r'<label class="sw" for="id_shares">', html)
    assert re.search(r'<label class="check" for="id_stays">', html)


def test_groups_of_choices_have_a_legend() -> None:
    assert re.search(r"<fieldset[^>]*><legend>Kind</legend>", str(SpecimenForm()))
