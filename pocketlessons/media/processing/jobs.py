"""What media processes compute. A job takes plain values and returns an Answer; it runs shut in."""

from mediakit.poster import poster
from mediakit.prepare import prepare
from mediakit.source import Source
from pocketlessons.media.processing.answers import Answer

SCALARS = ("container", "kind", "duration_ms", "width", "height", "codecs", "as_is", "kept_because")


def prepare_source(source: Source) -> Answer:
    """What the file is and how it plays; the content is the plan of the virtual file, if it plays as one."""
    prepared = prepare(source)
    fields = {name: getattr(prepared, name) for name in SCALARS}
    if prepared.virtual is None:
        return Answer(fields)
    return Answer(fields | {"media_type": prepared.virtual.media_type}, prepared.virtual.to_bytes())


def draw_poster(source: Source, container: str) -> Answer:
    """A JPEG; no content where there is no picture."""
    return Answer(content=poster(source, container) or b"")
