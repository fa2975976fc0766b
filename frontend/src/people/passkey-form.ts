/**
 * `<passkey-form>`: signing in with a passkey, or adding one; a refusal is said in words.
 * It takes the place of allauth's scripts and posts to allauth's own addresses.
 *
 *   <passkey-form data-kind="sign-in" hidden
 *       data-label-cancelled="No passkey was used." data-label-failed="That didn't work. Try again, or use a code.">
 *     <form method="post" action="{% url 'mfa_login_webauthn' %}">{% csrf_token %}{{ redirect_field }}
 *       <input type="hidden" name="credential"> <button>Sign in with a passkey</button>
 *       <p data-passkey-sentence role="status"></p></form>
 *   </passkey-form>
 *
 *   <passkey-form data-kind="add" hidden …>
 *     <form method="post" action="{% url 'mfa_add_webauthn' %}">{% csrf_token %}
 *       <input name="name"> <input type="hidden" name="passwordless" value="on"> <input type="hidden" name="credential">
 *       <button>Add a passkey</button> …</form>
 *     {{ js_data|json_script:"js_data" }}
 *   </passkey-form>
 *
 * As a second step it is kind "sign-in" with the page's own js_data inside.
 * The element is `hidden` in the template and shows itself only where the browser knows passkeys.
 */
import { label } from "../lib/labels";
import { creationOptions, credentialJson, requestOptions } from "./passkey";

export class PasskeyForm extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || this.#life || !("PublicKeyCredential" in window)) return;
    this.#life = new AbortController();
    this.hidden = false;
    const submit = (event: Event) => {
      event.preventDefault();
      void this.#perform(form);
    };
    form.addEventListener("submit", submit, { signal: this.#life.signal });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  async #perform(form: HTMLFormElement): Promise<void> {
    const input = form.querySelector<HTMLInputElement>("input[name=credential]");
    try {
      const credential = this.dataset.kind === "add" ? await this.#create() : await this.#get(form.action);
      if (!input || !(credential instanceof PublicKeyCredential)) throw new TypeError("No passkey came back.");
      input.value = credentialJson(credential);
      // submit(), not requestSubmit(): the ceremony is over and must not begin again.
      form.submit();
    } catch (cause) {
      const isCancelled = cause instanceof DOMException && ["NotAllowedError", "AbortError"].includes(cause.name);
      this.#say(isCancelled ? "cancelled" : "failed");
    }
  }

  #create(): Promise<Credential | null> {
    return navigator.credentials.create(creationOptions(this.#given()));
  }

  async #get(url: string): Promise<Credential | null> {
    return navigator.credentials.get(requestOptions(this.#given() ?? (await fetchOptions(url))));
  }

  /** The challenge that came with the page, for adding and for a second step. */
  #given(): unknown {
    return JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "null");
  }

  #say(name: string): void {
    for (const place of this.querySelectorAll("[data-passkey-sentence]")) place.textContent = label(this, name);
  }
}

async function fetchOptions(url: string): Promise<unknown> {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

if (!customElements.get("passkey-form")) customElements.define("passkey-form", PasskeyForm);
