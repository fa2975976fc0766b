"""axe-core on a page, and what axe does not see: targets, sideways scrolling, focus that is covered."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe_violations(page: Page) -> list[str]:
    """One line a violation: rule, and the elements that break it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{violation['id']}: {violation['help']}: {[node['html'][:160] for node in violation['nodes']]}"
        for violation in found["violations"]
    ]


def scrolls_sideways(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
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
