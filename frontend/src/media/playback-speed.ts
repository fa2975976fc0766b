/** Speeds from a quarter to double, in steps of a twentieth. */

export const SLOWEST = 0.25;
export const FASTEST = 2;
const STEPS_PER_UNIT = 20;

/** The nearest speed that can be chosen; full speed when it is not a number. */
export function nearestSpeed(speed: number): number {
  if (!Number.isFinite(speed)) return 1;
  const rounded = Math.round(speed * STEPS_PER_UNIT) / STEPS_PER_UNIT;
  return Math.min(FASTEST, Math.max(SLOWEST, rounded));
}

/** One step slower or faster. */
export function steppedSpeed(speed: number, steps: number): number {
  return nearestSpeed(nearestSpeed(speed) + steps / STEPS_PER_UNIT);
}

/** `0.7×`, `1×`, in the given language. */
export function speedText(speed: number, language = "en"): string {
  return `${new Intl.NumberFormat(language || "en", { maximumFractionDigits: 2 }).format(speed)}×`;
}
