import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { find, showPage } from "../lib/test-page";
import { beBusy, beBusyOnSubmit } from "./busy";
import { focusAfterSwap, rememberFocus } from "./focus-after-swap";
import { watchNetwork } from "./offline-strip";
import { ThemeSwitch, wear } from "./theme-switch";

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  showPage("");
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("waiting", () => {
  it("shows nothing for 150 ms, then a thread, after four seconds a sentence", () => {
    showPage('<div id="live-status"></div><button></button>');
    document.body.setAttribute("data-label-still-working", "Still working");
    const end = beBusy(find("button"));
    vi.advanceTimersByTime(140);
    expect(find("button").hasAttribute("aria-busy")).toBe(false);
    vi.advanceTimersByTime(20);
    expect(find("button").getAttribute("aria-busy")).toBe("true");
    vi.advanceTimersByTime(4_000);
    expect(find("#live-status").textContent).toBe("Still working");
    end();
    expect(find("button").hasAttribute("aria-busy")).toBe(false);
  });

  it("ends when Back brings the page again as it was left", () => {
    showPage("<form><button>Save</button></form>");
    beBusyOnSubmit(document);
    find<HTMLFormElement>("form").requestSubmit(find("button"));
    vi.advanceTimersByTime(200);
    expect(find("button").getAttribute("aria-busy")).toBe("true");
    window.dispatchEvent(new Event("pageshow"));
    expect(find("button").hasAttribute("aria-busy")).toBe(false);
  });
});

describe("the focus after a swap", () => {
  it("goes to the failure first", () => {
    showPage('<main><h1>Lesson</h1><input id="title" aria-invalid="true"></main>');
    focusAfterSwap(document, find("main"));
    expect(document.activeElement).toBe(find("#title"));
  });

  it("goes to the heading of a new page", () => {
    showPage("<main><h1>Lesson</h1></main>");
    focusAfterSwap(document, find("main"));
    expect(document.activeElement).toBe(find("h1"));
  });

  it("goes to the next item when one was deleted, to the heading when it was the last", () => {
    showPage(`<section><h2>Notes</h2><ul id="notes"><li><button id="first"></button></li>
      <li><button id="second"></button></li></ul></section>`);
    find("#first").focus();
    rememberFocus(document);
    find("#first").closest("li")?.remove();
    focusAfterSwap(document, find("#notes"));
    expect(document.activeElement?.id).toBe("second");
    rememberFocus(document);
    find("#second").closest("li")?.remove();
    focusAfterSwap(document, find("#notes"));
    expect(document.activeElement).toBe(find("h2"));
  });

  it("stays where somebody writes", () => {
    showPage('<input id="note"><ul id="notes"><li>New</li></ul>');
    find("#note").focus();
    rememberFocus(document);
    focusAfterSwap(document, find("#notes"));
    expect(document.activeElement?.id).toBe("note");
  });
});

it("the strip shows while the network is away and is said once", () => {
  showPage('<div id="live-status"></div><p id="offline-strip" hidden>You are offline.</p>');
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  watchNetwork(document);
  expect(find("#offline-strip").hidden).toBe(true);
  online.mockReturnValue(false);
  window.dispatchEvent(new Event("offline"));
  expect(find("#offline-strip").hidden).toBe(false);
  expect(find("#live-status").textContent).toBe("You are offline.");
  online.mockReturnValue(true);
  window.dispatchEvent(new Event("online"));
  expect(find("#offline-strip").hidden).toBe(true);
});

describe("the look", () => {
  it("changes at once and is saved in the background", async () => {
    const post = vi.fn(async () => new Response(null, { status: 204 }));
    vi.stubGlobal("fetch", post);
    showPage(`<div id="live-status"></div><theme-switch data-label-saved="Saved"><form action="/settings/">
      <input type="radio" name="look" value="dark"><button data-theme-save>Save</button></form></theme-switch>`);
    expect(find("theme-switch")).toBeInstanceOf(ThemeSwitch);
    expect(find("[data-theme-save]").hidden).toBe(true);
    find<HTMLInputElement>("[name=look]").checked = true;
    find("[name=look]").dispatchEvent(new Event("change", { bubbles: true }));
    expect(document.documentElement.dataset.theme).toBe("dark");
    await vi.waitFor(() => expect(find("#live-status").textContent).toBe("Saved"));
    expect(post).toHaveBeenCalledOnce();
  });

  it("follows the device for anything but light and dark", () => {
    wear("system");
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });
});
