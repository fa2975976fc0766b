"""What preparing a file finds out about it."""

from dataclasses import dataclass

from mediakit.virtual import VirtualFile


@dataclass(frozen=True)
class Prepared:
    """A file that is media, and how it can be played.

    Exactly one of three holds: `kept_because` is set (media, but no browser plays it without an encode), `as_is` is set
    (play the source bytes themselves under that media type), or else `virtual` is set (play that). What is kept may have
    a `virtual` too: the same film without the places and devices that its container tells of, to be downloaded.
    """

    container: str  # mp4, mov, matroska, webm, ogg, wav, flac, mp3, aac, mpegts, avi, flv, asf, mpegps
    kind: str  # "video" or "audio"
    duration_ms: int
    width: int  # as displayed, after rotation; 0 for audio
    height: int
    rotation: int  # degrees clockwise needed for display: 0, 90, 180, 270
    codecs: str  # RFC 6381, comma separated, as canPlayType takes them: "avc1.640028,mp4a.40.2"
    virtual: VirtualFile | None = None
    as_is: str | None = None  # media type
    kept_because: str | None = None  # codec or container name, for the sentence: "hevc", "avi", "prores"
    cut_bytes: int = 0  # a corrupt or unfinished tail that is not played
