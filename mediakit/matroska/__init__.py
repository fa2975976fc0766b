"""Matroska and WebM: the index of a recording, and the virtual files that play it."""

from mediakit.matroska.prepare import prepare_matroska

__all__ = ["prepare_matroska"]
