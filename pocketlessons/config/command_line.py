"""`bin/pocket COMMAND`: the commands for operators and scripts, with refusals of one sentence and exit code 2."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

COMMANDS = {
    "deliver": "give a file to a learner as a lesson",
    "sign-in-link": "print a link that signs a person in once",
    "doctor": "try the real thing and say what works",
    "work": "run the task worker alone",
    "scrub": "verify the stored bytes of every recording",
    "demo": "fill an empty installation with a studio to look at",
    "migrate": "bring the database to this version",
}


LEAVE_THE_DATABASE = {"doctor", "migrate"}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print("bin/pocket [--data DIR] COMMAND\n")
        print("\n".join(f"  {name:14}{words}" for name, words in COMMANDS.items()))
        return 0 if arguments else 2
    if arguments[0] not in COMMANDS:
        print(f"There is no command {arguments[0]}. See bin/pocket --help.", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pocketlessons.config.settings")
    try:
        _run(arguments[0].replace("-", "_"), arguments[1:])
    except (CommandError, ImproperlyConfigured) as refusal:
        print(str(refusal).removeprefix("Error: "), file=sys.stderr)
        return 2
    return 0


def _run(name: str, arguments: list[str]) -> None:
    """As Django's own command line does, except that a wrong argument is a CommandError too."""
    utility = ManagementUtility(["bin/pocket", name])
    django.setup()
    command = utility.fetch_command(name)
    if name not in LEAVE_THE_DATABASE:
        bring_up_to_date()
    options = vars(command.create_parser("bin/pocket", name.replace("_", "-")).parse_args(arguments))
    command.execute(*options.pop("args", ()), **options)


def bring_up_to_date() -> None:
    """Make the database, or bring it to this version, where it is not: a first command needs no `bin/run` before it."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
