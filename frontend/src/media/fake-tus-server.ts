/** For tests: a tus server in memory that can be cut off, emptied or signed out in the middle. */
import { type Incoming, NO_ANSWER, type Outgoing, type Transport } from "./transport";

interface StoredUpload {
  bytes: Uint8Array;
  readonly length: number;
}

export class FakeTusServer {
  readonly uploads = new Map<string, StoredUpload>();
  readonly log: string[] = [];
  /** Asked before each request; an answer from here goes out instead of the server's own. */
  before: (outgoing: Outgoing) => Partial<Incoming> | undefined = () => undefined;
  /** Of the next PATCH only this many bytes arrive, and its answer is lost. */
  cutAfterBytes: number | undefined;
  status = "playable";
  sentence = "Ready to send.";
  #made = 0;

  readonly transport: Transport = async (outgoing) => {
    outgoing.signal?.throwIfAborted();
    this.log.push(outgoing.method);
    const instead = this.before(outgoing);
    const answer = instead ? { ...NO_ANSWER, ...instead } : await this.#answer(outgoing);
    outgoing.signal?.throwIfAborted();
    return answer;
  };

  #answer(outgoing: Outgoing): Incoming | Promise<Incoming> {
    if (outgoing.method === "POST") return this.#create(outgoing);
    const upload = this.uploads.get(outgoing.url);
    if (!upload) return answerWith(404);
    if (outgoing.method === "DELETE") return answerWith(this.uploads.delete(outgoing.url) ? 204 : 404);
    if (outgoing.method === "HEAD") return answerWith(200, { "Upload-Offset": String(upload.bytes.length) });
    return this.#append(upload, outgoing);
  }

  #create({ url, headers }: Outgoing): Incoming {
    this.#made += 1;
    const location = `${url}${this.#made}/`;
    this.uploads.set(location, { bytes: new Uint8Array(), length: Number(headers["Upload-Length"]) });
    const absolute = new URL(location, "http://inside.invalid").href;
    return answerWith(201, { Location: absolute, "Pocket-Recording": `recording-${this.#made}` });
  }

  async #append(upload: StoredUpload, { headers, body, onSent }: Outgoing): Promise<Incoming> {
    if (Number(headers["Upload-Offset"]) !== upload.bytes.length) return answerWith(409);
    const arrived = new Uint8Array(await (body ?? new Blob()).arrayBuffer());
    const cut = this.cutAfterBytes;
    this.cutAfterBytes = undefined;
    upload.bytes = joined(upload.bytes, arrived.subarray(0, cut ?? arrived.length));
    onSent?.(cut ?? arrived.length);
    if (cut !== undefined) return NO_ANSWER;
    const last = { "Pocket-Status": this.status, "Pocket-Sentence": encodeURIComponent(this.sentence) };
    const isComplete = upload.bytes.length === upload.length;
    return answerWith(204, { "Upload-Offset": String(upload.bytes.length), ...(isComplete ? last : {}) });
  }
}

/** An answer with this status and these headers. */
export function answerWith(status: number, headers: Readonly<Record<string, string>> = {}): Incoming {
  return { ...NO_ANSWER, status, header: (name) => headers[name] ?? null };
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  const both = new Uint8Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}
