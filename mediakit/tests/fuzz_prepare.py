"""Coverage-guided fuzzing of prepare(): `python -m mediakit.tests.fuzz_prepare [FOLDER] [-max_total_time=60]`.

Seeds the folder (var/fuzz by default) with the synthesised clips, and stops at the first exception that is not a
MediaError. A find stays in the current folder as crash-…; give its path to run that file alone.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mediakit"]):
    from mediakit.errors import MediaError
    from mediakit.prepare import prepare
    from mediakit.tests import clips
    from mediakit.tests.mp4_files import BytesSource

SEEDS = (
    clips.phone,
    clips.b_frames,
    clips.fragmented,
    clips.hybrid,
    clips.mov_with_timecode,
    clips.webm,
    clips.matroska,
    clips.ogg,
    clips.wav,
    clips.flac,
    clips.mp3,
    clips.adts,
)


def prepare_once(content: bytes) -> None:
    """Whatever becomes of the file, it plays from the first byte to the last or is refused with a reason."""
    source = BytesSource(content)
    try:
        ready = prepare(source)
    except MediaError:
        return
    if ready.virtual:
        for _ in ready.virtual.read(0, min(ready.virtual.size, 1 << 20), source.read_at):
            pass


def main() -> None:
    options = [argument for argument in sys.argv[1:] if argument.startswith("-")]
    places = [argument for argument in sys.argv[1:] if not argument.startswith("-")] or ["var/fuzz"]
    corpus = Path(places[0])
    if not corpus.is_file():
        corpus.mkdir(parents=True, exist_ok=True)
        for make in SEEDS:
            (corpus / make.__name__).write_bytes(make())
    atheris.Setup([sys.argv[0], *options, "-max_len=65536", *places], prepare_once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
