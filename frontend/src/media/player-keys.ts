/** Which key asks the player for what: YouTube's keys, unchanged. */

export type PlayerCommand =
  | { readonly name: "toggle" | "mute" | "full-screen" | "help" }
  | { readonly name: "move"; readonly byMs: number }
  | { readonly name: "go"; readonly toFraction: number }
  | { readonly name: "frame"; readonly by: 1 | -1 }
  | { readonly name: "speed"; readonly steps: 1 | -1 };

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const COMMANDS: Readonly<Record<string, PlayerCommand>> = {
  k: { name: "toggle" },
  " ": { name: "toggle" },
  j: { name: "move", byMs: -10_000 },
  l: { name: "move", byMs: 10_000 },
  ArrowLeft: { name: "move", byMs: -5_000 },
  ArrowRight: { name: "move", byMs: 5_000 },
  Home: { name: "go", toFraction: 0 },
  End: { name: "go", toFraction: 1 },
  ",": { name: "frame", by: -1 },
  ".": { name: "frame", by: 1 },
  "<": { name: "speed", steps: -1 },
  ">": { name: "speed", steps: 1 },
  m: { name: "mute" },
  f: { name: "full-screen" },
  "?": { name: "help" },
};

/** What the key asks for, or nothing; a key with Ctrl, Alt or Meta belongs to the browser. */
export function commandFor(press: KeyPress): PlayerCommand | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (/^[0-9]$/.test(press.key)) return { name: "go", toFraction: Number(press.key) / 10 };
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.shiftKey && key === "ArrowLeft") return { name: "move", byMs: -1_000 };
  if (press.shiftKey && key === "ArrowRight") return { name: "move", byMs: 1_000 };
  return Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined;
}

/** Space presses the focused button, arrows move volume and speed: those keep their own meaning. */
const OWN_KEYS: ReadonlyArray<readonly [string, RegExp]> = [
  ["button, a[href], summary", /^ $/],
  ["input[type=range]:not([data-player-position])", /^(Arrow.*|Home|End|Page.*)$/],
];

/**
 * Whether the player may take a key that arrived at this element: only when the player itself or
 * nothing at all has the focus, never in a field or under an open dialog.
 */
export function mayTakeKey(target: Element | null, player: Element, key: string): boolean {
  const focused = target ?? document.body;
  if (focused !== document.body && !player.contains(focused)) return false;
  if (document.querySelector("dialog[open]")) return false;
  if (focused.closest("input:not([type=range]), textarea, select, [contenteditable]:not([contenteditable=false])")) {
    return false;
  }
  return !OWN_KEYS.some(([selector, keys]) => focused.matches(selector) && keys.test(key));
}
