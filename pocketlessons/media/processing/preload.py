"""Imported once, by the server from which media processes are forked: what they all need, and nothing secret.

OpenBLAS must not start threads before the fork, and the environment may hold passwords.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import pocketlessons.media.processing.jobs
import pocketlessons.media.processing.worker  # noqa: F401 - loaded here so that no fork has to
from pocketlessons.lib.isolation import forget_environment

forget_environment()
