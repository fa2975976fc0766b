"""Decides which tracks of an MP4 are played, or why the file is only kept."""

from mediakit.mp4.codecs import codec_of
from mediakit.mp4.movie import Movie, SourceTrack
from mediakit.mp4.tables import sample_sizes

STILLS = ("mjpeg", "png")
SECONDS_A_STILL = 2


def choose(movie: Movie) -> tuple[list[SourceTrack], str | None]:
    """(tracks to play, None), or (tracks that count, the codec because of which the file is only kept).

    Extra pictures and sounds that no browser plays are left out as long as one of their kind is played; cover art and
    pictures of chapters are no film.
    """
    pictures = [track for track in movie.tracks if track.kind == "video" and not _shows_stills(movie, track)]
    sounds = [track for track in movie.tracks if track.kind == "audio"]
    counting = pictures + sounds or movie.tracks
    chosen = []
    for candidates in (pictures, sounds) if pictures or sounds else (movie.tracks,):
        played = [track for track in candidates if _plays(track)]
        if candidates and not played:
            return counting, candidates[0].codec.family
        chosen += played
    return [track for track in movie.tracks if track in chosen], None


def _plays(track: SourceTrack) -> bool:
    return all(codec_of(entry).plays for entry in track.entries)


def _shows_stills(movie: Movie, track: SourceTrack) -> bool:
    if track.codec.family not in STILLS:
        return False
    seconds = movie.duration / movie.timescale
    return sample_sizes(movie.data, track.tables).count <= max(1, seconds / SECONDS_A_STILL)
