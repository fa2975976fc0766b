"""Forms of `lessons`: shape only, the actions decide."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pocketlessons.lessons.actions.drafting import Words
from pocketlessons.lessons.models import Lesson
from pocketlessons.lib.plain_text import prose
from pocketlessons.media.models import Recording
from pocketlessons.people.forms import OneLineField
from pocketlessons.people.models import Connection, User

TITLE_LENGTH = 120
TAKEAWAY_LENGTH = 160
GUIDANCE_LENGTH = 20_000
TAKEAWAYS = [
    ("takeaway_1", _("First thing to take away"), _("The one thing to remember")),
    ("takeaway_2", _("Second thing to take away"), _("And one more")),
    ("takeaway_3", _("Third thing to take away"), _("One more, only if it matters")),
]


class ProseField(forms.CharField):
    """Text of several lines."""

    def to_python(self, value: object) -> str:
        return prose(super().to_python(value) or "")


class DraftForm(forms.Form):
    """What is begun, and the connection that it is for."""

    kind = forms.ChoiceField(choices=Lesson.Kind.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["for"] = forms.UUIDField(required=False)


class DeliveryForm(forms.Form):
    """To whom a lesson goes, and what is said with it."""

    connection = forms.ModelChoiceField(
        Connection.objects.none(),
        error_messages={
            "required": _("Choose who it is for."),
            "invalid_choice": _("You can only send to people who are connected with you."),
        },
    )
    note = ProseField(required=False, max_length=500)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        learners = Connection.objects.active().filter(curator=by).with_people()
        cast("forms.ModelChoiceField[Connection]", self.fields["connection"]).queryset = learners


class LessonForm(DeliveryForm):
    """Everything that the composer holds."""

    kind = forms.ChoiceField(choices=Lesson.Kind.choices)
    title = OneLineField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"class": "title"}),
    )
    guidance = ProseField(
        label=_("Guidance"),
        required=False,
        max_length=GUIDANCE_LENGTH,
        help_text=_("What to do with it. Plain text, or Markdown for lists and emphasis."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    note = ProseField(
        label=_("A few words with it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    recording = forms.ModelChoiceField(
        Recording.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _("This recording isn't here any more. Choose the file again."),
        },
    )

    def __init__(self, *args: Any, by: User, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, by=by, initial=_initial(lesson), **kwargs)
        self.fields["connection"].required = False
        recordings = cast("forms.ModelChoiceField[Recording]", self.fields["recording"])
        recordings.queryset = Recording.objects.owned_by(by)
        for name, label, hint in TAKEAWAYS:
            box = forms.TextInput(attrs={"placeholder": hint, "aria-label": label, "class": "field"})
            self.fields[name] = OneLineField(
                label=label, max_length=TAKEAWAY_LENGTH, required=False, widget=box
            )

    @property
    def takeaway_fields(self) -> list[forms.BoundField]:
        return [self[name] for name, _label, _hint in TAKEAWAYS]

    def words(self) -> Words:
        """What to keep, once the form is valid."""
        cleaned = self.cleaned_data
        return {
            "kind": cleaned["kind"],
            "title": cleaned["title"],
            "takeaways": [cleaned[name] for name, _label, _hint in TAKEAWAYS],
            "guidance": cleaned["guidance"],
            "note": cleaned["note"],
            "recording": cleaned["recording"],
            "meant_for": cleaned["connection"],
        }


def _initial(lesson: Lesson) -> dict[str, Any]:
    taken = zip((name for name, _label, _hint in TAKEAWAYS), lesson.takeaways, strict=False)
    return {
        "kind": lesson.kind,
        "title": lesson.title,
        "guidance": lesson.guidance,
        "note": lesson.note,
        "recording": lesson.recording_id,
        "connection": lesson.meant_for_id if lesson.is_meant_for_somebody else None,
        **dict(taken),
    }
