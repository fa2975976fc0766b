import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UnfinishedUpload } from "../lib/store";
import { find, settle, showPage } from "../lib/test-page";
import { FakeTusServer } from "./fake-tus-server";
import { UploadField } from "./upload-field";
import { CHUNK_BYTES } from "./upload-plan";

const HTML = `
<div id="live-status" role="status"></div>
<form><input type="hidden" name="recording" data-recording-input value="">
<upload-field data-endpoint="/uploads/" data-for="lesson-1"
  data-label-starting="{sent} of {total} MB" data-label-sending="{percent} percent" data-label-paused="Paused."
  data-label-waiting="The connection dropped. {sent} of {total} MB are safely there."
  data-label-choose="Choose the same file again to continue. {sent} of {total} MB are safely there."
  data-label-other="That is another file. Choose {name}." data-label-sign-in="Sign in again to continue."
  data-label-milestone="{percent} percent there" data-label-empty="This file is empty." data-label-failed="That didn't work.">
  <div data-upload-drop data-upload-state="idle choose failed"><input type="file" data-upload-input></div>
  <div data-upload-row data-upload-state="choose sending waiting paused done failed">
    <img data-upload-poster alt="" hidden><span data-upload-name></span><span data-upload-duration hidden></span>
    <p data-upload-sentence></p><progress data-upload-bar></progress>
    <button type="button" data-upload-pause data-upload-state="sending waiting"></button>
    <button type="button" data-upload-resume data-upload-state="paused"></button>
    <button type="button" data-upload-cancel data-upload-state="choose sending waiting paused"></button>
  </div>
</upload-field></form>`;

const RECORDING = { id: "recording-1", status: "playable", duration_ms: 134_000, poster: "/p.jpg", sentence: "" };

let server: FakeTusServer;
let remembered: Map<string, UnfinishedUpload>;

const field = () => find<UploadField>("upload-field");
const state = () => field().dataset.state;
const sentence = () => find("[data-upload-sentence]").textContent;
const recordingInput = () => find<HTMLInputElement>("[data-recording-input]").value;
const film = (sizeBytes = 11, name = "bow.mp4") =>
  new File([new Uint8Array(sizeBytes).fill(7)], name, { type: "video/mp4", lastModified: 5 });

/** The page is loaded, perhaps once more, with what this device remembers. */
function load(): void {
  showPage("");
  const holder = document.createElement("div");
  holder.innerHTML = HTML;
  const island = holder.querySelector<UploadField>("upload-field")!;
  island.transport = server.transport;
  island.clock = { now: () => performance.now(), wait: async () => {} };
  island.fetcher = async () => Response.json(RECORDING);
  island.store = {
    recall: async (key) => remembered.get(key),
    remember: async (upload) => Boolean(remembered.set(upload.key, upload)),
    forget: async (key) => void remembered.delete(key),
  };
  document.body.replaceChildren(...holder.childNodes);
}

beforeEach(() => {
  server = new FakeTusServer();
  remembered = new Map();
  load();
});

afterEach(() => showPage(""));

