import { beforeEach, describe, expect, it, vi } from "vitest";
import { ProgressPacer } from "./progress-pacer";
import { type ProgressReport, ProgressReporter, type ReportAnswer, reportByFetch } from "./progress-reporter";

const at = (positionMs: number): ProgressReport => ({ event: "position", positionMs, durationMs: 60_000 });

/** A server that writes down what it kept, and can be unplugged. */
function fakeServer() {
  const kept: ProgressReport[] = [];
  const server = {
    kept,
    answer: "kept" as ReportAnswer,
    send: async (report: ProgressReport) => {
      if (server.answer === "kept") kept.push(report);
      return server.answer;
    },
  };
  return server;
}

describe("telling the server how far somebody is", () => {
  it("keeps only the last position while the network is away, and the start with it", async () => {
    const server = fakeServer();
    const reporter = new ProgressReporter(server.send);
    server.answer = "unreachable";
    await reporter.report({ ...at(0), event: "started" });
    await reporter.report(at(5_000));
    await reporter.report(at(10_000));
    server.answer = "kept";
    await reporter.flush();
    expect(server.kept.map(({ event, positionMs }) => [event, positionMs])).toEqual([
      ["started", 0],
      ["position", 10_000],
    ]);
  });

  it("does not ask again for what was refused", async () => {
    const server = fakeServer();
    const reporter = new ProgressReporter(server.send);
    server.answer = "refused";
    await reporter.report(at(5_000));
    server.answer = "kept";
    await reporter.flush();
    expect(server.kept).toEqual([]);
  });

  it("does not wait behind a slow request when the page is left", async () => {
    let answerFirst: (answer: ReportAnswer) => void = () => {};
    const sent: number[] = [];
    const reporter = new ProgressReporter((report) => {
      sent.push(report.positionMs);
      return sent.length === 1 ? new Promise((resolve) => (answerFirst = resolve)) : Promise.resolve("kept");
    });
    const first = reporter.report(at(5_000));
    await reporter.reportLeaving(at(7_000));
    expect(sent).toEqual([5_000, 7_000]);
    answerFirst("kept");
    await first;
  });
});

describe("a report by fetch", () => {
  const answering = (status: number) => vi.fn<typeof fetch>(async () => new Response(null, { status }));

  it("posts what Django reads, with the token, and outlives the page", async () => {
    const fetcher = answering(204);
    const send = reportByFetch("/deliveries/1/progress/", () => "token", fetcher);
    expect(await send({ event: "started", positionMs: 4_200, durationMs: 60_000 })).toBe("kept");
    const [url, request] = fetcher.mock.calls[0]!;
    expect(url).toBe("/deliveries/1/progress/");
    expect(String(request?.body)).toBe("event=started&position_ms=4200&duration_ms=60000");
    expect(request).toMatchObject({ method: "POST", keepalive: true, headers: { "X-CSRFToken": "token" } });
  });

  it.each([
    [404, "refused"],
    [429, "unreachable"],
    [503, "unreachable"],
  ])("reads %i as %s", async (status, answer) => {
    expect(await reportByFetch("/p/", () => "", answering(status))(at(1))).toBe(answer);
  });

  it("reads a broken network as worth another try", async () => {
    const fetcher = async () => Promise.reject(new TypeError("Failed to fetch"));
    expect(await reportByFetch("/p/", () => "", fetcher)(at(1))).toBe("unreachable");
  });
});

describe("the pace of reports", () => {
  let nowMs = 0;
  let positionMs = 0;
  const playhead = { positionMs: () => positionMs, durationMs: () => 60_000 };
  const pace = (server: ReturnType<typeof fakeServer>) =>
    new ProgressPacer(new ProgressReporter(server.send), playhead, { now: () => nowMs });

  beforeEach(() => {
    nowMs = 0;
    positionMs = 0;
  });

  it("says nothing before the first play", () => {
    const server = fakeServer();
    const pacer = pace(server);
    positionMs = 9_000;
    pacer.rest();
    pacer.leave();
    expect(server.kept).toEqual([]);
  });

  it("tells the start once, then every five seconds of playing", async () => {
    const server = fakeServer();
    const pacer = pace(server);
    expect(pacer.play()).toBe(true);
    expect(pacer.play()).toBe(false);
    for (let second = 1; second <= 11; second += 1) {
      nowMs = positionMs = second * 1_000;
      pacer.tick();
      await Promise.resolve();
    }
    await vi.waitFor(() => expect(server.kept.map((report) => report.positionMs)).toEqual([0, 5_000, 10_000]));
  });

  it("does not repeat a position that was told already", async () => {
    const server = fakeServer();
    const pacer = pace(server);
    pacer.play();
    positionMs = 3_000;
    pacer.rest();
    pacer.leave();
    await vi.waitFor(() => expect(server.kept).toHaveLength(2));
  });
});
