/**
 * `<lesson-player>`: own controls under the picture, the person's place kept, keys as on YouTube.
 *
 * Every part is optional but the media. Labels sit on the part that they name. A mute or full screen button
 * with `aria-pressed` keeps its name and is turned on and off; without it, it is renamed.
 *
 *   <lesson-player data-title="…" data-position-ms="252000" data-duration-ms="580000"
 *                  data-progress-url="/deliveries/…/progress/" data-shortcuts="on"
 *                  data-label-stalled="The connection dropped at {time}. Reconnecting…">
 *     <figure>
 *       <video data-player-media controls playsinline preload="metadata" src="…" poster="…"
 *              data-media-type="video/mp4" data-codecs="avc1.640020, mp4a.40.2"></video>
 *       <span data-player-ring hidden></span>
 *     </figure>
 *     <p data-player-notice hidden></p>
 *     <div data-player-trouble hidden>… <a href="…" download>…</a></div>
 *     <div data-player-controls dir="ltr" hidden>
 *       <input type="range" data-player-position aria-label="Position" min="0" max="580000" value="252000"
 *              data-label-value="{position} of {duration}">
 *       <span data-player-at>4:12</span> <span data-player-length>9:40</span>
 *       <select data-player-speed aria-label="Speed"><option value="0.5">0.5×</option>…</select>   or:
 *       <button data-player-speed popovertarget="speeds" data-label-speed="{speed} speed, change"><span data-player-speed-text>1×</span></button>
 *       <div id="speeds" popover><input type="range" data-player-speed-range min="0.25" max="2" step="0.05" aria-label="Speed">
 *         <button data-player-speed-set="0.5" aria-pressed="false">0.5×</button></div>
 *       <button data-player-move="-10000" aria-label="Back 10 seconds"></button>
 *       <button data-player-toggle data-label-play="Play" data-label-pause="Pause" aria-label="Play"></button>
 *       <button data-player-mute data-label-mute="Mute" data-label-unmute="Sound on"></button>
 *       <input type="range" data-player-volume min="0" max="1" step="0.05" aria-label="Volume">
 *       <button data-player-full-screen data-label-enter="Full screen" data-label-leave="Leave full screen"></button>
 *       <button data-player-help aria-label="Keys">?</button>
 *     </div>
 *     <dialog data-player-help-sheet>…<form method="dialog"><button>Close</button></form></dialog>
 *   </lesson-player>
 *
 * For CSS: [data-state=playing|paused|ended], [data-enhanced], [data-stalled], [data-troubled], [data-muted],
 * [data-full-screen], [data-tapped=back|forward] on the element (which itself fills the screen),
 * [data-state=playing|paused] on each toggle, `--at` and `--buffered` (percent) on the sliders.
 */
import { browserClock } from "../lib/clock";
import { csrfToken } from "../lib/csrf";
import { label } from "../lib/labels";
import { announce } from "../lib/live-regions";
import { emit } from "./events";
import { offerMediaSession, tellMediaSession } from "./media-session";
import { bindPicture } from "./picture-taps";
import { watchPlayback } from "./playback-watch";
import { PlayerDeck } from "./player-deck";
import { commandFor, mayTakeKey } from "./player-keys";
import { type PlayerParts, playerParts } from "./player-parts";
import { PlayerView } from "./player-view";
import { ProgressPacer } from "./progress-pacer";
import { ProgressReporter, reportByFetch } from "./progress-reporter";
import { parseMs, resumePositionMs } from "./resume";
import { timecode } from "./timecode";

const METADATA_KNOWN = 1;

interface Works {
  readonly parts: PlayerParts;
  readonly deck: PlayerDeck;
  readonly view: PlayerView;
  readonly signal: AbortSignal;
}

