/** The tus 1.0.0 protocol, as much of it as a file from a browser needs. */
import type { Incoming, Transport } from "./transport";
import { type Verdict, verdictOf } from "./upload-plan";

export interface Refusal {
  readonly ok: false;
  readonly verdict: Verdict;
  /** The server's own sentence for the person; empty when it gave none. */
  readonly sentence: string;
  /** How long the server asked us to wait; 0 when it did not. */
  readonly retryAfterMs: number;
}

export type Created = { readonly ok: true; readonly uploadUrl: string; readonly recordingId: string } | Refusal;

/** `status` and `sentence` come with the answer to the last byte. */
export type Moved =
  | { readonly ok: true; readonly offsetBytes: number; readonly status: string; readonly sentence: string }
  | Refusal;

export interface Sending {
  readonly onSent?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

const LONGEST_SENTENCE = 300;

export class TusClient {
  readonly #transport: Transport;
  readonly #endpoint: string;
  readonly #token: () => string;

  constructor(transport: Transport, endpoint: string, token: () => string) {
    this.#transport = transport;
    this.#endpoint = endpoint;
    this.#token = token;
  }

  /** Asks for a place for this file. */
  async create(file: File, signal?: AbortSignal): Promise<Created> {
    const metadata = `filename ${base64(file.name)},filetype ${base64(file.type)}`;
    const headers = { ...this.#headers(), "Upload-Length": String(file.size), "Upload-Metadata": metadata };
    const answer = await this.#transport({ method: "POST", url: this.#endpoint, headers, ...maybe(signal) });
    const location = answer.header("Location");
    if (answer.isRedirected || answer.status !== 201 || !location) return refusal(answer);
    // Only the path: behind a proxy the server may not know its own public name.
    const { pathname, search } = new URL(location, new URL(this.#endpoint, document.baseURI));
    return { ok: true, uploadUrl: pathname + search, recordingId: answer.header("Pocket-Recording") ?? "" };
  }

  /** How many bytes are durable on the server. */
  async offset(uploadUrl: string, signal?: AbortSignal): Promise<Moved> {
    const headers = this.#headers();
    return moved(await this.#transport({ method: "HEAD", url: uploadUrl, headers, ...maybe(signal) }));
  }

  /** Adds bytes at this offset. */
  async append(uploadUrl: string, offsetBytes: number, body: Blob, sending: Sending = {}): Promise<Moved> {
    const headers = {
      ...this.#headers(),
      "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": String(offsetBytes),
    };
    return moved(await this.#transport({ method: "PATCH", url: uploadUrl, headers, body, ...sending }));
  }

  /** Tells the server to forget the upload; an upload that is gone already is as good. */
  async terminate(uploadUrl: string): Promise<void> {
    await this.#transport({ method: "DELETE", url: uploadUrl, headers: this.#headers() });
  }

  #headers(): Record<string, string> {
    return { "Tus-Resumable": "1.0.0", "X-CSRFToken": this.#token() };
  }
}

function moved(answer: Incoming): Moved {
  const offsetBytes = Number(answer.header("Upload-Offset") ?? Number.NaN);
  const isYes = !answer.isRedirected && answer.status >= 200 && answer.status < 300;
  if (!isYes || !Number.isSafeInteger(offsetBytes)) return refusal(answer);
  return { ok: true, offsetBytes, status: answer.header("Pocket-Status") ?? "", sentence: sentenceOf(answer) };
}

function refusal(answer: Incoming): Refusal {
  const isYes = answer.status >= 200 && answer.status < 400;
  // A yes without what tus promises comes from something in between: a door, a captive portal, a proxy.
  const verdict = answer.isRedirected ? "sign-in" : isYes ? "retry" : verdictOf(answer.status);
  const retryAfterSeconds = Number(answer.header("Retry-After")) || 0;
  return { ok: false, verdict, sentence: sentenceOf(answer), retryAfterMs: retryAfterSeconds * 1000 };
}

function sentenceOf(answer: Incoming): string {
  const coded = answer.header("Pocket-Sentence");
  if (coded) return decoded(coded);
  const isPlain = answer.header("Content-Type")?.startsWith("text/plain") ?? false;
  return isPlain && answer.text.length <= LONGEST_SENTENCE ? answer.text.trim() : "";
}

function decoded(coded: string): string {
  try {
    return decodeURIComponent(coded);
  } catch {
    return coded;
  }
}

function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}

function maybe(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
