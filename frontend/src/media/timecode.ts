/** Positions in a recording as people read and hear them. */

/** `4:12`, or `1:04:12` from an hour on. Rounds down, as players do. */
export function timecode(positionMs: number): string {
  const seconds = wholeSeconds(positionMs);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** `4 minutes 2 seconds` in the given language, for a screen reader. */
export function spokenTime(positionMs: number, language = "en"): string {
  const seconds = wholeSeconds(positionMs);
  const parts = [
    [Math.floor(seconds / 3600), "hour"],
    [Math.floor((seconds % 3600) / 60), "minute"],
    [seconds % 60, "second"],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  return (said.length > 0 ? said : parts.slice(2)).map(([count, unit]) => inWords(count, unit, language)).join(" ");
}

function inWords(count: number, unit: string, language: string): string {
  return new Intl.NumberFormat(language || "en", { style: "unit", unit, unitDisplay: "long" }).format(count);
}

function wholeSeconds(positionMs: number): number {
  return Number.isFinite(positionMs) ? Math.max(0, Math.floor(positionMs / 1000)) : 0;
}
