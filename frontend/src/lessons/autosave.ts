/** When words are saved: after a rest, at once when asked, again when the network is back; never two at a time. */

export type FieldErrors = Readonly<Record<string, readonly string[]>>;

export type SaveAnswer =
  | { readonly kind: "saved" }
  | { readonly kind: "invalid"; readonly errors: FieldErrors }
  /** No network, or a server that is not well: worth another try. */
  | { readonly kind: "unreachable" }
  /** Signed out, or the lesson is gone: trying again will not help. */
  | { readonly kind: "refused" };

const REST_MS = 800;
const RETRY_MS = 10_000;

export class Autosave {
  readonly #save: () => Promise<SaveAnswer>;
  readonly #tell: (answer: SaveAnswer) => void;
  #isDirty = false;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `save` sends what the form holds at that moment; `tell` hears each answer. */
  constructor(save: () => Promise<SaveAnswer>, tell: (answer: SaveAnswer) => void) {
    this.#save = save;
    this.#tell = tell;
  }

  get isDirty(): boolean {
    return this.#isDirty || this.#running !== undefined;
  }

  /** Something was written. */
  change(): void {
    this.#isDirty = true;
    this.#later(REST_MS);
  }

  /** Saves now if there is anything to save; resolves when the server has answered. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    if (!this.#isDirty) return;
    this.#running = this.#once();
    await this.#running;
  }

  /** The words go another way now: a late copy of them must not follow. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#isDirty = false;
  }

  async #once(): Promise<void> {
    this.#isDirty = false;
    const answer = await this.#save();
    this.#running = undefined;
    if (answer.kind !== "saved") this.#isDirty = true;
    if (answer.kind === "unreachable") this.#later(RETRY_MS);
    this.#tell(answer);
  }

  #later(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), delayMs);
  }
}

/** Posts a form and reads the answer: 204 saved, 422 with `{errors: {field: [sentence]}}`. */
export async function postWords(url: string, words: URLSearchParams, fetcher: typeof fetch): Promise<SaveAnswer> {
  try {
    const headers = { Accept: "application/json" };
    const response = await fetcher(url, { method: "POST", body: words, headers, redirect: "manual", keepalive: true });
    if (response.status === 422) return { kind: "invalid", errors: parseErrors(await response.json()) };
    if (response.ok) return { kind: "saved" };
    return { kind: response.status >= 500 || response.status === 429 ? "unreachable" : "refused" };
  } catch {
    return { kind: "unreachable" };
  }
}

/** The sentences by field; anything that is not a list of sentences is left out. */
export function parseErrors(json: unknown): FieldErrors {
  const errors = typeof json === "object" && json !== null ? (json as Record<string, unknown>).errors : undefined;
  if (typeof errors !== "object" || errors === null) return {};
  const isSentences = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((each) => typeof each === "string");
  return Object.fromEntries(
    Object.entries(errors).filter((entry): entry is [string, string[]] => isSentences(entry[1])),
  );
}
