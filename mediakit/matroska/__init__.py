"""Matroska and WebM: the index of a recording, and the virtual files that play it."""
