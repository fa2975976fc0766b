"""URLs of `people`."""

from django.urls import URLPattern, URLResolver, path

from pocketlessons.people.views import door, invitations, outbox, settings, sign_in_links, welcomes

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("door/login/", door.door, name="door"),  # before allauth's own, which its names still lead to
    path("door/login/code/", door.door_code, name="door-code"),
    path("door/password/reset/", door.forgotten_password, name="forgotten-password"),
    path("door/2fa/webauthn/add/", door.passkey_addition, name="passkey-addition"),
    path("sign-in-links/<str:token>/", sign_in_links.sign_in_link, name="sign-in-link"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<uuid:invitation_id>/code.png", invitations.invitation_code, name="invitation-code"),
    path(
        "invitations/<uuid:invitation_id>/withdrawal/",
        invitations.invitation_withdrawal,
        name="invitation-withdrawal",
    ),
    path("invitations/t/<str:token>/", welcomes.invitation, name="invitation"),
    path("settings/", settings.settings_page, name="settings"),
    path("settings/look/", settings.settings_look, name="settings-look"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<slug:name>/", outbox.outbox_mail, name="outbox-mail"),
]