describe("the upload field", () => {
  it("offers the drop zone and nothing else before a file is chosen", () => {
    expect(field()).toBeInstanceOf(UploadField);
    expect(state()).toBe("idle");
    expect(find("[data-upload-drop]").hidden).toBe(false);
    expect(find("[data-upload-row]").hidden).toBe(true);
  });

  it("brings the file, fills the form and shows what the server made of it", async () => {
    const finished = vi.fn();
    document.body.addEventListener("upload-finished", (event) => finished(event.detail), { once: true });
    field().choose(film());
    await vi.waitFor(() => expect(find("[data-upload-duration]").textContent).toBe("2:14"));
    expect(state()).toBe("done");
    expect(sentence()).toBe("Ready to send.");
    expect(recordingInput()).toBe("recording-1");
    expect(finished).toHaveBeenCalledWith({ recordingId: "recording-1", status: "playable" });
    expect(find<HTMLImageElement>("[data-upload-poster]").hidden).toBe(false);
    expect(remembered.size).toBe(0);
  });

  it("fills the form as soon as there is a place, so that the words can be saved with it", async () => {
    const changed = vi.fn();
    find("form").addEventListener("change", changed);
    server.before = ({ method }) => (method === "PATCH" ? { status: 401 } : undefined);
    field().choose(film());
    await vi.waitFor(() => expect(changed).toHaveBeenCalled());
    expect(recordingInput()).toBe("recording-1");
  });

  it("says what is safe when the connection drops, and goes on by itself", async () => {
    let isCut = true;
    server.before = ({ method }) => {
      if (method !== "PATCH" || !isCut) return undefined;
      isCut = false;
      return { status: 0 };
    };
    const said: (string | null)[] = [];
    new MutationObserver(() => said.push(find("#live-status").textContent)).observe(find("#live-status"), {
      childList: true,
    });
    field().choose(film(2_000_000));
    await vi.waitFor(() => expect(state()).toBe("done"));
    expect(said).toContain("The connection dropped. 0 of 2.0 MB are safely there.");
  });

  it("pauses and continues", async () => {
    server.before = ({ method }) => {
      if (method === "PATCH" && state() === "sending" && server.log.length === 3) find("[data-upload-pause]").click();
      return undefined;
    };
    field().choose(film(CHUNK_BYTES + 1));
    await vi.waitFor(() => expect(state()).toBe("paused"));
    server.before = () => undefined;
    find("[data-upload-resume]").click();
    await vi.waitFor(() => expect(state()).toBe("done"));
    expect(server.uploads.get("/uploads/1/")?.bytes).toHaveLength(CHUNK_BYTES + 1);
  });

  it("goes on after a reload when this device still has the file", async () => {
    server.before = ({ method }) => (method === "PATCH" ? { status: 401 } : undefined);
    field().choose(film());
    await vi.waitFor(() => expect(remembered.size).toBe(1));
    server.before = () => undefined;
    load();
    await vi.waitFor(() => expect(state()).toBe("done"));
    expect(server.log.filter((method) => method === "POST")).toHaveLength(1);
    expect(recordingInput()).toBe("recording-1");
  });

  it("asks for the same file after a reload when it has not, and takes no other", async () => {
    const kept = { key: "lesson-1", uploadUrl: "/uploads/9/", recordingId: "recording-9", name: "bow.mp4" };
    remembered.set("lesson-1", { ...kept, sizeBytes: 2_000_000, lastModified: 5 });
    server.uploads.set("/uploads/9/", { bytes: new Uint8Array(1_000_000).fill(7), length: 2_000_000 });
    load();
    await vi.waitFor(() => expect(state()).toBe("choose"));
    expect(sentence()).toBe("Choose the same file again to continue. 1.0 of 2.0 MB are safely there.");
    expect(find("[data-upload-drop]").hidden).toBe(false);
    field().choose(film(11, "other.mp4"));
    expect(sentence()).toBe("That is another file. Choose bow.mp4.");
    field().choose(film(2_000_000));
    await vi.waitFor(() => expect(state()).toBe("done"));
    expect(server.log).toEqual(["HEAD", "HEAD", "PATCH"]);
  });

  it("offers a fresh start after a reload when the server has given up on the upload", async () => {
    remembered.set("lesson-1", {
      ...{ key: "lesson-1", uploadUrl: "/uploads/9/", recordingId: "r", name: "bow.mp4" },
      ...{ sizeBytes: 5, lastModified: 5 },
    });
    load();
    await vi.waitFor(() => expect(remembered.size).toBe(0));
    expect(state()).toBe("idle");
  });

  it("asks to sign in again and keeps everything", async () => {
    server.before = ({ method }) => (method === "PATCH" ? { status: 401 } : undefined);
    field().choose(film());
    await vi.waitFor(() => expect(sentence()).toBe("Sign in again to continue."));
    expect(state()).toBe("paused");
    server.before = () => undefined;
    find("[data-upload-resume]").click();
    await vi.waitFor(() => expect(state()).toBe("done"));
  });

  it("forgets a removed file here and on the server", async () => {
    server.before = ({ method }) => (method === "PATCH" ? { status: 401 } : undefined);
    field().choose(film());
    await vi.waitFor(() => expect(state()).toBe("paused"));
    find("[data-upload-cancel]").click();
    await vi.waitFor(() => expect(server.uploads.size).toBe(0));
    expect(state()).toBe("idle");
    expect(recordingInput()).toBe("");
    expect(remembered.size).toBe(0);
  });

  it("says the server's reason when the file is no recording, and lets another be chosen", async () => {
    server.status = "failed";
    server.sentence = "This is a web page, not a recording.";
    field().choose(film());
    await vi.waitFor(() => expect(state()).toBe("failed"));
    expect(sentence()).toBe("This is a web page, not a recording.");
    expect(find("[data-upload-row]").dataset.state).toBe("problem");
    expect(find("[data-upload-drop]").hidden).toBe(false);
    expect(recordingInput()).toBe("");
  });

  it("does not bother the server with an empty file", async () => {
    field().choose(film(0));
    await settle();
    expect(sentence()).toBe("This file is empty.");
    expect(server.log).toEqual([]);
  });

  it("warns before leaving only while nobody remembers where the bytes go", async () => {
    const leave = () => {
      const event = new Event("beforeunload", { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    let answer: (answer: { status: number }) => void = () => {};
    server.before = () => undefined;
    const slow = server.transport;
    field().transport = async (outgoing) => {
      if (outgoing.method === "POST") await new Promise((resolve) => (answer = resolve));
      if (outgoing.method === "PATCH") await new Promise(() => {});
      return slow(outgoing);
    };
    field().choose(film());
    expect(leave()).toBe(true);
    await settle();
    answer({ status: 201 });
    await vi.waitFor(() => expect(remembered.size).toBe(1));
    await settle();
    expect(leave()).toBe(false);
  });
});
