/** One request with the bytes counted on their way out, which fetch cannot tell. */

export interface Outgoing {
  readonly method: "POST" | "HEAD" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Blob;
  readonly onSent?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

export interface Incoming {
  /** 0 when there was no answer. */
  readonly status: number;
  /** Whether the server sent us elsewhere, which for an upload means: to the door. */
  readonly isRedirected: boolean;
  readonly text: string;
  header(name: string): string | null;
}

/** Never rejects for the network's sake; rejects with the signal's reason when aborted. */
export type Transport = (outgoing: Outgoing) => Promise<Incoming>;

export const NO_ANSWER: Incoming = { status: 0, isRedirected: false, text: "", header: () => null };

const SILENCE_MS = 60_000;

/** The browser's XMLHttpRequest as a transport; a minute without a byte moving counts as no answer. */
export const xhrTransport: Transport = (outgoing) =>
  new Promise((resolve, reject) => {
    const { method, url, headers, body, onSent, signal } = outgoing;
    if (signal?.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    const silence = watchSilence(() => request.abort());
    const abort = () => request.abort();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded }) => {
      silence.heard();
      onSent?.(loaded);
    });
    request.addEventListener("loadend", () => {
      silence.end();
      signal?.removeEventListener("abort", abort);
      if (signal?.aborted) reject(signal.reason);
      else resolve(request.status === 0 ? NO_ANSWER : incoming(request, url));
    });
    signal?.addEventListener("abort", abort);
    request.send(body ?? null);
  });

function incoming(request: XMLHttpRequest, url: string): Incoming {
  const asked = new URL(url, location.href);
  const answered = request.responseURL ? new URL(request.responseURL) : asked;
  return {
    status: request.status,
    isRedirected: answered.pathname !== asked.pathname,
    text: request.responseText,
    header: (name) => request.getResponseHeader(name),
  };
}

function watchSilence(giveUp: () => void): { heard(): void; end(): void } {
  let timer = setTimeout(giveUp, SILENCE_MS);
  const end = () => clearTimeout(timer);
  const heard = () => {
    end();
    timer = setTimeout(giveUp, SILENCE_MS);
  };
  return { heard, end };
}
