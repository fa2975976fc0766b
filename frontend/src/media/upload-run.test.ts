import { beforeEach, describe, expect, it } from "vitest";
import { answerWith, FakeTusServer } from "./fake-tus-server";
import { TusClient } from "./tus-client";
import { CHUNK_BYTES } from "./upload-plan";
import { UploadRun } from "./upload-run";

let server: FakeTusServer;
let waits: number[];
let placed: string[];
let reasons: string[];

const PATTERN = Uint8Array.from({ length: 251 }, (_, index) => (index * 7) % 251);

function content(sizeBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += PATTERN.length) bytes.set(PATTERN.subarray(0, sizeBytes - at), at);
  return bytes;
}

const fileOf = (sizeBytes: number) => new File([content(sizeBytes)], "Bögen.mp4", { type: "video/mp4" });
const isStored = (sizeBytes: number) =>
  Buffer.from(content(sizeBytes)).equals([...server.uploads.values()].at(-1)!.bytes);

function runOf(file: File, place?: { uploadUrl: string; recordingId: string }): UploadRun {
  const client = new TusClient(server.transport, "/uploads/", () => "token");
  const clock = { now: () => 0, wait: async () => {} };
  const untilOnline = async (delayMs: number) => void waits.push(delayMs);
  const news = {
    placed: (where: { uploadUrl: string }) => void placed.push(where.uploadUrl),
    sent: () => {},
    durable: () => {},
    waiting: (sentence: string) => void reasons.push(sentence),
  };
  return new UploadRun(file, { client, clock, untilOnline }, news, place);
}

const run = (file: File, place?: { uploadUrl: string; recordingId: string }) =>
  runOf(file, place).run(new AbortController().signal);

beforeEach(() => {
  server = new FakeTusServer();
  waits = [];
  placed = [];
  reasons = [];
});

describe("an upload", () => {
  it("brings every byte in chunks and hears what became of it", async () => {
    const sizeBytes = CHUNK_BYTES * 2 + 3;
    expect(await run(fileOf(sizeBytes))).toEqual({ kind: "done", status: "playable", sentence: "Ready to send." });
    expect(server.log).toEqual(["POST", "PATCH", "PATCH", "PATCH"]);
    expect(isStored(sizeBytes)).toBe(true);
  });

  it("keeps to the address it came by, whatever name the server gives itself", async () => {
    await run(fileOf(3));
    expect(placed).toEqual(["/uploads/1/"]);
  });

  it("goes on from the byte where the connection was cut", async () => {
    server.cutAfterBytes = 5;
    expect((await run(fileOf(11))).kind).toBe("done");
    expect(server.log).toEqual(["POST", "PATCH", "HEAD", "PATCH"]);
    expect(isStored(11)).toBe(true);
    expect(waits).toEqual([1_000]);
  });

  it("asks at once when the server has another offset", async () => {
    await run(fileOf(11));
    const upload = server.uploads.get("/uploads/1/")!;
    let isFirst = true;
    server.before = ({ method }) => {
      if (method !== "PATCH" || !isFirst) return undefined;
      isFirst = false;
      upload.bytes = content(11).subarray(0, 4);
      return undefined;
    };
    upload.bytes = new Uint8Array();
    expect((await run(fileOf(11), { uploadUrl: "/uploads/1/", recordingId: "r" })).kind).toBe("done");
    expect(server.log.slice(2)).toEqual(["HEAD", "PATCH", "HEAD", "PATCH"]);
    expect(waits).toEqual([]);
    expect(isStored(11)).toBe(true);
  });

  it("waits longer and longer while the server only ever says that it conflicts", async () => {
    let conflicts = 0;
    server.before = ({ method }) => {
      if (method !== "PATCH" || conflicts === 4) return undefined;
      conflicts += 1;
      return { status: 409 };
    };
    await run(fileOf(11));
    expect(waits).toEqual([2_000, 4_000, 8_000]);
  });

  it("begins again from the first byte when the upload has expired", async () => {
    server.before = ({ method, url }) => (method === "HEAD" && url === "/uploads/old/" ? { status: 410 } : undefined);
    await run(fileOf(11), { uploadUrl: "/uploads/old/", recordingId: "old" });
    expect(server.log).toEqual(["HEAD", "POST", "PATCH"]);
    expect(isStored(11)).toBe(true);
  });

  it("gives up when every new upload vanishes at once", async () => {
    server.before = ({ method }) => (method === "PATCH" ? { status: 404 } : undefined);
    expect((await run(fileOf(11))).kind).toBe("refused");
    expect(server.log.filter((method) => method === "POST")).toHaveLength(3);
  });

  it("passes on the server's sentence when the file is refused", async () => {
    const headers = { "Pocket-Sentence": encodeURIComponent("That's 3 GB, the limit is 2 GB.") };
    server.before = () => answerWith(413, headers);
    expect(await run(fileOf(11))).toEqual({ kind: "refused", sentence: "That's 3 GB, the limit is 2 GB." });
  });

  it("waits as long as the server asks and passes on why", async () => {
    let isFull = true;
    server.before = ({ method }) => {
      if (method !== "PATCH" || !isFull) return undefined;
      isFull = false;
      return answerWith(507, { "Pocket-Sentence": "Full.", "Retry-After": "30" });
    };
    expect((await run(fileOf(11))).kind).toBe("done");
    expect(waits).toEqual([30_000]);
    expect(reasons).toEqual(["Full."]);
  });

  it("asks to sign in when the server leads to the door", async () => {
    server.before = ({ method }) => (method === "PATCH" ? { status: 200, isRedirected: true } : undefined);
    expect(await run(fileOf(11))).toEqual({ kind: "sign-in" });
  });

  it("tries again behind a wall that says yes to everything", async () => {
    let isWall = true;
    server.before = ({ method }) => {
      if (method !== "PATCH" || !isWall) return undefined;
      isWall = false;
      return { status: 200 };
    };
    expect((await run(fileOf(11))).kind).toBe("done");
    expect(waits).toEqual([1_000]);
  });

  it("notices that the file can no longer be read, instead of trying forever", async () => {
    const gone = fileOf(11);
    Object.defineProperty(gone, "slice", {
      value: () => ({ size: 11, arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) }),
    });
    server.before = ({ method }) => (method === "PATCH" ? { status: 0 } : undefined);
    expect(await run(gone)).toEqual({ kind: "unreadable" });
  });

  it("continues after a pause without beginning again", async () => {
    const pause = new AbortController();
    const upload = runOf(fileOf(CHUNK_BYTES + 9));
    let patches = 0;
    server.before = ({ method }) => {
      if (method === "PATCH" && ++patches === 2) pause.abort();
      return undefined;
    };
    await expect(upload.run(pause.signal)).rejects.toThrow();
    expect((await upload.run(new AbortController().signal)).kind).toBe("done");
    expect(server.log.filter((method) => method === "POST")).toHaveLength(1);
    expect(isStored(CHUNK_BYTES + 9)).toBe(true);
  });

  it("names the file in any alphabet", async () => {
    let metadata = "";
    server.before = ({ headers }) => {
      metadata ||= headers["Upload-Metadata"] ?? "";
      return undefined;
    };
    await run(fileOf(3));
    const [name = ""] = metadata.split(",");
    const bytes = Uint8Array.from(atob(name.split(" ")[1] ?? ""), (each) => each.charCodeAt(0));
    expect(new TextDecoder().decode(bytes)).toBe("Bögen.mp4");
  });
});
