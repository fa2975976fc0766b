/** Paints what the media is doing onto the controls; it never changes the media. */
import { label } from "../lib/labels";
import { speedText } from "./playback-speed";
import type { PlayerParts } from "./player-parts";
import { spokenTime, timecode } from "./timecode";

export interface Place {
  readonly positionMs: number;
  readonly durationMs: number;
}

export class PlayerView {
  readonly #player: HTMLElement;
  readonly #parts: PlayerParts;
  readonly #language: string;

  constructor(player: HTMLElement, parts: PlayerParts) {
    this.#player = player;
    this.#parts = parts;
    this.#language = document.documentElement.lang;
  }

  /** Own controls instead of the browser's, once there is somebody to work them. */
  takeOver(): void {
    const { media, controls, position } = this.#parts;
    if (!controls) return;
    media.controls = false;
    controls.hidden = false;
    if (position) Object.assign(position, { min: "0", step: "100" });
    this.#player.dataset.enhanced = "";
  }

  place({ positionMs, durationMs }: Place): void {
    const { media, position, at, length } = this.#parts;
    if (at) at.textContent = timecode(positionMs);
    if (length) length.textContent = timecode(durationMs);
    if (!position) return;
    position.max = String(durationMs || 1);
    position.value = String(positionMs);
    fill(position);
    position.style.setProperty("--buffered", `${((bufferedMs(media) / (durationMs || 1)) * 100).toFixed(2)}%`);
    const [said, of] = [spokenTime(positionMs, this.#language), spokenTime(durationMs, this.#language)];
    position.setAttribute("aria-valuetext", label(position, "value", { position: said, duration: of }) || said);
  }

  state(): void {
    const { media, toggles } = this.#parts;
    const isPlaying = !media.paused && !media.ended;
    this.#player.dataset.state = isPlaying ? "playing" : media.ended ? "ended" : "paused";
    for (const toggle of toggles) {
      toggle.dataset.state = isPlaying ? "playing" : "paused";
      rename(toggle, isPlaying ? "pause" : "play");
    }
  }

  speed(): void {
    const { media, speed, speedRange, speedPresets } = this.#parts;
    const text = speedText(media.playbackRate, this.#language);
    if (speed) sayOn(speed, text, String(media.playbackRate));
    if (speedRange) {
      speedRange.value = String(media.playbackRate);
      speedRange.setAttribute("aria-valuetext", text);
      fill(speedRange);
    }
    for (const preset of speedPresets) {
      const isChosen = Number(preset.dataset.playerSpeedSet) === media.playbackRate;
      preset.setAttribute("aria-pressed", String(isChosen));
    }
  }

  sound(): void {
    const { media, mute, volume } = this.#parts;
    const isSilent = media.muted || media.volume === 0;
    this.#player.toggleAttribute("data-muted", isSilent);
    if (mute) turn(mute, isSilent, "unmute", "mute");
    if (!volume) return;
    volume.value = String(media.muted ? 0 : media.volume);
    volume.setAttribute("aria-valuetext", percent(Number(volume.value), this.#language));
    fill(volume);
  }

  fullScreen(isFull: boolean): void {
    this.#player.toggleAttribute("data-full-screen", isFull);
    if (this.#parts.fullScreen) turn(this.#parts.fullScreen, isFull, "leave", "enter");
  }

  /** The ring and a sentence while the network is late; nothing when it caught up. */
  stall(sentence: string | undefined): void {
    const { ring, notice } = this.#parts;
    const isStalled = sentence !== undefined;
    this.#player.toggleAttribute("data-stalled", isStalled);
    if (ring) ring.hidden = !isStalled;
    if (!notice) return;
    notice.hidden = !sentence;
    notice.textContent = sentence ?? "";
  }

  trouble(isTroubled: boolean): void {
    const { trouble, controls } = this.#parts;
    this.#player.toggleAttribute("data-troubled", isTroubled);
    if (trouble) trouble.hidden = !isTroubled;
    if (controls) controls.hidden = isTroubled;
  }

  /** A short mark at the edge that was tapped twice. */
  tapped(side: "back" | "forward"): void {
    this.#player.dataset.tapped = side;
    setTimeout(() => delete this.#player.dataset.tapped, 500);
  }
}

/** `--at` is how much of a slider is behind its knob; CSS paints it. */
function fill(slider: HTMLInputElement): void {
  const [min, max, value] = [Number(slider.min || 0), Number(slider.max || 1), Number(slider.value)];
  slider.style.setProperty("--at", `${(((value - min) / (max - min || 1)) * 100).toFixed(2)}%`);
}

/** The speed is a list to choose from, or a button that opens a panel. */
function sayOn(speed: HTMLElement, text: string, value: string): void {
  if (speed instanceof HTMLSelectElement) {
    speed.value = value;
    return;
  }
  const shown = speed.querySelector("[data-player-speed-text]") ?? speed;
  shown.textContent = text;
  rename(speed, "speed", { speed: text });
}

/** How far the part around the present position is loaded. */
function bufferedMs({ buffered, currentTime }: HTMLMediaElement): number {
  for (let index = 0; index < buffered.length; index += 1) {
    if (buffered.start(index) <= currentTime && currentTime <= buffered.end(index)) return buffered.end(index) * 1000;
  }
  return 0;
}

/** A button that stays pressed keeps its name; any other is named for what it will do next. */
function turn(button: HTMLElement, isOn: boolean, nameWhenOn: string, nameWhenOff: string): void {
  if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(isOn));
  else rename(button, isOn ? nameWhenOn : nameWhenOff);
}

/** The button's name says what pressing it will do. */
function rename(button: HTMLElement, name: string, blanks = {}): void {
  const text = label(button, name, blanks);
  if (text) button.setAttribute("aria-label", text);
}

function percent(fraction: number, language: string): string {
  return new Intl.NumberFormat(language || "en", { style: "percent" }).format(fraction);
}
