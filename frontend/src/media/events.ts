/** What the media islands tell the page around them. */

export interface MediaEvents {
  "player-started": { readonly positionMs: number };
  "player-moved": { readonly positionMs: number };
  "player-ended": Record<string, never>;
  "player-troubled": { readonly reason: "codec" | "broken" };
  "upload-started": { readonly recordingId: string };
  "upload-finished": { readonly recordingId: string; readonly status: string };
  "upload-cancelled": Record<string, never>;
}

/** Sends a typed event up from the island; it bubbles. */
export function emit<Name extends keyof MediaEvents>(from: Element, name: Name, detail: MediaEvents[Name]): void {
  from.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

declare global {
  interface HTMLElementEventMap extends MediaEventMap {}
}

type MediaEventMap = { [Name in keyof MediaEvents]: CustomEvent<MediaEvents[Name]> };
