/** Where to go on when a person comes back to a recording. */

const NEAR_THE_END_MS = 3_000;

/** The position to start from: the kept one, unless it is so near the end that nothing would be left. */
export function resumePositionMs(keptMs: number, durationMs: number): number {
  if (!Number.isFinite(keptMs) || keptMs <= 0) return 0;
  if (Number.isFinite(durationMs) && keptMs > durationMs - NEAR_THE_END_MS) return 0;
  return keptMs;
}

/** The number in a data attribute, or 0 when there is none. */
export function parseMs(text: string | null | undefined): number {
  const value = Number(text ?? "");
  return Number.isFinite(value) && value > 0 ? Math.round(value) : 0;
}
