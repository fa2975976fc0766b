/** htmx as this house uses it: nothing inline, only our own server, forms that come back with errors. */
import htmx from "htmx.org";
import { label } from "../lib/labels";
import { announce } from "../lib/live-regions";
import { beBusy } from "./busy";
import { focusAfterSwap, rememberFocus } from "./focus-after-swap";
import { wakeIslands } from "./islands";

/** Parts of htmx's event details that we read. */
interface RequestDetail {
  readonly elt: Element;
  readonly target?: Element;
  readonly requestConfig?: { readonly triggeringEvent?: Event & { readonly submitter?: Element | null } };
}

/** Configures htmx and binds our rules for focus, waiting and failing to its events. */
export function setUpHtmx(page: Document): void {
  Object.assign(htmx.config, {
    includeIndicatorStyles: false,
    allowEval: false,
    allowScriptTags: false,
    selfRequestsOnly: true,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "422", swap: true },
      { code: "[45]..", swap: false, error: true },
    ],
  });
  const on = (name: string, listener: (detail: RequestDetail) => void) =>
    page.addEventListener(name, (event) => listener((event as CustomEvent<RequestDetail>).detail));
  const atRest = new WeakMap<Element, () => void>();
  on("htmx:beforeRequest", (detail) => atRest.set(detail.elt, beBusy(pressed(detail))));
  on("htmx:afterRequest", ({ elt }) => atRest.get(elt)?.());
  on("htmx:beforeSwap", () => rememberFocus(page));
  on("htmx:afterSettle", ({ elt }) => focusAfterSwap(page, elt));
  on("htmx:load", ({ elt }) => wakeIslands(elt));
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    on(name, ({ elt }) => say(elt, navigator.onLine ? "failed" : "offline"));
  }
}

function pressed({ elt, requestConfig }: RequestDetail): Element {
  return requestConfig?.triggeringEvent?.submitter ?? elt;
}

/** The sentence of the part itself when it has one, else the page's. */
function say(element: Element, name: string): void {
  announce(label(element, name) || label(document.body, name));
}
