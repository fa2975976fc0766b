import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { find, showPage } from "../lib/test-page";
import { UndoTimer } from "./undo-timer";

beforeEach(() => {
  vi.useFakeTimers();
  showPage(`<undo-timer data-left-ms="60000" data-label-left="Undo, {seconds} s" data-label-later="Take back">
    <button data-undo-button><span data-undo-text></span></button></undo-timer>`);
});

afterEach(() => {
  showPage("");
  vi.useRealTimers();
});

it("counts down in sight, under a name that does not change", () => {
  expect(find("undo-timer")).toBeInstanceOf(UndoTimer);
  expect(find("[data-undo-text]").textContent).toBe("Undo, 60 s");
  vi.advanceTimersByTime(18_000);
  expect(find("[data-undo-text]").textContent).toBe("Undo, 42 s");
  expect(find("[data-undo-button]").getAttribute("aria-label")).toBe("Take back");
});

it("keeps the button after the minute, only quieter", () => {
  vi.advanceTimersByTime(61_000);
  expect(find("[data-undo-text]").textContent).toBe("Take back");
  expect(find("undo-timer").hasAttribute("data-fresh")).toBe(false);
});
