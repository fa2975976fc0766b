/** Moves the media: the one place that changes position, speed, sound and full screen. */
import { nearestSpeed, steppedSpeed } from "./playback-speed";
import type { PlayerCommand } from "./player-keys";

const FRAME_MS = 1000 / 30;

export class PlayerDeck {
  readonly #media: HTMLMediaElement;
  readonly #screen: HTMLElement;
  readonly #knownDurationMs: number;
  #wantedMs: number | undefined;

  /** `screen` is what fills the whole screen: picture and controls. `knownDurationMs` is the server's, used until the media has told its own. */
  constructor(media: HTMLMediaElement, screen: HTMLElement, knownDurationMs: number) {
    this.#media = media;
    this.#screen = screen;
    this.#knownDurationMs = knownDurationMs;
    media.preservesPitch = true;
  }

  get durationMs(): number {
    const { duration } = this.#media;
    return Number.isFinite(duration) && duration > 0 ? Math.round(duration * 1000) : this.#knownDurationMs;
  }

  get positionMs(): number {
    return Math.round(this.#wantedMs ?? this.#media.currentTime * 1000);
  }

  /** Does what a key asked for; "help" is not the deck's to do. */
  obey(command: PlayerCommand): void {
    if (command.name === "toggle") this.toggle();
    else if (command.name === "move") this.move(command.byMs);
    else if (command.name === "go") this.go(command.toFraction * this.durationMs);
    else if (command.name === "frame") this.frame(command.by);
    else if (command.name === "speed") this.speed(steppedSpeed(this.#media.playbackRate, command.steps));
    else if (command.name === "mute") this.mute();
    else if (command.name === "full-screen") this.fullScreen();
  }

  toggle(): void {
    if (this.#media.paused || this.#media.ended) this.play();
    else this.#media.pause();
  }

  play(): void {
    // Refused while the file cannot be read: the watch over playback says so in words.
    this.#media.play().catch(() => {});
  }

  move(byMs: number): void {
    this.go(this.positionMs + byMs);
  }

  /** Goes there; while a jump is under way only the latest wish is kept, so dragging stays smooth. */
  go(toMs: number): void {
    this.#wantedMs = Math.min(Math.max(0, toMs), this.durationMs || Number.POSITIVE_INFINITY);
    if (this.#media.seeking) return;
    this.arrive();
  }

  /** Carries out the wish that came during the last jump; call it when a jump is done. */
  arrive(): void {
    if (this.#wantedMs === undefined || this.#media.readyState === 0) return;
    this.#media.currentTime = this.#wantedMs / 1000;
    this.#wantedMs = undefined;
  }

  frame(by: 1 | -1): void {
    if (this.#media.paused) this.move(by * FRAME_MS);
  }

  speed(speed: number): void {
    this.#media.playbackRate = nearestSpeed(speed);
  }

  mute(): void {
    this.#media.muted = !this.#media.muted;
    if (!this.#media.muted && this.#media.volume === 0) this.#media.volume = 1;
  }

  volume(volume: number): void {
    this.#media.volume = Math.min(1, Math.max(0, volume));
    this.#media.muted = volume === 0;
  }

  fullScreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (this.#screen.requestFullscreen) this.#screen.requestFullscreen().catch(() => {});
    // iPhones only give the whole screen to the video itself.
    else (this.#media as { webkitEnterFullscreen?: () => void }).webkitEnterFullscreen?.();
  }
}
