/** The thinking of an upload: which bytes next, what an answer means, how long to wait, how fast it goes. */

const MEBIBYTE = 1024 * 1024;
export const CHUNK_BYTES = 8 * MEBIBYTE;

export interface Chunk {
  readonly startBytes: number;
  readonly endBytes: number;
}

/** The bytes to send from this offset, or nothing when all are there. */
export function nextChunk(offsetBytes: number, sizeBytes: number): Chunk | undefined {
  if (offsetBytes >= sizeBytes) return undefined;
  return { startBytes: offsetBytes, endBytes: Math.min(sizeBytes, offsetBytes + CHUNK_BYTES) };
}

/**
 * What to do after an answer that was not a yes: ask the server how far it is, begin again with a new
 * upload, let the person sign in, try later, or give up because it will never be taken.
 */
export type Verdict = "ask-offset" | "begin-again" | "sign-in" | "retry" | "refused";

const VERDICTS: Readonly<Record<number, Verdict>> = {
  0: "retry",
  401: "sign-in",
  403: "sign-in",
  404: "begin-again",
  408: "retry",
  409: "ask-offset",
  410: "begin-again",
  423: "ask-offset",
  425: "retry",
  429: "retry",
  460: "ask-offset",
};

/** Reads a tus server's status; 0 stands for no answer at all, 460 for a checksum that differs. */
export function verdictOf(status: number): Verdict {
  return VERDICTS[status] ?? (status >= 500 ? "retry" : "refused");
}

const LONGEST_WAIT_MS = 30_000;

/** 1, 2, 4 … 30 seconds before the next try. */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.max(0, failures - 1));
}

const MILESTONES = [25, 50, 75, 100] as const;

/** The quarter that was passed between two percentages, to be said aloud; the highest when several were. */
export function milestonePassed(beforePercent: number, nowPercent: number): number | undefined {
  return MILESTONES.findLast((each) => beforePercent < each && nowPercent >= each);
}

/** Whether this is the file that an unfinished upload was reading. */
export function isSameFile(
  file: { readonly name: string; readonly size: number; readonly lastModified: number },
  kept: { readonly name: string; readonly sizeBytes: number; readonly lastModified: number },
): boolean {
  return file.name === kept.name && file.size === kept.sizeBytes && file.lastModified === kept.lastModified;
}

const WINDOW_MS = 8_000;

/** Bytes a second over the last few seconds, so that a slow start is soon forgotten. */
export class SpeedMeter {
  #marks: { readonly atMs: number; readonly bytes: number }[] = [];

  /** Notes how many bytes were there at this time; fewer than before starts the measure afresh. */
  note(atMs: number, bytes: number): void {
    if (bytes < (this.#marks.at(-1)?.bytes ?? 0)) this.#marks = [];
    this.#marks = this.#marks.filter((mark) => atMs - mark.atMs <= WINDOW_MS);
    this.#marks.push({ atMs, bytes });
  }

  forget(): void {
    this.#marks = [];
  }

  /** 0 until there is something to measure. */
  bytesPerSecond(): number {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (!first || !last || last.atMs <= first.atMs) return 0;
    return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
  }

  /** Time for the rest at this speed; undefined while that cannot be told. */
  leftMs(restBytes: number): number | undefined {
    const speed = this.bytesPerSecond();
    return speed > 0 ? (restBytes * 1000) / speed : undefined;
  }
}
