/**
 * `<autosave-form>`: what is written is saved by itself, and kept on this device until it is.
 *
 *   <autosave-form data-updated-at="2026-11-22T18:42:00+00:00"
 *       data-label-saved="Saved {time}, only you see it" data-label-saving="Saving…"
 *       data-label-unsaved="Not saved yet. Your words are still here, we'll try again when you're online."
 *       data-label-invalid="Not saved yet. Something below needs another look."
 *       data-label-refused="Not saved. Sign in again in another tab, your words stay here."
 *       data-label-restored="These words were not saved last time. We put them back.">
 *     <form method="post" action="/lessons/…/">…</form>
 *   </autosave-form>
 *   <p role="status" data-autosave-status>Saved 18:42, only you see it</p>        (anywhere on the page)
 *   <form data-after-autosave method="post" action="…/deliveries/">…</form>     (is sent only after the words are)
 *
 * The whole form is posted (no files) with `Accept: application/json`; 204 is saved,
 * 422 is `{"errors": {"title": ["…"]}}`, shown in `<ul class="errors" id="id_title_error">`. The form keeps its own submit button for pages without script.
 */
import { label } from "../lib/labels";
import { Autosave, postWords, type SaveAnswer } from "./autosave";
import { showFieldErrors } from "./field-errors";
import { putBack, wordsOf } from "./form-words";
import { deviceWords, type WordsStore } from "./words-store";

export class AutosaveForm extends HTMLElement {
  /** The edges, replaced in tests. */
  store: WordsStore = deviceWords;
  fetcher: typeof fetch = (...request) => fetch(...request);

  #life: AbortController | undefined;
  #storing: Promise<unknown> = Promise.resolve();

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || this.#life) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    const autosave = new Autosave(
      () => this.#post(form),
      (answer) => this.#hear(form, answer, autosave),
    );
    const write = () => {
      this.#keep(form);
      autosave.change();
    };
    const saveNow = () => void autosave.flush();
    form.addEventListener("input", write, { signal });
    const decide = () => {
      write();
      saveNow();
    };
    form.addEventListener("change", decide, { signal }); // a recording was given, a kind chosen: nobody is typing
    form.addEventListener("focusout", saveNow, { signal });
    form.addEventListener("submit", () => autosave.stop(), { signal });
    window.addEventListener("online", saveNow, { signal });
    window.addEventListener("pagehide", saveNow, { signal });
    document.addEventListener("submit", (event) => this.#holdBack(event, autosave), { signal, capture: true });
    signal.addEventListener("abort", () => autosave.stop());
    void this.#restore(form, autosave);
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  #post(form: HTMLFormElement): Promise<SaveAnswer> {
    this.#say("saving");
    const words = new URLSearchParams(wordsOf(form).map(([name, value]) => [name, value]));
    const token = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value;
    if (token) words.set("csrfmiddlewaretoken", token);
    return postWords(form.action, words, this.fetcher);
  }

  #hear(form: HTMLFormElement, answer: SaveAnswer, autosave: Autosave): void {
    showFieldErrors(form, answer.kind === "invalid" ? answer.errors : {});
    if (answer.kind !== "saved") return this.#say(answer.kind === "unreachable" ? "unsaved" : answer.kind);
    this.#say("saved");
    if (autosave.isDirty) return;
    this.#storing = this.#storing.then(() => this.store.forget(form.action));
  }

  /** Something that depends on the words is sent only when the words are. */
  #holdBack(event: SubmitEvent, autosave: Autosave): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-after-autosave") || !autosave.isDirty) return;
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    void autosave.flush().then(() => {
      if (!autosave.isDirty) form.requestSubmit(submitter);
    });
  }

  #keep(form: HTMLFormElement): void {
    const words = { key: form.action, fields: wordsOf(form), writtenAt: Date.now() };
    this.#storing = this.#storing.then(() => this.store.remember(words));
  }

  async #restore(form: HTMLFormElement, autosave: Autosave): Promise<void> {
    const kept = await this.store.recall(form.action);
    if (!kept || autosave.isDirty) return;
    const savedAt = Date.parse(this.dataset.updatedAt ?? "");
    const isNewer = Number.isNaN(savedAt) || kept.writtenAt > savedAt;
    if (!isNewer || !putBack(form, kept.fields)) return void (await this.store.forget(form.action));
    this.#say("restored");
    autosave.change();
  }

  #say(name: string): void {
    const now = new Date();
    const language = document.documentElement.lang || "en";
    const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
      now,
    );
    const sentence = label(this, name, { time });
    this.dataset.state = name;
    if (!sentence) return;
    for (const status of document.querySelectorAll("[data-autosave-status]")) status.textContent = sentence;
  }
}

if (!customElements.get("autosave-form")) customElements.define("autosave-form", AutosaveForm);
