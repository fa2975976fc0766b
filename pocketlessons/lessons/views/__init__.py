"""The library, the composer and the Lesson page."""
