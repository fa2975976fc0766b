/**
 * `<undo-timer>`: the first minute after sending, counted down in sight but not aloud.
 *
 *   <undo-timer data-left-ms="60000" data-label-fresh="Undo" data-label-later="Take back" data-label-left="{seconds} s">
 *     <span data-undo-left aria-hidden="true"></span>      (apart from the button, whose name does not change each second)
 *     <form method="post" action="/deliveries/…/withdrawal/">…
 *       <button class="btn"><span data-undo-text>Take back</span></button></form>
 *   </undo-timer>
 *
 * For CSS: [data-fresh] on the element while the minute runs. Taking back works after it too, until the first play.
 */
import { label } from "../lib/labels";

const SECOND_MS = 1_000;

export class UndoTimer extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined;
  #endsAt: number | undefined;

  connectedCallback(): void {
    // The server says how much is left, so a wrong clock on the device does not matter.
    this.#endsAt ??= performance.now() + Number(this.dataset.leftMs ?? 0);
    this.#timer = setInterval(() => this.#show(), SECOND_MS);
    this.#show();
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
  }

  #show(): void {
    const seconds = Math.max(0, Math.ceil(((this.#endsAt ?? 0) - performance.now()) / SECOND_MS));
    const isFresh = seconds > 0;
    this.toggleAttribute("data-fresh", isFresh);
    if (!isFresh) clearInterval(this.#timer);
    this.#write("[data-undo-text]", label(this, isFresh ? "fresh" : "later"));
    this.#write("[data-undo-left]", isFresh ? label(this, "left", { seconds }) : "");
  }

  #write(part: string, text: string): void {
    const place = this.querySelector(part);
    if (place && place.textContent !== text) place.textContent = text;
  }
}

if (!customElements.get("undo-timer")) customElements.define("undo-timer", UndoTimer);
