/** Paints an upload: which parts show in which state, the bar, and one sentence about it. */
import { label } from "../lib/labels";
import { announce } from "../lib/live-regions";
import { megabytes, percentOf } from "../lib/sizes";
import { timecode } from "./timecode";
import type { SpeedMeter } from "./upload-plan";

export type UploadState = "idle" | "choose" | "sending" | "waiting" | "paused" | "done" | "failed";

export interface Amount {
  readonly name: string;
  readonly sentBytes: number;
  readonly totalBytes: number;
}

export class UploadView {
  readonly #field: HTMLElement;
  readonly #language = document.documentElement.lang || "en";

  constructor(field: HTMLElement) {
    this.#field = field;
  }

  /** Shows the parts of this state and says the sentence, aloud too. */
  state(state: UploadState, sentence: string): void {
    this.#field.dataset.state = state;
    for (const row of this.#all("row")) row.dataset.state = state === "failed" ? "problem" : state;
    for (const part of this.#all("state")) {
      part.hidden = !(part.dataset.uploadState ?? "").split(" ").includes(state);
    }
    this.sentence(sentence);
    announce(sentence);
  }

  sentence(sentence: string): void {
    for (const part of this.#all("sentence")) part.textContent = sentence;
  }

  /** The sentence `data-label-<name>` with the amounts in its blanks. */
  worded(name: string, amount: Amount, meter?: SpeedMeter): string {
    const leftMs = meter?.leftMs(amount.totalBytes - amount.sentBytes);
    return label(this.#field, leftMs === undefined && name === "sending" ? "starting" : name, {
      name: amount.name,
      sent: megabytes(amount.sentBytes),
      total: megabytes(amount.totalBytes),
      percent: percentOf(amount.sentBytes, amount.totalBytes),
      speed: megabytes(meter?.bytesPerSecond() ?? 0),
      left: leftMs === undefined ? "" : this.#about(leftMs),
    });
  }

  bar({ name, sentBytes, totalBytes }: Amount): void {
    for (const part of this.#all("name")) part.textContent = name;
    for (const bar of this.#field.querySelectorAll<HTMLProgressElement>("progress[data-upload-bar]")) {
      bar.max = 100;
      bar.value = percentOf(sentBytes, totalBytes);
    }
  }

  /** What the server made of it. */
  recording(poster: string, durationMs: number): void {
    const picture = this.#field.querySelector<HTMLImageElement>("img[data-upload-poster]");
    if (picture && poster && picture.getAttribute("src") !== poster) {
      picture.src = poster;
      picture.hidden = false;
    }
    for (const part of this.#all("duration")) {
      part.textContent = durationMs > 0 ? timecode(durationMs) : "";
      part.hidden = durationMs <= 0;
    }
  }

  #about(leftMs: number): string {
    const seconds = Math.ceil(leftMs / 1000);
    const [count, unit] = seconds < 90 ? [seconds, "second"] : inMinutes(seconds);
    return new Intl.NumberFormat(this.#language, { style: "unit", unit, unitDisplay: "long" }).format(count);
  }

  #all(name: string): NodeListOf<HTMLElement> {
    return this.#field.querySelectorAll<HTMLElement>(`[data-upload-${name}]`);
  }
}

function inMinutes(seconds: number): [number, string] {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? [minutes, "minute"] : [Math.ceil(minutes / 60), "hour"];
}
