"""The first bytes say what a file is, whatever it is called."""

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest

from mediakit.sniff import HEAD_BYTES, sniff
from mediakit.tests import clips

ID3 = b"ID3\x04\x00\x00\x00\x00\x0f\x76" + b"APIC" + bytes(2034)

MEDIA: dict[str, tuple[str, Callable[[], bytes]]] = {
    "phone": ("mp4", clips.phone),
    "fragmented": ("mp4", clips.fragmented),
    "m4a": ("mp4", clips.m4a),
    "mov": ("mov", clips.mov_with_timecode),
    "mov without ftyp": ("mov", lambda: clips.mov_with_timecode()[20:]),
    "matroska": ("matroska", clips.matroska),
    "webm": ("webm", clips.webm),
    "ogg": ("ogg", clips.ogg),
    "wav": ("wav", clips.wav),
    "flac": ("flac", clips.flac),
    "mp3": ("mp3", clips.mp3),
    "mp3 behind a tag": ("mp3", lambda: ID3 + clips.mp3()[clips.mp3().index(b"\xff\xfb") :]),
    "mp3 behind large cover art": ("mp3", lambda: b"ID3\x04\x00\x00\x00\x20\x00\x00" + bytes(1 << 19)),
    "adts": ("aac", clips.adts),
    "mpegts": ("mpegts", clips.mpegts),
    "avi": ("avi", clips.avi),
}

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("film.mp4", bytes(5_000_000))
    return out.getvalue()


NOT_MEDIA: dict[str, bytes] = {
    "nothing": b"",
    "one byte": b"\x00",
    "text": "Kära Alma, här är veckans läxa.\n".encode(),
    "page": b"<!DOCTYPE html><html><body>ftyp moov mdat</body></html>",
    "drawing": SVG,
    "archive": _zip(),
    "gzip": gzip.compress(bytes(1_000_000)),
    "playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "playlist behind a byte order mark": b"\xef\xbb\xbf#EXTM3U\nfile:///etc/passwd\n",
    "files to join": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "dash manifest": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
    "session description": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\n",
    "pdf": b"%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64),
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "avif": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf",
    "zeros": bytes(4096),
    "ones": b"\xff" * 4096,
    "program": b"\x7fELF\x02\x01\x01" + bytes(64),
    "other ebml": b"\x1a\x45\xdf\xa3\x88\x42\x82\x85other",
    "ebml without a type": b"\x1a\x45\xdf\xa3\x80",
    "ebml cut inside the type": b"\x1a\x45\xdf\xa3\x88\x42\x82",
    "riff of another kind": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
}


@pytest.mark.parametrize("name", MEDIA)
def test_it_knows_media(name: str) -> None:
    container, make = MEDIA[name]
    assert sniff(make()[:HEAD_BYTES]) == container


@pytest.mark.parametrize("name", NOT_MEDIA)
def test_all_else_is_no_media(name: str) -> None:
    assert sniff(NOT_MEDIA[name][:HEAD_BYTES]) is None


@pytest.mark.parametrize("name", MEDIA)
def test_a_few_bytes_never_mislead(name: str) -> None:
    container, make = MEDIA[name]
    head = make()[:400]
    assert {sniff(head[:length]) for length in range(len(head))} <= {container, None}
