/** Bytes and rates as people read them: decimal megabytes, as phones show them. */

const MEGABYTE = 1_000_000;

/** `34` for 34,200,000 bytes; one decimal below 10 MB, never less than 0.1 for something. */
export function megabytes(sizeBytes: number): string {
  const value = sizeBytes / MEGABYTE;
  if (value <= 0) return "0";
  return value < 10 ? Math.max(0.1, value).toFixed(1) : String(Math.round(value));
}

/** Whole percent of `doneBytes`, and 100 only when nothing is left. */
export function percentOf(doneBytes: number, totalBytes: number): number {
  if (totalBytes <= 0) return 0;
  return Math.min(100, Math.floor((doneBytes * 100) / totalBytes));
}
