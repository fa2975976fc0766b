"""Who is in the demo's studio, and what they have given each other."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A person of the demo."""

    name: str
    face: str
    guides: bool = False

    @property
    def mail(self) -> str:
        return f"{self.name.split()[0].lower()}@example.org"


INES = Part("Ines Duarte", "ines", guides=True)
RUTH = Part("Ruth Adler", "ruth", guides=True)
MAYA = Part("Maya Okafor", "amara")
LEO = Part("Leo Brandt", "leo")
ANA = Part("Ana Haddad", "nadia")
PRIYA = Part("Priya Nair", "priya")
CAST = (INES, RUTH, MAYA, LEO, ANA, PRIYA)
CONNECTIONS = ((INES, MAYA), (INES, LEO), (INES, ANA), (INES, PRIYA), (RUTH, MAYA))
SHOWN = (INES, MAYA)  # whose sign-in links are printed


@dataclass(frozen=True)
class Script:
    """A lesson of the demo. `take` names its recording; `days` is how long ago it was sent."""

    author: Part
    learner: Part
    title: str
    take: str | None
    takeaways: tuple[str, ...] = ()
    guidance: str = ""
    note: str = ""
    kind: str = "lesson"
    days: float = 0
    is_sent: bool = True
    stopped_at: float | None = None  # part of the whole that the learner has played


SCRIPTS = (
    Script(
        *(INES, LEO, "Vibrato basics", "vibrato"),
        takeaways=("Roll from the elbow, not the wrist", "Slow first: four waves on each note"),
        note="Leo, show Papa the second part.",
        days=6,
    ),
    Script(
        *(INES, MAYA, "Slow practice with the metronome", "slow"),
        takeaways=("Set it at 60 and stay there",),
        days=12,
        stopped_at=1.0,
    ),
    Script(
        *(INES, ANA, "Breathing, 4 min", "breathing"),
        takeaways=("In for four, out for six",),
        guidance="Sit or lie down. There is nothing to do well here.\n\nIf you lose count, begin again at *one*.",
        kind="session",
        days=1,
    ),
    Script(
        *(INES, MAYA, "String crossings, bars 9–14", "crossings"),
        takeaways=("The elbow leads, the wrist follows", "Cross before the note, not on it"),
        guidance=(
            "Three things to try, in this order:\n\n"
            "1. Bars 9–10 **without** the left hand.\n2. The same at half speed, with the note names spoken.\n"
            "3. Bars 9–14 in one bow a bar.\n\nStop when it feels easy, not when it is perfect."
        ),
        note="You asked about bar 11. It is at the half-way point; the arm is earlier than you think.",
        days=3,
        stopped_at=0.4,
    ),
    Script(
        *(RUTH, MAYA, "Let the shoulder drop", "shoulder"),
        takeaways=("Let the breath move it",),
        note="Before you play, not after.",
        kind="session",
        days=0.9,
    ),
    Script(
        *(INES, MAYA, "Tuning by ear, without the phone", "tuning"),
        takeaways=("Start from A", "Listen for the beats to slow down"),
        days=0.2,
    ),
    Script(
        *(INES, PRIYA, "Bow changes without the bump", "changes"),
        takeaways=("Slow the bow before the change", "Soft fingers, soft thumb"),
        is_sent=False,
    ),
    Script(
        *(INES, LEO, "Hunters’ Chorus, first page", None),
        guidance="Hands apart first. Clap the rhythm of line two.",
        is_sent=False,
    ),
)
