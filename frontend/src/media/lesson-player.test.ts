import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { find, showPage } from "../lib/test-page";
import { LessonPlayer } from "./lesson-player";

const HTML = `
<div id="live-status" role="status"></div><div id="live-alert" role="alert"></div>
<lesson-player data-title="Slow bow" data-position-ms="252000" data-duration-ms="580000"
  data-progress-url="/deliveries/1/progress/" data-label-stalled="The connection dropped at {time}.">
  <figure><video data-player-media controls src="/v.mp4" data-media-type="video/mp4" data-codecs="avc1.640020"></video>
  <span data-player-ring hidden></span></figure>
  <p data-player-notice hidden></p>
  <div data-player-trouble hidden>This browser cannot play it.</div>
  <div data-player-controls hidden>
    <input type="range" data-player-position data-label-value="{position} of {duration}">
    <span data-player-at></span><span data-player-length></span>
    <button data-player-toggle data-label-play="Play" data-label-pause="Pause"></button>
    <button data-player-move="-10000"></button>
    <button data-player-speed data-label-speed="{speed} speed, change"><span data-player-speed-text></span></button>
    <input type="range" data-player-speed-range min="0.25" max="2" step="0.05">
    <button data-player-speed-set="0.5"></button>
    <button data-player-mute data-label-mute="Mute" data-label-unmute="Sound on"></button>
  </div>
  <dialog data-player-help-sheet></dialog>
</lesson-player>`;

const button = (name: string) => find<HTMLButtonElement>(`[data-player-${name}]`);
const fire = (name: string) => video().dispatchEvent(new Event(name));
const press = (key: string, on: EventTarget = document.body) =>
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const video = () => find<HTMLVideoElement>("video");

/** happy-dom plays nothing, so this video does as it is told. */
function loaded(durationSeconds = 580): void {
  const own = { duration: durationSeconds, readyState: 1, seeking: false };
  for (const [name, value] of Object.entries(own)) Object.defineProperty(video(), name, { configurable: true, value });
  fire("loadedmetadata");
  fire("durationchange");
}

