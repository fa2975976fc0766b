/** Notices when playback waits for the network, loses it, or cannot work at all. */

export interface PlaybackNews {
  stalled(positionMs: number): void;
  recovered(): void;
  troubled(reason: "codec" | "broken"): void;
}

const STALL_AFTER_MS = 1_000;
const RELOAD_AFTER_MS = 4_000;
const NETWORK_ERROR = 2;

/** Watches until `signal` aborts. */
export function watchPlayback(media: HTMLMediaElement, news: PlaybackNews, signal: AbortSignal): void {
  const watch = new PlaybackWatch(media, news);
  const on = (name: string, listener: () => void) => media.addEventListener(name, listener, { signal });
  on("waiting", () => watch.wait());
  for (const name of ["playing", "canplay", "pause", "ended"]) on(name, () => watch.settle());
  on("error", () => watch.fail());
  window.addEventListener("online", () => watch.reload(), { signal });
  signal.addEventListener("abort", () => watch.stop());
  if (!canPlay(media)) news.troubled("codec");
}

/** Whether the browser says it can play this; it is believed only when the page named the codecs. */
export function canPlay(media: HTMLMediaElement): boolean {
  const { mediaType, codecs } = media.dataset;
  if (!mediaType) return true;
  return media.canPlayType(codecs ? `${mediaType}; codecs="${codecs}"` : mediaType) !== "";
}

class PlaybackWatch {
  readonly #media: HTMLMediaElement;
  readonly #news: PlaybackNews;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lostAt: { readonly seconds: number; readonly wasPlaying: boolean } | undefined;

  constructor(media: HTMLMediaElement, news: PlaybackNews) {
    this.#media = media;
    this.#news = news;
  }

  wait(): void {
    this.#later(STALL_AFTER_MS, () => this.#news.stalled(this.#media.currentTime * 1000));
  }

  settle(): void {
    if (this.#lostAt) return;
    this.stop();
    this.#news.recovered();
  }

  fail(): void {
    const { error, currentTime, paused } = this.#media;
    const isNetwork = error?.code === NETWORK_ERROR || !navigator.onLine;
    if (!isNetwork) {
      this.#news.troubled("broken");
      return;
    }
    this.#lostAt ??= { seconds: currentTime, wasPlaying: !paused };
    this.#news.stalled(this.#lostAt.seconds * 1000);
    this.#later(RELOAD_AFTER_MS, () => this.reload());
  }

  /** Loads again and goes on from where the network went away. */
  reload(): void {
    if (!this.#lostAt) return;
    const continueThere = () => {
      const lost = this.#lostAt;
      if (!lost) return;
      this.#lostAt = undefined;
      this.#media.currentTime = lost.seconds;
      this.settle();
      // A browser that forbids it leaves the picture paused at the right place, which is fine.
      if (lost.wasPlaying) this.#media.play().catch(() => {});
    };
    this.#media.addEventListener("loadedmetadata", continueThere, { once: true });
    this.#media.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #later(delayMs: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, delayMs);
  }
}
