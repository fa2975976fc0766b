/**
 * `<theme-switch>`: the look changes as soon as it is chosen, and is saved in the background.
 * Without script its form is sent with its own button.
 *
 *   <theme-switch data-label-saved="Saved" data-label-failed="Not saved yet. …">
 *     <form method="post" action="/settings/">… <input type="radio" name="look" value="system|light|dark">
 *       <button data-theme-save>Save</button></form>
 *   </theme-switch>
 */
import { label } from "../lib/labels";
import { announce } from "../lib/live-regions";

export class ThemeSwitch extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || this.#life) return;
    this.#life = new AbortController();
    for (const button of this.querySelectorAll<HTMLElement>("[data-theme-save]")) button.hidden = true;
    const choose = (event: Event) => {
      const choice = event.target;
      if (!(choice instanceof HTMLInputElement || choice instanceof HTMLSelectElement)) return;
      if (choice.name !== "theme" && choice.name !== "look") return;
      wear(choice.value);
      void this.#save(form);
    };
    form.addEventListener("change", choose, { signal: this.#life.signal });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  async #save(form: HTMLFormElement): Promise<void> {
    const request = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
    const isSaved = await fetch(form.action, request).then(
      (response) => response.ok,
      () => false,
    );
    announce(label(this, isSaved ? "saved" : "failed"));
  }
}

/** Puts the look on the page; anything but light or dark follows the device. */
export function wear(theme: string): void {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

if (!customElements.get("theme-switch")) customElements.define("theme-switch", ThemeSwitch);
