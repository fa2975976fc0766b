#!/usr/bin/env python3
"""Django's own command line; `bin/pocket` is the one for people."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pocketlessons.config.settings")
    execute_from_command_line(sys.argv)
