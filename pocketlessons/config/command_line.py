"""`bin/pocket COMMAND`: the commands for operators and scripts, with refusals of one sentence and exit code 2."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.core.management.base import CommandError

COMMANDS = {
    "deliver": "give a file to a learner as a lesson",
    "sign-in-link": "print a link that signs a person in once",
    "doctor": "try the real thing and say what works",
    "work": "run the task worker alone",
    "scrub": "verify the stored bytes of every recording",
    "demo": "fill an empty installation with a studio to look at",
    "migrate": "bring the database to this version",
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print("bin/pocket [--data DIR] COMMAND\n")
        print("\n".join(f"  {name:14}{words}" for name, words in COMMANDS.items()))
        return 0 if arguments else 2
    if arguments[0] not in COMMANDS:
        print(f"There is no command {arguments[0]}. See bin/pocket --help.", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pocketlessons.config.settings")
    command = ["bin/pocket", arguments[0].replace("-", "_"), *arguments[1:], "--traceback"]
    try:
        execute_from_command_line(command)
    except (CommandError, ImproperlyConfigured) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
