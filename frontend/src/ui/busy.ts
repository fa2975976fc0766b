/** Waiting, seen and heard: a thin thread on what was pressed, after four seconds a sentence. */
import { label } from "../lib/labels";
import { announce } from "../lib/live-regions";

const SHOW_AFTER_MS = 150;
const SAY_AFTER_MS = 4_000;

/** Marks the pressed control as busy; returns how to end that. CSS draws the thread on `aria-busy`. */
export function beBusy(pressed: Element): () => void {
  const show = setTimeout(() => pressed.setAttribute("aria-busy", "true"), SHOW_AFTER_MS);
  const say = setTimeout(() => announce(label(document.body, "still-working")), SAY_AFTER_MS);
  return () => {
    clearTimeout(show);
    clearTimeout(say);
    pressed.removeAttribute("aria-busy");
  };
}

/** Plain forms wait too: the thread stays until the next page replaces this one. */
export function beBusyOnSubmit(page: Document): void {
  let atRest: (() => void)[] = [];
  page.addEventListener("submit", (event) => {
    const isOurs = event.defaultPrevented || (event.target as Element).matches("[method=dialog]");
    if (!isOurs && event.submitter) atRest.push(beBusy(event.submitter));
  });
  // Back brings the old page as it was left: still waiting for an answer that came long ago.
  window.addEventListener("pageshow", () => {
    for (const end of atRest) end();
    atRest = [];
  });
}
