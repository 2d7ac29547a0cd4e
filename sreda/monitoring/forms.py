"""What the pages of ``monitoring`` read from the browser."""

from django import forms

from sreda.organizations.facade import Locality

SORTS = ("name", "-name", "municipality", "-municipality", "locality", "-locality")


class MembersForm(forms.Form):
    """Conditions of a list's table; whatever makes no sense is left out."""

    q = forms.CharField(required=False, max_length=200)
    municipality = forms.UUIDField(required=False)
    locality = forms.ChoiceField(required=False, choices=[("", ""), *Locality.choices])
    sort = forms.ChoiceField(required=False, choices=[(sort, sort) for sort in SORTS])
