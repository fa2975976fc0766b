import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UnsavedWords } from "../lib/store";
import { find, showPage } from "../lib/test-page";
import { AutosaveForm } from "./autosave-form";

const HTML = `
<p data-autosave-status>Saved 18:40, only you see it</p>
<autosave-form data-updated-at="2026-11-22T18:40:00Z" data-label-saved="Saved {time}, only you see it"
  data-label-unsaved="Not saved yet." data-label-invalid="Something needs another look." data-label-restored="Put back.">
  <form method="post" action="/lessons/1/"><input type="hidden" name="csrfmiddlewaretoken" value="token">
    <input id="id_title" name="title" value="Slow bow"><textarea name="guidance"></textarea>
    <input type="checkbox" name="wants_take" value="yes"><input type="hidden" name="recording" value="">
  </form>
</autosave-form>
<form id="send" data-after-autosave method="post" action="/lessons/1/deliveries/"><button>Send</button></form>`;

let kept: UnsavedWords | undefined;
let posted: URLSearchParams[];
let response: () => Response | Promise<Response>;

const title = () => find<HTMLInputElement>("[name=title]");
const status = () => find("[data-autosave-status]").textContent;

function write(text: string): void {
  title().value = text;
  title().dispatchEvent(new Event("input", { bubbles: true }));
}

function load(): void {
  const holder = document.createElement("div");
  holder.innerHTML = HTML;
  const island = holder.querySelector<AutosaveForm>("autosave-form")!;
  island.store = {
    recall: async () => kept,
    remember: async (words) => {
      kept = words;
    },
    forget: async () => {
      kept = undefined;
    },
  };
  island.fetcher = async (_url, request) => {
    posted.push(request?.body as URLSearchParams);
    return response();
  };
  document.body.replaceChildren(...holder.childNodes);
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-22T18:42:00Z") });
  kept = undefined;
  posted = [];
  response = () => new Response(null, { status: 204 });
  load();
});

afterEach(() => {
  showPage("");
  vi.useRealTimers();
});

describe("the autosave form", () => {
  it("saves the whole form after a rest and says when", async () => {
    expect(find("autosave-form")).toBeInstanceOf(AutosaveForm);
    write("Slow bow, quiet change");
    await vi.advanceTimersByTimeAsync(800);
    expect(String(posted[0])).toBe("title=Slow+bow%2C+quiet+change&guidance=&recording=&csrfmiddlewaretoken=token");
    expect(status()).toMatch(/^Saved \d\d:42/);
    expect(kept).toBeUndefined();
  });

  it("saves at once when a field is left", async () => {
    write("Bow");
    title().dispatchEvent(new Event("focusout", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(0);
    expect(posted).toHaveLength(1);
  });

  it("saves at once when a recording is given", async () => {
    const recording = find<HTMLInputElement>("[name=recording]");
    recording.value = "7";
    recording.dispatchEvent(new Event("change", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(0);
    expect(posted[0]?.get("recording")).toBe("7");
  });

  it("keeps the words on this device until the server has them", async () => {
    response = () => Promise.reject(new TypeError("Failed to fetch"));
    write("Bow");
    await vi.advanceTimersByTimeAsync(800);
    expect(status()).toBe("Not saved yet.");
    expect(kept?.fields).toContainEqual(["title", "Bow"]);
    response = () => new Response(null, { status: 204 });
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(kept).toBeUndefined();
  });

  it("puts back words from before a crash and saves them", async () => {
    const fields = [
      ["title", "Lost and found"],
      ["wants_take", "yes"],
    ] as const;
    kept = { key: "x", fields, writtenAt: Date.parse("2026-11-22T18:41:00Z") };
    load();
    await vi.advanceTimersByTimeAsync(0);
    expect(title().value).toBe("Lost and found");
    expect(find<HTMLInputElement>("[name=wants_take]").checked).toBe(true);
    expect(status()).toBe("Put back.");
    await vi.advanceTimersByTimeAsync(800);
    expect(posted[0]?.get("title")).toBe("Lost and found");
  });

  it("forgets words that are older than what the server has", async () => {
    kept = { key: "x", fields: [["title", "Old"]], writtenAt: Date.parse("2026-11-22T18:39:00Z") };
    load();
    await vi.advanceTimersByTimeAsync(0);
    expect(title().value).toBe("Slow bow");
    expect(kept).toBeUndefined();
  });

  it("shows an error beside its field and takes it away again", async () => {
    response = () => Response.json({ errors: { title: ["Give it a title."] } }, { status: 422 });
    write("");
    await vi.advanceTimersByTimeAsync(800);
    expect(find("#id_title_error").textContent).toBe("Give it a title.");
    expect(title().getAttribute("aria-describedby")).toBe("id_title_error");
    expect(title().getAttribute("aria-invalid")).toBe("true");
    response = () => new Response(null, { status: 204 });
    write("Bow");
    await vi.advanceTimersByTimeAsync(800);
    expect(find("#id_title_error").hidden).toBe(true);
    expect(title().hasAttribute("aria-invalid")).toBe(false);
  });

  it("says nothing more once the whole form was sent", async () => {
    const form = find<HTMLFormElement>("autosave-form form");
    form.addEventListener("submit", (event) => event.preventDefault());
    write("Bow");
    form.requestSubmit();
    window.dispatchEvent(new Event("pagehide"));
    await vi.advanceTimersByTimeAsync(800);
    expect(posted).toHaveLength(0);
  });

  it("sends the lesson only after its words are saved", async () => {
    const sent = vi.fn((event: Event) => event.preventDefault());
    const send = find<HTMLFormElement>("#send");
    send.addEventListener("submit", sent);
    let answer: (response: Response) => void = () => {};
    response = () => new Promise((resolve) => (answer = resolve));
    write("Bow");
    send.requestSubmit();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).not.toHaveBeenCalled();
    answer(new Response(null, { status: 204 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveBeenCalledOnce();
  });
});
