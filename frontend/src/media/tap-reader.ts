/** What a tap on the picture means: once plays or pauses, twice at an edge moves ten seconds. */

export type TapMeaning = "toggle" | "back" | "forward" | "wait";

const DOUBLE_TAP_MS = 300;
const EDGE = 1 / 3;

export class TapReader {
  #lastSide: TapMeaning | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;

  /**
   * Reads a tap at this fraction of the picture's width. "wait" asks the caller to ask `afterRest`
   * once the time for a second tap is over.
   */
  tap(fraction: number, atMs: number): TapMeaning {
    const side = sideOf(fraction);
    const isSecond = side === this.#lastSide && atMs - this.#lastAt <= DOUBLE_TAP_MS;
    this.#lastSide = isSecond ? undefined : side;
    this.#lastAt = atMs;
    if (side === "toggle" || isSecond) return side;
    return "wait";
  }

  /** Whether the edge was tapped only once and then left alone. */
  isSingle(tappedAtMs: number): boolean {
    return this.#lastAt === tappedAtMs;
  }
}

export const REST_AFTER_TAP_MS = DOUBLE_TAP_MS + 10;

function sideOf(fraction: number): TapMeaning {
  if (fraction < EDGE) return "back";
  return fraction > 1 - EDGE ? "forward" : "toggle";
}