let posted: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  posted = [];
  vi.stubGlobal("fetch", async (_url: string, request: RequestInit) => {
    posted.push(String(request.body));
    return new Response(null, { status: 204 });
  });
  vi.spyOn(HTMLMediaElement.prototype, "canPlayType").mockReturnValue("probably");
  showPage(HTML);
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the lesson player", () => {
  it("takes over from the browser's controls and shows the kept place before anything is loaded", () => {
    expect(find("lesson-player")).toBeInstanceOf(LessonPlayer);
    expect(video().controls).toBe(false);
    expect(find("[data-player-controls]").hidden).toBe(false);
    expect(button("at").textContent).toBe("4:12");
    expect(button("length").textContent).toBe("9:40");
    expect(button("position").getAttribute("aria-valuetext")).toBe("4 minutes 12 seconds of 9 minutes 40 seconds");
  });

  it("goes to the kept place as soon as the length is known, and never plays by itself", () => {
    loaded();
    expect(video().currentTime).toBe(252);
    expect(video().paused).toBe(true);
  });

  it("starts over when the kept place is at the very end", () => {
    find("lesson-player").dataset.positionMs = "579000";
    document.body.append(find("lesson-player"));
    loaded();
    expect(video().currentTime).toBe(0);
  });

  it("names the play button for what it will do", () => {
    expect(button("toggle").getAttribute("aria-label")).toBe("Play");
    button("toggle").click();
    fire("play");
    expect(button("toggle").getAttribute("aria-label")).toBe("Pause");
    expect(find("lesson-player").dataset.state).toBe("playing");
  });

  it("obeys its keys, but not in a field and not when they are switched off", () => {
    loaded();
    press("l");
    expect(video().currentTime).toBe(262);
    press("5");
    expect(video().currentTime).toBe(290);
    const field = document.body.appendChild(document.createElement("input"));
    press("l", field);
    expect(video().currentTime).toBe(290);
    find("lesson-player").dataset.shortcuts = "off";
    press("l");
    expect(video().currentTime).toBe(290);
  });

  it("steps frames only while paused", () => {
    loaded();
    press(".");
    expect(video().currentTime).toBeCloseTo(252.033, 2);
  });

  it("opens the sheet of keys with a question mark", () => {
    press("?");
    expect(find<HTMLDialogElement>("dialog").open).toBe(true);
  });

  it("slows down without changing the pitch", () => {
    find("[data-player-speed-set]").click();
    fire("ratechange");
    expect(video().playbackRate).toBe(0.5);
    expect(video().preservesPitch).toBe(true);
    expect(button("speed-text").textContent).toBe("0.5×");
    expect(button("speed").getAttribute("aria-label")).toBe("0.5× speed, change");
    expect(find("[data-player-speed-set]").getAttribute("aria-pressed")).toBe("true");
  });

  it("moves while the position is dragged, keeping only the latest wish during a jump", () => {
    loaded();
    Object.defineProperty(video(), "seeking", { configurable: true, value: true });
    const slider = find<HTMLInputElement>("[data-player-position]");
    for (const value of ["100000", "200000", "300000"]) {
      slider.value = value;
      slider.dispatchEvent(new Event("input"));
    }
    expect(video().currentTime).toBe(252);
    expect(button("at").textContent).toBe("5:00");
    fire("seeked");
    expect(video().currentTime).toBe(300);
  });

  it("reports the first play, each pause, and the last place when the page is left", async () => {
    loaded();
    fire("playing");
    await vi.advanceTimersByTimeAsync(0);
    video().currentTime = 260;
    fire("pause");
    await vi.advanceTimersByTimeAsync(0);
    video().currentTime = 265;
    window.dispatchEvent(new Event("pagehide"));
    await vi.advanceTimersByTimeAsync(0);
    expect(posted).toEqual([
      "event=started&position_ms=252000&duration_ms=580000",
      "event=position&position_ms=260000&duration_ms=580000",
      "event=position&position_ms=265000&duration_ms=580000",
    ]);
  });

  it("says after a second that the network is late, and takes it back when it is not", () => {
    loaded();
    fire("waiting");
    vi.advanceTimersByTime(900);
    expect(find("[data-player-ring]").hidden).toBe(true);
    vi.advanceTimersByTime(200);
    expect(find("[data-player-ring]").hidden).toBe(false);
    expect(find("#live-status").textContent).toBe("The connection dropped at 4:12.");
    fire("playing");
    expect(find("[data-player-ring]").hidden).toBe(true);
  });

  it("offers the download where the browser cannot play the codec", () => {
    vi.mocked(HTMLMediaElement.prototype.canPlayType).mockReturnValue("");
    document.body.append(find("lesson-player"));
    expect(find("[data-player-trouble]").hidden).toBe(false);
    expect(find("[data-player-controls]").hidden).toBe(true);
  });

  it("says so when the file turns out to be broken", () => {
    Object.defineProperty(video(), "error", { configurable: true, value: { code: 4 } });
    const troubled = vi.fn();
    document.addEventListener("player-troubled", troubled, { once: true });
    fire("error");
    expect(find("[data-player-trouble]").hidden).toBe(false);
    expect(troubled).toHaveBeenCalledOnce();
  });

  it("loads again from the same place when the network comes back", () => {
    loaded();
    const load = vi.spyOn(video(), "load").mockImplementation(() => {});
    Object.defineProperty(video(), "error", { configurable: true, value: { code: 2 } });
    fire("error");
    expect(find("[data-player-trouble]").hidden).toBe(true);
    window.dispatchEvent(new Event("online"));
    expect(load).toHaveBeenCalled();
    video().currentTime = 0;
    fire("loadedmetadata");
    expect(video().currentTime).toBe(252);
  });

  it("is silent after it left the page", () => {
    loaded();
    const player = find("lesson-player");
    const film = video();
    player.remove();
    press("l");
    expect(film.currentTime).toBe(252);
  });
});
