/** When a playing recording's position is worth telling: at the start, every five seconds, at each rest. */
import type { Clock } from "../lib/clock";
import type { ProgressEvent, ProgressReporter } from "./progress-reporter";

const EVERY_MS = 5_000;
const SEEK_REST_MS = 700;

export interface Playhead {
  positionMs(): number;
  durationMs(): number;
}

export class ProgressPacer {
  readonly #reporter: ProgressReporter;
  readonly #playhead: Playhead;
  readonly #clock: Pick<Clock, "now">;
  #hasStarted = false;
  #lastAt = 0;
  #lastPositionMs = -1;
  #seekTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(reporter: ProgressReporter, playhead: Playhead, clock: Pick<Clock, "now">) {
    this.#reporter = reporter;
    this.#playhead = playhead;
    this.#clock = clock;
  }

  /** Returns whether this was the first play. */
  play(): boolean {
    if (this.#hasStarted) return false;
    this.#hasStarted = true;
    this.#tell("started");
    return true;
  }

  tick(): void {
    if (this.#clock.now() - this.#lastAt >= EVERY_MS) this.rest();
  }

  /** Somebody who drags along the time line comes to rest many times; the last one counts. */
  seek(): void {
    clearTimeout(this.#seekTimer);
    this.#seekTimer = setTimeout(() => this.rest(), SEEK_REST_MS);
  }

  rest(): void {
    if (this.#isNews()) this.#tell("position");
  }

  end(): void {
    if (this.#hasStarted) this.#tell("ended");
  }

  leave(): void {
    clearTimeout(this.#seekTimer);
    if (this.#isNews()) this.#tell("position", true);
  }

  online(): void {
    void this.#reporter.flush();
  }

  #isNews(): boolean {
    return this.#hasStarted && this.#playhead.positionMs() !== this.#lastPositionMs;
  }

  #tell(event: ProgressEvent, isLeaving = false): void {
    const report = { event, positionMs: this.#playhead.positionMs(), durationMs: this.#playhead.durationMs() };
    this.#lastAt = this.#clock.now();
    this.#lastPositionMs = report.positionMs;
    void (isLeaving ? this.#reporter.reportLeaving(report) : this.#reporter.report(report));
  }
}
