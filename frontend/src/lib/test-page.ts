/** For tests: a page as a browser hands it to an island, with everything inside it already there. */

/** Replaces the page's body by this HTML. */
export function showPage(html: string): void {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  document.body.replaceChildren(...holder.childNodes);
}

/** The one element; throws when there is none. */
export function find<Part extends HTMLElement = HTMLElement>(selector: string): Part {
  const element = document.querySelector<Part>(selector);
  if (!element) throw new Error(`Nothing on the page is "${selector}".`);
  return element;
}

/** Lets everything that is already settled run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
