"""Prints a link that signs one person in, once."""

import json
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from pocketlessons.people.actions.signing_in import find_or_make_account, make_sign_in_link, sign_in_url


class Command(BaseCommand):
    """An account is made when the address has none, and the command says so."""

    help = "Prints a link that signs this person in, once, within a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mail")
        parser.add_argument("--json", action="store_true", help="print an object: url, email, created")

    def handle(self, *args: Any, mail: str, json: bool, **options: Any) -> None:
        try:
            validate_email(mail)
        except ValidationError:
            self._refuse(f"“{mail}” is not a mail address.")
        user, is_new = find_or_make_account(mail, guides=True)
        if not user.is_active:
            self._refuse(f"The account {user.email} is closed.")
        url = sign_in_url(make_sign_in_link(user, now=timezone.now()))
        if json:
            self.stdout.write(_object(url=url, email=user.email, created=is_new))
            return
        if is_new:
            self.stderr.write(f"{user.email} had no account. It has one now, as a curator.")
        self.stdout.write(url)

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(2)


def _object(**values: object) -> str:
    return json.dumps(values)
