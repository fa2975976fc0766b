/**
 * `<undo-timer>`: the first minute after sending, counted down in sight but not aloud.
 *
 *   <undo-timer data-left-ms="60000" data-label-left="Undo, {seconds} s" data-label-later="Take back">
 *     <form method="post" action="/deliveries/…/withdrawal/">…
 *       <button class="btn" data-undo-button><span data-undo-text>Take back</span></button></form>
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
    const text = this.querySelector("[data-undo-text]");
    const sentence = label(this, isFresh ? "left" : "later", { seconds });
    if (text && sentence) text.textContent = sentence;
    // One name from beginning to end: a name that changes each second would be read each second.
    const name = label(this, "later");
    if (name) this.querySelector("[data-undo-button]")?.setAttribute("aria-label", name);
  }
}

if (!customElements.get("undo-timer")) customElements.define("undo-timer", UndoTimer);
