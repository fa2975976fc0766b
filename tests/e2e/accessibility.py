"""axe-core on a page, and what axe does not see: targets, sideways scrolling, focus that is covered."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
Rules = dict[str, str | list[str]]
ALL: Rules = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS: Rules = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def axe_violations(page: Page, rules: Rules = ALL) -> list[str]:
    """One line a violation: rule, and the elements that break it. A second look needs only COLOURS."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
    return [
        f"{violation['id']}: {violation['help']}: {[node['html'][:160] for node in violation['nodes']]}"
        for violation in found["violations"]
    ]


def scrolls_sideways(page: Page) -> list[str]:
    """What sticks out when the page can be scrolled sideways; nothing when it cannot."""
    return list(
        page.evaluate(
            """() => {
              const root = document.documentElement, width = root.clientWidth;
              if (root.scrollWidth <= width + 1) return [];
              const out = [...document.body.querySelectorAll('*')].filter(element => {
                const box = element.getBoundingClientRect();
                return box.width > 0 && (box.right > width + 1 || box.left < -1);
              });
              return [`${root.scrollWidth} in ${width}`, ...out.slice(-3).map(each => each.outerHTML.slice(0, 120))];
            }"""
        )
    )


def small_targets(page: Page, least: int = 44) -> list[str]:
    """Controls smaller than `least` CSS pixels both ways, links within sentences aside."""
    return list(
        page.evaluate(
            """least => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
              .filter(element => element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
              .filter(element => !element.closest('p, .prose, .skip, [hidden]'))
              .filter(element => {
                const box = (element.closest('label') ?? element).getBoundingClientRect();
                return box.width > 1 && box.height > 1 && (box.width < least - 0.5 || box.height < least - 0.5);
              })
              .map(element => element.outerHTML.slice(0, 160))""",
            least,
        )
    )
