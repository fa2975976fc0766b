/** What the server says about a recording, and asking until it is settled. */
import type { Clock } from "../lib/clock";

export interface Recording {
  readonly id: string;
  readonly status: string;
  readonly kind: string;
  readonly sentence: string;
  readonly durationMs: number;
  readonly poster: string;
  readonly src: string;
}

/** Reads the server's JSON; throws a TypeError when it is not a recording. */
export function parseRecording(json: unknown): Recording {
  if (typeof json !== "object" || json === null) throw new TypeError("A recording is an object.");
  const fields = json as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
  const { duration_ms: durationMs } = fields;
  if (!text("id") || !text("status")) throw new TypeError("A recording has an id and a status.");
  return {
    id: text("id"),
    status: text("status"),
    kind: text("kind"),
    sentence: text("sentence"),
    durationMs: typeof durationMs === "number" ? durationMs : 0,
    poster: text("poster"),
    src: text("src"),
  };
}

const TRIES = 12;
const LONGEST_WAIT_MS = 10_000;

/**
 * Asks until the recording left `receiving` and, when it can be played, until its poster is made.
 * Tells `onNews` each answer; gives up quietly after about a minute and a half.
 */
export async function followRecording(
  url: string,
  edges: { readonly fetcher: typeof fetch; readonly clock: Clock; readonly signal: AbortSignal },
  onNews: (recording: Recording) => void,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const recording = await ask(url, edges);
    if (recording) onNews(recording);
    if (recording && isSettled(recording)) return;
    await edges.clock.wait(Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries), edges.signal);
  }
}

function isSettled({ status, kind, poster }: Recording): boolean {
  if (status === "receiving") return false;
  const willHavePoster = kind !== "audio" && !["kept", "failed", "erased"].includes(status);
  return poster !== "" || !willHavePoster;
}

async function ask(
  url: string,
  { fetcher, signal }: { readonly fetcher: typeof fetch; readonly signal: AbortSignal },
): Promise<Recording | undefined> {
  try {
    const response = await fetcher(url, { headers: { Accept: "application/json" }, signal });
    return response.ok ? parseRecording(await response.json()) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
