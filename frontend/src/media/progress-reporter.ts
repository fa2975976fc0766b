/** Tells the server how far somebody is, and keeps the last word while the network is away. */

export type ProgressEvent = "started" | "position" | "ended";

export interface ProgressReport {
  readonly event: ProgressEvent;
  readonly positionMs: number;
  readonly durationMs: number;
}

/** `kept` was stored, `refused` will never be, `unreachable` is worth another try. */
export type ReportAnswer = "kept" | "refused" | "unreachable";

export type SendReport = (report: ProgressReport) => Promise<ReportAnswer>;

export class ProgressReporter {
  readonly #send: SendReport;
  #waiting: ProgressReport[] = [];
  #isSending = false;

  constructor(send: SendReport) {
    this.#send = send;
  }

  /** Of several positions that wait only the last matters; a start or an end is never dropped for one. */
  report(report: ProgressReport): Promise<void> {
    if (this.#waiting.at(-1)?.event === "position" && !this.#isSending) this.#waiting.pop();
    this.#waiting.push(report);
    return this.flush();
  }

  /** The page may be gone before a request under way answers, so this one does not queue behind it. */
  async reportLeaving(report: ProgressReport): Promise<void> {
    if (this.#isSending) await this.#send(report);
    else await this.report(report);
  }

  /** Sends what waits, oldest first, until nothing does or the server cannot be reached. */
  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        if ((await this.#send(next)) === "unreachable") break;
        this.#waiting.shift();
      }
    } finally {
      this.#isSending = false;
      this.#forgetOlderPositions();
    }
  }

  #forgetOlderPositions(): void {
    const last = this.#waiting.at(-1);
    this.#waiting = this.#waiting.filter((report) => report.event !== "position" || report === last);
  }
}

/** Posts one report the way Django reads forms; `keepalive` lets it outlive the page. */
export function reportByFetch(url: string, token: () => string, fetcher: typeof fetch = fetch): SendReport {
  return async ({ event, positionMs, durationMs }) => {
    const fields = { event, position_ms: String(positionMs), duration_ms: String(durationMs) };
    const headers = { "X-CSRFToken": token() };
    try {
      const body = new URLSearchParams(fields);
      const response = await fetcher(url, { method: "POST", body, headers, keepalive: true, redirect: "manual" });
      return answerOf(response.status);
    } catch {
      return "unreachable";
    }
  };
}

function answerOf(status: number): ReportAnswer {
  if (status >= 200 && status < 300) return "kept";
  // 0 is a redirect to the door: whoever signs in again in another tab keeps their place.
  const isPassing = status === 0 || status >= 500 || status === 408 || status === 429;
  return isPassing ? "unreachable" : "refused";
}
