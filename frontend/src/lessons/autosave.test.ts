import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Autosave, parseErrors, postWords, type SaveAnswer } from "./autosave";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function saving(...answers: SaveAnswer[]) {
  const save = vi.fn(async (): Promise<SaveAnswer> => answers.shift() ?? { kind: "saved" });
  const told: string[] = [];
  return { save, told, autosave: new Autosave(save, (answer) => told.push(answer.kind)) };
}

describe("saving by itself", () => {
  it("waits for a rest, however much is written", async () => {
    const { autosave, save, told } = saving();
    for (let letter = 0; letter < 10; letter += 1) {
      autosave.change();
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(800);
    expect(save).toHaveBeenCalledOnce();
    expect(told).toEqual(["saved"]);
    expect(autosave.isDirty).toBe(false);
  });

  it("saves nothing when nothing was written", async () => {
    const { autosave, save } = saving();
    await autosave.flush();
    expect(save).not.toHaveBeenCalled();
  });

  it("never saves twice at a time, and saves what was written in between", async () => {
    let answer: (answer: SaveAnswer) => void = () => {};
    const save = vi.fn(() => new Promise<SaveAnswer>((resolve) => (answer = resolve)));
    const autosave = new Autosave(save, () => {});
    autosave.change();
    void autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    autosave.change();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(save).toHaveBeenCalledOnce();
    answer({ kind: "saved" });
    await vi.advanceTimersByTimeAsync(0);
    expect(save).toHaveBeenCalledTimes(2);
    answer({ kind: "saved" });
    await vi.advanceTimersByTimeAsync(0);
    expect(autosave.isDirty).toBe(false);
  });

  it("tries again when the server could not be reached", async () => {
    const { autosave, told } = saving({ kind: "unreachable" });
    autosave.change();
    await autosave.flush();
    expect(autosave.isDirty).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual(["unreachable", "saved"]);
  });

  it("waits for the writer when the words were refused", async () => {
    const { autosave, save } = saving({ kind: "invalid", errors: {} });
    autosave.change();
    await autosave.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledOnce();
    expect(autosave.isDirty).toBe(true);
  });
});

describe("the server's answer", () => {
  const post = (response: Response) => postWords("/lessons/1/", new URLSearchParams(), async () => response);

  it("is saved without content", async () => {
    expect(await post(new Response(null, { status: 204 }))).toEqual({ kind: "saved" });
  });

  it("names the fields that need another look", async () => {
    const response = Response.json({ errors: { title: ["Give it a title."] } }, { status: 422 });
    expect(await post(response)).toEqual({ kind: "invalid", errors: { title: ["Give it a title."] } });
  });

  it.each([
    [404, "refused"],
    [403, "refused"],
    [502, "unreachable"],
  ])("%i is %s", async (status, kind) => {
    expect(await post(new Response(null, { status }))).toEqual({ kind });
  });

  it("is worth another try when there is none", async () => {
    const broken = async () => Promise.reject(new TypeError("Failed to fetch"));
    expect(await postWords("/", new URLSearchParams(), broken)).toEqual({ kind: "unreachable" });
  });

  it("is read with care", () => {
    expect(parseErrors(null)).toEqual({});
    expect(parseErrors({ errors: { title: "no list", note: ["ok"] } })).toEqual({ note: ["ok"] });
  });
});
