"""Fills an empty installation through the same actions that people use."""

import datetime
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.utils import timezone
from rich.console import Console
from rich.progress import Progress as Bar

from pocketlessons.lessons.actions.delivering import deliver_lesson
from pocketlessons.lessons.actions.drafting import save_draft, start_draft
from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.actions.preparing import prepare_recording
from pocketlessons.media.actions.receiving import receive_file
from pocketlessons.media.models import Recording
from pocketlessons.media.processing.settling import settle
from pocketlessons.pages.demo.cast import CAST, CONNECTIONS, SCRIPTS, SHOWN, Part, Script
from pocketlessons.pages.demo.scenes import TAKES
from pocketlessons.people.actions.connecting import connect
from pocketlessons.people.actions.signing_in import make_sign_in_link, sign_in_url
from pocketlessons.people.models import Connection, User
from pocketlessons.practice.actions import record_progress

People = dict[Part, User]
Films = dict[str, Path]


def fill_when_empty() -> bool:
    """Fill the studio unless somebody is here already; says whether it did."""
    if User.objects.exists():
        return False
    people = {part: _person(part) for part in CAST}
    now = timezone.now()
    for curator, learner in CONNECTIONS:
        connect(people[curator], people[learner], now=now - datetime.timedelta(days=60))
    with tempfile.TemporaryDirectory(prefix="pocket-demo-") as folder:
        films = _drawn(Path(folder))
        for script in SCRIPTS:
            _play(script, people, films, now)
    return True


def demo_links() -> list[tuple[str, str]]:
    """(who, one-time sign-in link) of the demo's curator and learner, where they exist."""
    now = timezone.now()
    found = {user.email: user for user in User.objects.filter(email__in=[part.mail for part in SHOWN])}
    roles = {True: "curator", False: "learner"}
    return [
        (f"{part.name} ({roles[part.guides]})", sign_in_url(make_sign_in_link(found[part.mail], now=now)))
        for part in SHOWN
        if part.mail in found
    ]


def _drawn(folder: Path) -> Films:
    """Every recording of the demo as a file, drawn on all processors: the drawing is done outside Python."""
    with Bar(console=Console(stderr=True), transient=True) as bar, ThreadPoolExecutor() as drawers:
        drawn = drawers.map(lambda take: take.write(folder), TAKES.values())
        paths = bar.track(drawn, total=len(TAKES), description="Drawing a studio to look at")
        return dict(zip(TAKES, paths, strict=True))


def _person(part: Part) -> User:
    user = User.objects.create_user(part.mail, name=part.name, guides=part.guides)
    User.objects.filter(pk=user.pk).update(face=part.face)
    return user


def _play(script: Script, people: People, films: Films, now: datetime.datetime) -> None:
    at = now - datetime.timedelta(days=script.days)
    author = people[script.author]
    connection = Connection.objects.get(curator=author, learner=people[script.learner])
    lesson = start_draft(by=author, kind=Lesson.Kind(script.kind), meant_for=connection, now=at)
    recording = _recorded(films[script.take], author, at) if script.take else None
    save_draft(
        lesson,
        {
            "title": script.title,
            "takeaways": list(script.takeaways),
            "guidance": script.guidance,
            "note": script.note,
            "recording": recording,
        },
        by=author,
        now=at,
    )
    if script.is_sent:
        delivery = deliver_lesson(lesson, connection, note=script.note, by=author, now=at)
        _watch(delivery, script, people[script.learner], at)


def _recorded(path: Path, owner: User, now: datetime.datetime) -> Recording:
    recording = prepare_recording(receive_file(path, owner=owner, filename=path.name, now=now), now=now)
    settle(recording, now=now)
    recording.refresh_from_db()
    return recording


def _watch(delivery: Delivery, script: Script, learner: User, sent_at: datetime.datetime) -> None:
    """The learner played a part of it the day after."""
    recording = delivery.lesson.recording
    if script.stopped_at is None or recording is None:
        return
    position_ms = round(recording.duration_ms * script.stopped_at)
    for event in ("started", "ended" if script.stopped_at >= 1 else "position"):
        record_progress(
            delivery,
            by=learner,
            event=event,
            position_ms=position_ms,
            duration_ms=recording.duration_ms,
            now=sent_at + datetime.timedelta(days=1),
        )
