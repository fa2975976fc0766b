/**
 * The two live regions of the page shell: quiet news, and what must interrupt.
 *
 * Markup, once per page, never swapped:
 *   <div id="live-status" class="vh" role="status"></div>
 *   <div id="live-alert" class="vh" role="alert"></div>
 */

/** Says it when the listener is idle. Empty text says nothing. */
export function announce(text: string): void {
  say("live-status", text);
}

/** Interrupts: only for a failed send or something about to be lost. */
export function alarm(text: string): void {
  say("live-alert", text);
}

function say(id: string, text: string): void {
  const region = document.getElementById(id);
  if (!region || !text) return;
  // The same sentence twice is no change to a screen reader, so it would stay silent.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
