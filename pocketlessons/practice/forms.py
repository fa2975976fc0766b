"""Forms of `practice`: shape only, the actions decide."""

from django import forms

from pocketlessons.practice.actions import EVENTS


class ProgressForm(forms.Form):
    """What a player tells of itself."""

    event = forms.ChoiceField(choices=[(event, event) for event in EVENTS])
    position_ms = forms.IntegerField(min_value=0)
    duration_ms = forms.IntegerField(min_value=0, required=False)
