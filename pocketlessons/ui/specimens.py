"""What the styleguide shows its components with: the cast of one day, and a form with every kind of field."""

import datetime
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pocketlessons.ui.templatetags.ui import ICONS

CAST = [
    ("Amara Okafor", "amara"),
    ("Leo Brandt", "leo"),
    ("Priya Nair", "priya"),
    ("Tomas Lindqvist", "tomas"),
    ("Nadia Haddad", "nadia"),
    ("Sam Whitfield", ""),
    ("Maya Rosen", ""),
]
SWATCHES = [
    "ground",
    "surface",
    "sunken",
    "action",
    "action-soft",
    "thread-soft",
    "ok-soft",
    "danger-soft",
    "private-soft",
    "rec",
    "stage",
]
DAYS_BACK = [0, 1, 3, 40]


class SpecimenForm(forms.Form):
    """One of each field, so that allauth's forms and ours can be seen to look alike."""

    title = forms.CharField(
        label=_("Title"), help_text=_("What it is about, in a few words."), max_length=120
    )
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        label=_("Your six digits"),
        min_length=6,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    guidance = forms.CharField(label=_("Guidance"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=[("berlin", "Europe/Berlin"), ("lagos", "Africa/Lagos")]
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("lesson", _("Pocket Lesson")), ("session", _("Pocket Session"))],
        widget=forms.RadioSelect,
        initial="lesson",
    )
    shares = forms.BooleanField(
        label=_("Let Ines see how far I've watched"),
        help_text=_("Off until you turn it on. Change it any time."),
        required=False,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )
    stays = forms.BooleanField(label=_("Stay signed in on this device"), required=False)


def everything() -> dict[str, Any]:
    """The styleguide's context besides its forms."""
    now = timezone.now()
    people = [
        {"name": name, "first_name": name.split()[0], "face": face, "connection_id": ""}
        for name, face in CAST
    ]
    return {
        "people": people,
        "swatches": SWATCHES,
        "icons": sorted(path.stem for path in ICONS.glob("*.svg")),
        "days": [now - datetime.timedelta(days=days) for days in DAYS_BACK],
        "art": {
            "bow_closeup": static("ui/art/bow-closeup.svg"),
            "dusk": static("ui/art/dusk.svg"),
            "scroll": static("ui/art/scroll.svg"),
        },
        "nav": {"is_curator": True, "is_learner": True, "learners": people[:5]},
    }
