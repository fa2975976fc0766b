"""Text as people may write it: nothing invisible, and nothing that turns the words around it about."""

import re

JOINERS = "\u200c\u200d"  # Persian and Indic words, and many pictographs, fall apart without
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
LINE_END = re.compile("\r\n?|[\u2028\u2029]")


def one_line(text: str) -> str:
    """Each run of white space a single space, and no character that is not seen."""
    seen = "".join(letter for letter in text if letter.isprintable() or letter.isspace() or letter in JOINERS)
    return " ".join(word for word in (each.strip(JOINERS) for each in seen.split()) if word)


def prose(text: str) -> str:
    """Lines as they were written, without control characters and those that override the direction of text."""
    return CONTROLS.sub("", LINE_END.sub("\n", text))
