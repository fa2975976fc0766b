/**
 * The strip under the top bar while the network is away.
 *
 * Markup, once per page: <p id="offline-strip" hidden>You're offline. …</p>
 */
import { announce } from "../lib/live-regions";

/** Shows and hides the strip from now on; it is announced when it appears. */
export function watchNetwork(page: Document): void {
  const strip = page.getElementById("offline-strip");
  if (!strip) return;
  const show = () => {
    const isNew = strip.hidden && !navigator.onLine;
    strip.hidden = navigator.onLine;
    if (isNew) announce(strip.textContent?.trim() ?? "");
  };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}