export class LessonPlayer extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    const parts = playerParts(this);
    if (!parts || this.#life) return;
    this.#life = new AbortController();
    const deck = new PlayerDeck(parts.media, this, parseMs(this.dataset.durationMs));
    const works = { parts, deck, view: new PlayerView(this, parts), signal: this.#life.signal };
    works.view.takeOver();
    this.#resume(works);
    this.#paint(works);
    this.#bindControls(works);
    bindPicture(parts.media, works.deck, (side) => works.view.tapped(side), works.signal);
    this.#bindKeys(works);
    this.#reportProgress(works);
    this.#watch(works);
    this.#joinDevice(works);
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  #resume({ parts: { media }, deck, view, signal }: Works): void {
    const keptMs = parseMs(this.dataset.positionMs);
    const start = () => {
      const fromMs = resumePositionMs(keptMs, deck.durationMs);
      if (fromMs > 0 && media.currentTime === 0) deck.go(fromMs);
      view.place(deck);
    };
    view.place({ positionMs: resumePositionMs(keptMs, deck.durationMs), durationMs: deck.durationMs });
    if (media.readyState >= METADATA_KNOWN) start();
    else media.addEventListener("loadedmetadata", start, { once: true, signal });
  }

  #paint({ parts: { media }, deck, view, signal }: Works): void {
    const on = (names: string, listener: () => void) => {
      for (const name of names.split(" ")) media.addEventListener(name, listener, { signal });
    };
    on("timeupdate durationchange progress", () => view.place(deck));
    on("seeked", () => deck.arrive());
    on("play pause ended", () => view.state());
    on("ratechange", () => view.speed());
    on("volumechange", () => view.sound());
    const onFullScreen = () => view.fullScreen(document.fullscreenElement === this);
    document.addEventListener("fullscreenchange", onFullScreen, { signal });
    view.state();
    view.speed();
    view.sound();
  }

  #bindControls({ parts, deck, view, signal }: Works): void {
    const press = (button: HTMLElement | null, act: () => void) => button?.addEventListener("click", act, { signal });
    const slide = (slider: HTMLInputElement | null, act: (value: number) => void) =>
      slider?.addEventListener("input", () => act(Number(slider.value)), { signal });
    for (const toggle of parts.toggles) press(toggle, () => deck.toggle());
    for (const move of parts.moves) press(move, () => deck.move(Number(move.dataset.playerMove)));
    for (const preset of parts.speedPresets) press(preset, () => deck.speed(Number(preset.dataset.playerSpeedSet)));
    press(parts.mute, () => deck.mute());
    press(parts.fullScreen, () => deck.fullScreen());
    press(parts.help, () => parts.helpSheet?.showModal());
    slide(parts.speedRange, (speed) => deck.speed(speed));
    if (parts.speed instanceof HTMLSelectElement) {
      const list = parts.speed;
      list.addEventListener("change", () => deck.speed(Number(list.value)), { signal });
    }
    slide(parts.volume, (volume) => deck.volume(volume));
    slide(parts.position, (positionMs) => {
      deck.go(positionMs);
      view.place(deck);
    });
  }

  #bindKeys({ parts: { helpSheet }, deck, view, signal }: Works): void {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || this.dataset.shortcuts === "off") return;
      const target = event.target instanceof Element ? event.target : null;
      const command = commandFor(event);
      if (!command || !mayTakeKey(target, this, event.key)) return;
      event.preventDefault();
      if (command.name === "help") return helpSheet?.showModal();
      deck.obey(command);
      view.place(deck);
    };
    document.addEventListener("keydown", press, { signal });
  }

  #reportProgress({ parts: { media }, deck, signal }: Works): void {
    const url = this.dataset.progressUrl;
    if (!url) return;
    const playhead = { positionMs: () => deck.positionMs, durationMs: () => deck.durationMs };
    const pacer = new ProgressPacer(new ProgressReporter(reportByFetch(url, csrfToken)), playhead, browserClock);
    const on = (name: string, listener: () => void) => media.addEventListener(name, listener, { signal });
    on("playing", () => pacer.play() && emit(this, "player-started", { positionMs: deck.positionMs }));
    on("timeupdate", () => !media.paused && pacer.tick());
    on("pause", () => pacer.rest());
    on("seeked", () => pacer.seek());
    on("ended", () => pacer.end());
    window.addEventListener("online", () => pacer.online(), { signal });
    window.addEventListener("pagehide", () => pacer.leave(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && pacer.leave(), { signal });
    signal.addEventListener("abort", () => pacer.leave());
  }

  #watch({ parts: { media }, view, signal }: Works): void {
    media.addEventListener("loadeddata", () => view.trouble(false), { signal });
    const stalled = (positionMs: number) => {
      const sentence = label(this, "stalled", { time: timecode(positionMs) });
      view.stall(sentence);
      announce(sentence);
    };
    const troubled = (reason: "codec" | "broken") => {
      view.stall(undefined);
      view.trouble(true);
      announce(this.querySelector("[data-player-trouble]")?.textContent?.trim() ?? "");
      emit(this, "player-troubled", { reason });
    };
    watchPlayback(media, { stalled, recovered: () => view.stall(undefined), troubled }, signal);
  }

  #joinDevice({ parts: { media }, deck, signal }: Works): void {
    const controls = {
      play: () => deck.play(),
      pause: () => media.pause(),
      move: (byMs: number) => deck.move(byMs),
      go: (toMs: number) => deck.go(toMs),
    };
    const artwork = media instanceof HTMLVideoElement ? media.poster : "";
    const withdraw = offerMediaSession(this.dataset.title ?? document.title, artwork, controls);
    signal.addEventListener("abort", withdraw);
    for (const name of ["durationchange", "seeked", "ratechange", "playing"]) {
      media.addEventListener(name, () => tellMediaSession(media), { signal });
    }
    media.addEventListener("ended", () => emit(this, "player-ended", {}), { signal });
    media.addEventListener("seeked", () => emit(this, "player-moved", { positionMs: deck.positionMs }), { signal });
  }
}

if (!customElements.get("lesson-player")) customElements.define("lesson-player", LessonPlayer);
