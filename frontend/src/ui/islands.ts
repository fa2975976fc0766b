/** Fetches the code of an island the first time the page holds one; elements then upgrade by themselves. */

const ISLANDS: Readonly<Record<string, () => Promise<unknown>>> = {
  "lesson-player": () => import("../media/lesson-player"),
  "upload-field": () => import("../media/upload-field"),
  "autosave-form": () => import("../lessons/autosave-form"),
  "undo-timer": () => import("../lessons/undo-timer"),
  "passkey-form": () => import("../people/passkey-form"),
  "theme-switch": () => import("./theme-switch"),
};

/** Wakes every island inside `root`; call it again for what htmx swaps in. */
export function wakeIslands(root: ParentNode): void {
  for (const [name, load] of Object.entries(ISLANDS)) {
    const isThere = root.querySelector(name) !== null || (root instanceof Element && root.matches(name));
    // A failed load leaves the plain HTML, which works; the next page tries again.
    if (isThere && !customElements.get(name)) load().catch(() => {});
  }
}
