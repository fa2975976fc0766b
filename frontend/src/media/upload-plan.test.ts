import { describe, expect, it } from "vitest";
import { backoffMs, CHUNK_BYTES, isSameFile, milestonePassed, nextChunk, SpeedMeter, verdictOf } from "./upload-plan";

describe("the next bytes", () => {
  it("are a chunk, then the rest, then nothing", () => {
    const size = CHUNK_BYTES + 5;
    expect(nextChunk(0, size)).toEqual({ startBytes: 0, endBytes: CHUNK_BYTES });
    expect(nextChunk(CHUNK_BYTES, size)).toEqual({ startBytes: CHUNK_BYTES, endBytes: size });
    expect(nextChunk(size, size)).toBeUndefined();
  });
});

describe("an answer that is not a yes", () => {
  it.each([
    [0, "retry"],
    [401, "sign-in"],
    [404, "begin-again"],
    [409, "ask-offset"],
    [410, "begin-again"],
    [413, "refused"],
    [415, "refused"],
    [429, "retry"],
    [503, "retry"],
  ])("%i means %s", (status, verdict) => {
    expect(verdictOf(status)).toBe(verdict);
  });
});

it("waits longer after each failure, but never more than half a minute", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(backoffMs)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

describe("a quarter", () => {
  it("is said once, and only the highest of several", () => {
    expect(milestonePassed(24, 25)).toBe(25);
    expect(milestonePassed(25, 40)).toBeUndefined();
    expect(milestonePassed(10, 80)).toBe(75);
    expect(milestonePassed(75, 100)).toBe(100);
  });
});

it("knows the same file by name, size and date", () => {
  const kept = { name: "a.mp4", sizeBytes: 5, lastModified: 7 };
  expect(isSameFile({ name: "a.mp4", size: 5, lastModified: 7 }, kept)).toBe(true);
  expect(isSameFile({ name: "a.mp4", size: 5, lastModified: 8 }, kept)).toBe(false);
});

describe("the speed", () => {
  it("is measured over the last seconds only", () => {
    const meter = new SpeedMeter();
    meter.note(0, 0);
    meter.note(10_000, 1_000);
    meter.note(12_000, 5_000);
    expect(meter.bytesPerSecond()).toBe(2_000);
    expect(meter.leftMs(4_000)).toBe(2_000);
  });

  it("is measured afresh after falling back", () => {
    const meter = new SpeedMeter();
    meter.note(0, 9_000);
    meter.note(1_000, 4_000);
    expect(meter.leftMs(1)).toBeUndefined();
  });
});
