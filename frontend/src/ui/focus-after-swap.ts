/** Where the focus goes when htmx replaced a part of the page. */

let focusedId = "";
let focusedList: Element | null = null;
let focusedIndex = -1;

/** Call before a swap: afterwards the focused element may be gone. */
export function rememberFocus(page: Document): void {
  const focused = page.activeElement;
  focusedId = focused?.id ?? "";
  const item = focused?.closest("li, [data-item]") ?? null;
  focusedList = item?.parentElement ?? null;
  focusedIndex = item && focusedList ? [...focusedList.children].indexOf(item) : -1;
}

/**
 * A failure takes the focus; a new page focuses its heading; what is still there keeps it; a deleted
 * item gives it to its neighbour, the last one to the heading of the list.
 */
export function focusAfterSwap(page: Document, swapped: Element): void {
  const target = swapped.querySelector<HTMLElement>(FAILURE) ?? placeIn(page, swapped);
  if (target) focusOn(target);
}

const FAILURE = "[data-focus-error], [aria-invalid=true]";

function placeIn(page: Document, swapped: Element): HTMLElement | null {
  if (swapped === page.body || swapped.matches("main")) return swapped.querySelector<HTMLElement>("h1");
  if (page.activeElement && page.activeElement !== page.body) return null;
  const same = focusedId ? page.getElementById(focusedId) : null;
  return same ?? neighbour() ?? headingOf(swapped);
}

function neighbour(): HTMLElement | null {
  const items = focusedList?.isConnected ? [...focusedList.children] : [];
  const item = items[Math.min(focusedIndex, items.length - 1)];
  return item?.querySelector<HTMLElement>("a[href], button, input, textarea, select") ?? null;
}

function headingOf(part: Element): HTMLElement | null {
  const section = part.closest("section, article, main") ?? part;
  return section.querySelector<HTMLElement>("h1, h2, h3");
}

function focusOn(element: HTMLElement): void {
  const isReachable = element.matches("a[href], button, input, textarea, select, [tabindex]");
  if (!isReachable) element.tabIndex = -1;
  element.focus();
}
