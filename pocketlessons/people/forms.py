"""Forms of `people`: shape only, the actions decide."""

import zoneinfo
from functools import cache

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pocketlessons.lib.plain_text import one_line
from pocketlessons.people import faces
from pocketlessons.people.models import User

ZONE_REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


class OneLineField(forms.CharField):
    """Text on one line, each run of white space a single space, nothing invisible."""

    def to_python(self, value: object) -> str:
        return one_line(super().to_python(value) or "")


class InvitationForm(forms.Form):
    """Whom a curator invites."""

    name = OneLineField(
        label=_("Their name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("Their mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("We send the invitation there. Without an address you get a link and a code to show."),
    )


class NameForm(forms.Form):
    """The name of somebody whose address is known."""

    name = OneLineField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


class NewcomerForm(NameForm):
    """Who accepts, when nobody is signed in."""

    email = forms.EmailField(
        label=_("Your mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PersonForm(forms.ModelForm[User]):
    """What a person decides about themself."""

    name = OneLineField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    face = forms.ChoiceField(label=_("Your picture"), required=False, widget=forms.RadioSelect)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    language = forms.ChoiceField(label=_("Language"))
    guides = forms.BooleanField(
        label=_("I guide learners"),
        required=False,
        help_text=_("Shows the Desk and the Library, and lets you invite people."),
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )

    class Meta:
        model = User
        fields = ("name", "face", "time_zone", "language", "guides")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._offer("face", [("", _("Initials")), *_pictures()])
        self._offer("time_zone", _with_current(_zones(), self.instance.time_zone))
        self._offer("language", list(settings.LANGUAGES))
        if len(settings.LANGUAGES) == 1:  # nothing to choose
            del self.fields["language"]

    def _offer(self, name: str, choices: list[tuple[str, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 — declared above
        field.choices = choices


class LookForm(forms.Form):
    """Light, dark, or as the device."""

    theme = forms.ChoiceField(choices=User.Look.choices)


def _pictures() -> list[tuple[str, object]]:
    return [(name, _("Picture %d") % number) for number, name in enumerate(faces.names(), start=1)]


@cache
def _zones() -> list[tuple[str, object]]:
    zones = (zone for zone in zoneinfo.available_timezones() if zone.split("/")[0] in ZONE_REGIONS)
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ").replace("/", ", ")) for zone in sorted(zones))]


def _with_current(zones: list[tuple[str, object]], current: str) -> list[tuple[str, object]]:
    return zones if any(zone == current for zone, _label in zones) else [(current, current), *zones]
