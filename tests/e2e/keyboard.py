"""Somebody without a pointer: Tab to a control, see where one is, press it."""

from playwright.sync_api import Locator, Page

MOST_STOPS = 60

# The focused control, or the label that stands for one that is drawn by its label.
STANDS_FOR = """() => {
  const focused = document.activeElement;
  const label = focused.matches('input') && focused.closest('label');
  return label || focused;
}"""

COVERED = f"""() => {{
  const shown = ({STANDS_FOR})(), box = shown.getBoundingClientRect();
  const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  const points = [0.1, 0.5, 0.9].flatMap(across => [0.2, 0.5, 0.8].map(down =>
    [box.left + box.width * across, box.top + box.height * down]));
  const free = points.filter(([x, y]) => inside(x, y) && (hit => hit && (shown.contains(hit) || hit.contains(shown)))
    (document.elementFromPoint(x, y)));
  return free.length < 5;
}}"""

OUTLINED = """() => {
  const focused = document.activeElement;
  const near = [focused, focused.closest('label'), ...(focused.parentElement?.children ?? [])];
  return near.some(each => {
    if (!each) return false;
    const {outlineStyle, outlineWidth} = getComputedStyle(each);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
}"""


def tab_to(page: Page, control: Locator, *, back: bool = False) -> None:
    """Press Tab until `control` has the focus; every stop on the way must be seen and lie free."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue  # round the corner of the page
        here = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        assert page.evaluate(OUTLINED), f"nobody sees that this has the focus: {here}"
        assert not page.evaluate(COVERED), f"something lies over this: {here}"
        if control.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_STOPS} stops did not reach {control}")


def press(page: Page, control: Locator, key: str = "Enter") -> None:
    tab_to(page, control)
    page.keyboard.press(key)


def write(page: Page, field: Locator, text: str) -> None:
    tab_to(page, field)
    page.keyboard.type(text)
