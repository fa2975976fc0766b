import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { find, showPage } from "../lib/test-page";
import { UndoTimer } from "./undo-timer";

beforeEach(() => {
  vi.useFakeTimers();
  showPage(`<undo-timer data-left-ms="60000" data-label-fresh="Undo" data-label-later="Take back"
    data-label-left="{seconds} s"><span data-undo-left></span><button><span data-undo-text></span></button></undo-timer>`);
});

afterEach(() => {
  showPage("");
  vi.useRealTimers();
});

it("counts down in sight, beside a button whose name does not change", () => {
  expect(find("undo-timer")).toBeInstanceOf(UndoTimer);
  expect(find("[data-undo-left]").textContent).toBe("60 s");
  vi.advanceTimersByTime(18_000);
  expect(find("[data-undo-left]").textContent).toBe("42 s");
  expect(find("button").textContent).toBe("Undo");
});

it("keeps the button after the minute, only quieter", () => {
  vi.advanceTimersByTime(61_000);
  expect(find("button").textContent).toBe("Take back");
  expect(find("[data-undo-left]").textContent).toBe("");
  expect(find("undo-timer").hasAttribute("data-fresh")).toBe(false);
});
