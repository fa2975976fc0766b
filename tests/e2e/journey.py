"""The steps of the main job, as a person takes them: each does one thing and waits until it is done."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.real_server import RunningServer

PLAY = re.compile("^(Keep going|Watch|Listen)$")
COMPOSER = re.compile("/lessons/[0-9a-f-]{36}/$")
SENT = re.compile("/deliveries/[0-9a-f-]{36}/$")


def name_oneself(page: Page, name: str) -> None:
    """A new account's first visit to the settings."""
    page.goto(from_root(page, "/settings/"))
    page.get_by_label("Your name").fill(name)
    page.locator("section", has=page.get_by_label("Your name")).get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=2, name=name)).to_be_visible()


def invite(page: Page, name: str, mail: str) -> None:
    """From anywhere a curator's nav is, by mail."""
    page.goto(from_root(page, "/desk/"))
    page.get_by_role("main").get_by_role("link", name=re.compile("^Invite")).first.click()
    page.get_by_label("Their name").fill(name)
    page.get_by_label("Their mail address").fill(mail)
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text(f"Invitation sent to {mail}.")).to_be_visible()


def mailed_link(page: Page, server: RunningServer, mail: str, pattern: str = "/invitations/t/") -> str:
    """The link in the newest mail to that address, as the outbox shows it."""
    page.goto(f"{server.url}/outbox/")
    page.get_by_role("link", name=re.compile(re.escape(mail))).first.click()
    link = page.locator(f"main a[href*='{pattern}']").get_attribute("href")
    assert link is not None
    return link


def accept(page: Page, link: str) -> None:
    """Read what Ines will and will not see, and come in; the name that she typed is there already."""
    page.goto(link)
    expect(page.get_by_role("heading", name="Ines will see")).to_be_visible()
    expect(page.get_by_role("heading", name="Ines won't see")).to_be_visible()
    expect(page.get_by_text("When you're online")).to_be_visible()
    page.get_by_role("button", name="Accept and come in").click()
    expect(page.get_by_role("heading", level=1, name=re.compile("^Good "))).to_be_visible()


def new_lesson_for(page: Page, name: str) -> None:
    """Tap a face on the desk."""
    page.get_by_role("main").get_by_role("button", name=f"New lesson for {name}").click()
    page.wait_for_url(COMPOSER)


def give_file(page: Page, path: Path) -> None:
    """Through the file chooser, as a finger would."""
    with page.expect_file_chooser() as chooser:
        page.locator("label.drop").click()
    chooser.value.set_files(path)


def arrived(page: Page) -> None:
    """Until the composer says that the recording is there and plays."""
    expect(page.locator("[data-upload-sentence]")).to_have_text("Ready to play.")


def send_to(page: Page, name: str) -> str:
    """Press Send; returns the address of the learner's page."""
    page.get_by_role("button", name=f"Send to {name}").click()
    page.wait_for_url(SENT)
    return page.url


def media(page: Page) -> Locator:
    return page.locator("[data-player-media]")


def seconds_at(page: Page) -> float:
    return float(media(page).evaluate("media => media.currentTime"))


def plays_beyond(page: Page, seconds: float) -> None:
    """Until the picture moves past this second."""
    page.wait_for_function(
        "seconds => { const media = document.querySelector('[data-player-media]');"
        " return !media.seeking && (media.currentTime > seconds || media.ended) }",
        arg=seconds,
    )


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()


def seek_to(page: Page, fraction: float) -> float:
    """Press on the position at that part of its length; returns the second it lands on."""
    bar = page.get_by_role("slider", name="Position")
    box = bar.bounding_box()
    assert box is not None
    bar.click(position={"x": box["width"] * fraction, "y": box["height"] / 2})
    page.wait_for_function("() => !document.querySelector('[data-player-media]').seeking")
    return seconds_at(page)


def from_root(page: Page, path: str) -> str:
    return "/".join(page.url.split("/")[:3]) + path
