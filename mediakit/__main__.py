"""`python -m mediakit`: look at a file, write the film that would be played, or its poster."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import BinaryIO

from mediakit.errors import MediaError, Reason
from mediakit.poster import poster
from mediakit.prepare import prepare
from mediakit.prepared import Prepared
from mediakit.source import FileSource

REFUSED = 2

SENTENCES = {
    Reason.EMPTY: "The file is empty.",
    Reason.NOT_MEDIA: "This is no picture or sound file that we open.",
    Reason.TRUNCATED: "The end of the file is missing, and with it what is needed to play the rest.",
    Reason.NO_TRACKS: "There is neither picture nor sound in the file.",
    Reason.INCONSISTENT: "The file contradicts itself.",
    Reason.PICTURE_TOO_LARGE: "The picture is larger than we take.",
    Reason.TOO_MANY_TRACKS: "The file has more tracks than we take.",
    Reason.TOO_LONG: "The recording is longer than we take.",
    Reason.TOO_COMPLEX: "The file is more complicated than we take.",
    Reason.TIMED_OUT: "Looking at the file took too long.",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0, or 2 after a sentence on stderr that says why the file was refused."""
    asked = _arguments(arguments)
    write: Callable[[BinaryIO, Prepared, argparse.Namespace], None] = asked.write
    try:
        with asked.file.open("rb") as file:
            write(file, prepare(FileSource(file)), asked)
    except MediaError as error:
        return _refuse(SENTENCES[error.reason], error.detail)
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}.")
    except _NothingToWriteError as error:
        return _refuse(str(error))
    return 0


class _NothingToWriteError(Exception):
    """The file is fine, but what was asked for cannot be made of it."""


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m mediakit", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, write, says in (
        ("probe", _probe, "print as JSON what is in the file and how it plays"),
        ("mp4", _film, "write the film as players get it (a WebM for VP8)"),
        ("poster", _poster, "write a JPEG that stands for the film"),
    ):
        command = commands.add_parser(name, help=says, description=says)
        command.add_argument("file", type=Path)
        command.set_defaults(write=write, out=None)
        if write is not _probe:
            command.add_argument("-o", dest="out", type=Path, help="where to write it; else beside the file")
    return parser.parse_args(arguments)


def _probe(file: BinaryIO, found: Prepared, asked: argparse.Namespace) -> None:
    plan = found.virtual
    known = asdict(replace(found, virtual=None))
    known["virtual"] = plan and {"media_type": plan.media_type, "size": plan.size, "etag": plan.etag}
    sys.stdout.write(json.dumps(known, indent=2) + "\n")


def _film(file: BinaryIO, found: Prepared, asked: argparse.Namespace) -> None:
    if found.virtual is None:
        raise _NothingToWriteError(
            "There is no other film to write: browsers play this file as it is, or not at all."
        )
    source = FileSource(file)
    with _out(asked, f".playable.{found.virtual.media_type.partition('/')[2]}").open("wb") as film:
        film.writelines(found.virtual.read(0, found.virtual.size, source.read_at))


def _poster(file: BinaryIO, found: Prepared, asked: argparse.Namespace) -> None:
    picture = poster(FileSource(file), found.container)
    if picture is None:
        raise _NothingToWriteError("There is no picture to take a poster from.")
    _out(asked, ".jpg").write_bytes(picture)


def _out(asked: argparse.Namespace, suffix: str) -> Path:
    """Where to write, which is never the file itself."""
    source: Path = asked.file
    out: Path = asked.out or source.with_suffix(suffix)
    if out.exists() and out.samefile(source):
        raise _NothingToWriteError("The film cannot be written over the file that it is made of.")
    return out


def _refuse(sentence: str, detail: str = "") -> int:
    sys.stderr.write(f"{sentence}{f' ({detail})' if detail else ''}\n")
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
