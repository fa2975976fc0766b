"""Who gets what from every URL. A URL without a row fails the build.

Answers are status codes, in the order of PEOPLE; `IN` is "redirected to sign-in". The objects are those of `tests/world.py`:
Ines gave Maya a lesson; Leo is Ines's other learner; Tomas curates somebody else.
"""

from dataclasses import dataclass

PEOPLE = ("anonymous", "stranger", "other learner", "learner", "curator")
IN = 302
DONE = 303  # a form was taken; "see there"


@dataclass(frozen=True)
class Row:
    """What each of PEOPLE is answered. `thing` names the object of the world that the URL is about."""

    answers: tuple[int, int, int, int, int]
    thing: str = ""
    method: str = "GET"


def everybody(code: int, **kwargs: str) -> Row:
    return Row((code,) * 5, **kwargs)


def signed_in(code: int, **kwargs: str) -> Row:
    return Row((IN, code, code, code, code), **kwargs)


BYTES_OF_A_GRANTED_RECORDING = Row((404, 404, 404, 200, 200), "recording")

MATRIX: dict[str, Row] = {
    # pages
    "pages:front": everybody(302),
    "pages:pocket": signed_in(200),
    "pages:desk": signed_in(200),
    # lessons
    "lessons:library": signed_in(200),
    "lessons:lessons": signed_in(DONE, method="POST"),
    "lessons:lesson": Row((IN, 404, 404, 404, 200), "lesson"),
    "lessons:lesson-removal": Row((IN, 404, 404, 404, 200), "lesson"),
    "lessons:lesson-deliveries": Row((IN, 404, 404, 404, DONE), "lesson", "POST"),
    "lessons:delivery": Row((IN, 404, 404, 200, 200), "delivery"),
    "lessons:delivery-withdrawal": Row((IN, 404, 404, 404, DONE), "delivery", "POST"),
    "practice:delivery-progress": Row((IN, 404, 404, 422, 422), "delivery", "POST"),  # 422: nothing was told
    # media
    "media:recording": BYTES_OF_A_GRANTED_RECORDING,
    "media:recording-mp4": BYTES_OF_A_GRANTED_RECORDING,
    "media:recording-webm": Row((404, 404, 404, 404, 404), "recording"),  # it plays as an MP4
    "media:recording-audio": Row((404, 404, 404, 404, 404), "recording"),
    "media:recording-poster": BYTES_OF_A_GRANTED_RECORDING,
    "media:recording-download": BYTES_OF_A_GRANTED_RECORDING,
    "media:recording-original": Row((404, 404, 404, 404, 200), "recording"),
    "media:uploads": Row((204, 204, 204, 204, 204), method="OPTIONS"),
    "media:upload": Row((401, 404, 404, 404, 200), "upload", "HEAD"),  # 401: a client must know to sign in
    # people
    "people:sign-in-link": everybody(200, thing="sign_in_token"),
    "people:invitations": Row((IN, 200, 404, 404, 200)),  # for those who guide
    "people:invitation": Row(
        (200, 200, 409, 409, 409), "invitation_token"
    ),  # 409: connected already, or her own
    "people:invitation-code": Row((IN, 404, 404, 404, 404), "invitation"),  # only in the session that made it
    "people:invitation-withdrawal": Row((IN, 404, 404, 404, 302), "invitation", "POST"),
    "people:settings": signed_in(200),
    "people:settings-look": signed_in(422, method="POST"),  # 422: no look was chosen
    "people:outbox": everybody(200),  # exists in the embedded mode only, for this computer only
    "people:outbox-mail": everybody(404, thing="mail"),
    # ui
    "ui:styleguide": everybody(200),  # exists in the embedded mode only
    "ui:healthz": everybody(200),
}

DOOR = {
    # allauth's own pages: nobody's things are behind them but one's own
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_confirm_login_code",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "account_reset_password_done",
    "account_request_login_code",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
    "usersessions_list",
    "people:door",
    "people:door-code",
    "people:forgotten-password",
    "people:passkey-addition",
}
