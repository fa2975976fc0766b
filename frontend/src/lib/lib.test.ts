import { beforeEach, describe, expect, it } from "vitest";
import { csrfToken } from "./csrf";
import { filled, label } from "./labels";
import { announce } from "./live-regions";
import { megabytes, percentOf } from "./sizes";

beforeEach(() => {
  document.body.innerHTML = "";
  document.body.removeAttribute("hx-headers");
});

describe("a sentence from the page", () => {
  it("has its blanks filled", () => {
    expect(filled("{sent} of {total} MB", { sent: 34, total: 80 })).toBe("34 of 80 MB");
  });

  it("keeps a blank that nobody filled in sight", () => {
    expect(filled("Hello {name}")).toBe("Hello {name}");
  });

  it("is empty rather than untranslated when the template has none", () => {
    expect(label(document.createElement("p"), "saved")).toBe("");
  });
});

describe("the token against forgery", () => {
  it("comes from the body's headers first", () => {
    document.body.setAttribute("hx-headers", '{"X-CSRFToken": "from-body"}');
    document.body.innerHTML = '<input name="csrfmiddlewaretoken" value="from-form">';
    expect(csrfToken()).toBe("from-body");
  });

  it("comes from a form when the body's headers are not readable", () => {
    document.body.setAttribute("hx-headers", "{not json");
    document.body.innerHTML = '<input name="csrfmiddlewaretoken" value="from-form">';
    expect(csrfToken()).toBe("from-form");
  });
});

describe("the live region", () => {
  it("changes even when the same thing is said twice", () => {
    document.body.innerHTML = '<div id="live-status" role="status"></div>';
    announce("Saved");
    const once = document.getElementById("live-status")?.textContent;
    announce("Saved");
    expect(document.getElementById("live-status")?.textContent).not.toBe(once);
  });
});

describe("sizes", () => {
  it.each([
    [0, "0"],
    [10, "0.1"],
    [3_420_000, "3.4"],
    [34_400_000, "34"],
  ])("says %i bytes as %s MB", (bytes, words) => {
    expect(megabytes(bytes)).toBe(words);
  });

  it("says 100 percent only when nothing is left", () => {
    expect(percentOf(999_999, 1_000_000)).toBe(99);
    expect(percentOf(1_000_000, 1_000_000)).toBe(100);
    expect(percentOf(0, 0)).toBe(0);
  });
});
