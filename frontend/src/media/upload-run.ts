/** Brings one file to the server, whatever the network does in between. */
import type { Clock } from "../lib/clock";
import type { Moved, Refusal, TusClient } from "./tus-client";
import { backoffMs, nextChunk } from "./upload-plan";

/** Where an upload lives on the server. */
export interface UploadPlace {
  readonly uploadUrl: string;
  readonly recordingId: string;
}

export type UploadEnd =
  | { readonly kind: "done"; readonly status: string; readonly sentence: string }
  | { readonly kind: "refused"; readonly sentence: string }
  | { readonly kind: "sign-in" }
  /** The file on this device moved, changed or vanished. */
  | { readonly kind: "unreadable" };

export interface UploadNews {
  /** A place was given; remember it before any byte goes there. */
  placed(place: UploadPlace): void;
  /** Bytes that left this device; some may not be durable yet. */
  sent(bytes: number): void;
  /** Bytes that the server promised to keep. */
  durable(bytes: number): void;
  /** It goes on by itself later; the server may have said why. */
  waiting(sentence: string): void;
}

export interface UploadEdges {
  readonly client: TusClient;
  readonly clock: Clock;
  /** Resolves at the latest after `delayMs`, earlier when the network comes back. */
  readonly untilOnline: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

const MOST_NEW_BEGINNINGS = 3;

export class UploadRun {
  readonly #file: File;
  readonly #edges: UploadEdges;
  readonly #news: UploadNews;
  #place: UploadPlace | undefined;
  #offsetBytes: number | undefined;
  #farthestBytes = 0;
  #failures = 0;
  #beginnings = 0;

  /** `place` is where an earlier run of the same file left off, if there was one. */
  constructor(file: File, edges: UploadEdges, news: UploadNews, place?: UploadPlace) {
    this.#file = file;
    this.#edges = edges;
    this.#news = news;
    this.#place = place;
  }

  /** Runs to one of the ends; rejects only with the signal's reason. A new run continues an aborted one. */
  async run(signal: AbortSignal): Promise<UploadEnd> {
    this.#offsetBytes = undefined;
    for (;;) {
      signal.throwIfAborted();
      const answer = await this.#step(signal);
      const end = answer.ok ? this.#endAfter(answer) : await this.#recover(answer, signal);
      if (end) return end;
    }
  }

  #endAfter({ status, sentence }: Moved & { ok: true }): UploadEnd | undefined {
    const isComplete = this.#offsetBytes === this.#file.size;
    return isComplete ? { kind: "done", status: status || "receiving", sentence } : undefined;
  }

  /** The next request: a place, then the offset, then bytes. */
  async #step(signal: AbortSignal): Promise<Moved> {
    const { client } = this.#edges;
    if (!this.#place) return this.#begin(signal);
    if (this.#offsetBytes === undefined) {
      return this.#settle(await client.offset(this.#place.uploadUrl, signal));
    }
    const offsetBytes = this.#offsetBytes;
    const chunk = nextChunk(offsetBytes, this.#file.size);
    if (!chunk) return { ok: true, offsetBytes, status: "", sentence: "" };
    const body = this.#file.slice(chunk.startBytes, chunk.endBytes);
    const onSent = (bytes: number) => this.#news.sent(offsetBytes + Math.min(bytes, body.size));
    return this.#settle(await client.append(this.#place.uploadUrl, offsetBytes, body, { onSent, signal }));
  }

  async #begin(signal: AbortSignal): Promise<Moved> {
    const created = await this.#edges.client.create(this.#file, signal);
    if (!created.ok) return created;
    this.#beginnings += 1;
    this.#place = { uploadUrl: created.uploadUrl, recordingId: created.recordingId };
    this.#news.placed(this.#place);
    return this.#settle({ ok: true, offsetBytes: 0, status: "", sentence: "" });
  }

  #settle(answer: Moved): Moved {
    if (!answer.ok) return answer;
    // An offset beyond the file means that the place holds something else.
    if (answer.offsetBytes > this.#file.size)
      return { ok: false, verdict: "begin-again", sentence: "", retryAfterMs: 0 };
    // Only bytes that moved are progress: an offset that is told again and again is not.
    if (answer.offsetBytes > this.#farthestBytes) this.#failures = 0;
    this.#farthestBytes = Math.max(this.#farthestBytes, answer.offsetBytes);
    this.#offsetBytes = answer.offsetBytes;
    this.#news.durable(answer.offsetBytes);
    return answer;
  }

  /** Prepares the next try, or says how it ended. */
  async #recover({ verdict, sentence, retryAfterMs }: Refusal, signal: AbortSignal): Promise<UploadEnd | undefined> {
    if (verdict === "sign-in") return { kind: "sign-in" };
    if (verdict === "begin-again" && this.#place && this.#beginnings < MOST_NEW_BEGINNINGS) {
      this.#place = undefined;
      this.#offsetBytes = undefined;
      return undefined;
    }
    if (verdict === "refused" || verdict === "begin-again") return { kind: "refused", sentence };
    this.#offsetBytes = undefined;
    this.#failures += 1;
    if (verdict === "ask-offset" && this.#failures === 1) return undefined;
    if (!(await isReadable(this.#file))) return { kind: "unreadable" };
    this.#news.waiting(verdict === "retry" ? sentence : "");
    await this.#edges.untilOnline(Math.max(retryAfterMs, backoffMs(this.#failures)), signal);
    return undefined;
  }
}

async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Waits for the network's return or for the time to pass, whichever comes first. */
export function untilOnline(clock: Clock): UploadEdges["untilOnline"] {
  return async (delayMs, signal) => {
    const pass = new AbortController();
    const back = () => pass.abort();
    window.addEventListener("online", back, { once: true });
    try {
      await clock.wait(delayMs, AbortSignal.any([signal, pass.signal]));
    } catch {
      signal.throwIfAborted();
    } finally {
      window.removeEventListener("online", back);
    }
  };
}
