import { afterEach, describe, expect, it } from "vitest";
import { nearestSpeed, speedText, steppedSpeed } from "./playback-speed";
import { commandFor, mayTakeKey } from "./player-keys";
import { parseMs, resumePositionMs } from "./resume";
import { TapReader } from "./tap-reader";
import { spokenTime, timecode } from "./timecode";

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

afterEach(() => {
  document.body.innerHTML = "";
});

describe("a position", () => {
  it.each([
    [0, "0:00"],
    [252_900, "4:12"],
    [3_852_000, "1:04:12"],
    [Number.NaN, "0:00"],
  ])("%d ms is written %s", (ms, text) => {
    expect(timecode(ms)).toBe(text);
  });

  it.each([
    [242_000, "4 minutes 2 seconds"],
    [61_000, "1 minute 1 second"],
    [3_600_000, "1 hour"],
    [0, "0 seconds"],
  ])("%d ms is said %s", (ms, words) => {
    expect(spokenTime(ms)).toBe(words);
  });

  it("is said in the page's language", () => {
    expect(spokenTime(242_000, "de")).toBe("4 Minuten 2 Sekunden");
  });
});

describe("a key", () => {
  it.each([
    ["k", { name: "toggle" }],
    [" ", { name: "toggle" }],
    ["J", { name: "move", byMs: -10_000 }],
    ["l", { name: "move", byMs: 10_000 }],
    ["ArrowRight", { name: "move", byMs: 5_000 }],
    ["7", { name: "go", toFraction: 0.7 }],
    ["End", { name: "go", toFraction: 1 }],
    [",", { name: "frame", by: -1 }],
    [">", { name: "speed", steps: 1 }],
    ["?", { name: "help" }],
    ["constructor", undefined],
    ["x", undefined],
  ])("%s asks for %o", (key, command) => {
    expect(commandFor({ ...plain, key })).toEqual(command);
  });

  it("moves a second with Shift and an arrow", () => {
    expect(commandFor({ ...plain, key: "ArrowLeft", shiftKey: true })).toEqual({ name: "move", byMs: -1_000 });
  });

  it("belongs to the browser when it comes with Ctrl", () => {
    expect(commandFor({ ...plain, key: "f", ctrlKey: true })).toBeUndefined();
  });
});

describe("the player takes a key", () => {
  const page = (html: string) => {
    document.body.innerHTML = html;
    return (selector: string) => document.querySelector(selector)!;
  };

  it("when nothing or its own button has the focus", () => {
    const find = page("<lesson-player><button></button></lesson-player>");
    expect(mayTakeKey(document.body, find("lesson-player"), "k")).toBe(true);
    expect(mayTakeKey(find("button"), find("lesson-player"), "k")).toBe(true);
  });

  it("never when somebody writes, chooses or has a dialog open", () => {
    const find = page("<lesson-player><textarea></textarea><select></select></lesson-player><a href='#'></a>");
    for (const selector of ["textarea", "select", "a"]) {
      expect(mayTakeKey(find(selector), find("lesson-player"), "k")).toBe(false);
    }
    document.body.append(Object.assign(document.createElement("dialog"), { open: true }));
    expect(mayTakeKey(document.body, find("lesson-player"), "k")).toBe(false);
  });

  it("but leaves Space to a focused button and arrows to the volume", () => {
    const find = page(
      "<lesson-player><button></button><input type=range id=volume><input type=range id=at data-player-position></lesson-player>",
    );
    expect(mayTakeKey(find("button"), find("lesson-player"), " ")).toBe(false);
    expect(mayTakeKey(find("#volume"), find("lesson-player"), "ArrowLeft")).toBe(false);
    expect(mayTakeKey(find("#at"), find("lesson-player"), "ArrowLeft")).toBe(true);
  });
});

describe("the speed", () => {
  it("moves in twentieths without leaving a trail of decimals", () => {
    let speed = 0.25;
    for (let step = 0; step < 9; step += 1) speed = steppedSpeed(speed, 1);
    expect(speed).toBe(0.7);
  });

  it("stays between a quarter and double", () => {
    expect(nearestSpeed(9)).toBe(2);
    expect(nearestSpeed(0)).toBe(0.25);
    expect(nearestSpeed(Number.NaN)).toBe(1);
  });

  it("is written in the page's language", () => {
    expect(speedText(0.75, "de")).toBe("0,75×");
  });
});

describe("coming back", () => {
  it("goes on where it was left", () => {
    expect(resumePositionMs(252_000, 580_000)).toBe(252_000);
  });

  it("starts over when only the last three seconds are left", () => {
    expect(resumePositionMs(578_000, 580_000)).toBe(0);
  });

  it("reads nonsense as the beginning", () => {
    expect(parseMs("soon")).toBe(0);
    expect(parseMs(null)).toBe(0);
    expect(resumePositionMs(-5, 580_000)).toBe(0);
  });
});

describe("a tap", () => {
  it("in the middle plays or pauses at once", () => {
    expect(new TapReader().tap(0.5, 0)).toBe("toggle");
  });

  it("at an edge waits for a second one, which moves", () => {
    const taps = new TapReader();
    expect(taps.tap(0.1, 1_000)).toBe("wait");
    expect(taps.tap(0.1, 1_200)).toBe("back");
  });

  it("at the other edge is not the second one", () => {
    const taps = new TapReader();
    expect(taps.tap(0.1, 1_000)).toBe("wait");
    expect(taps.tap(0.9, 1_200)).toBe("wait");
    expect(taps.isSingle(1_000)).toBe(false);
    expect(taps.isSingle(1_200)).toBe(true);
  });
});
