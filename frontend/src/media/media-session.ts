/** The device's own play, pause and skip buttons (lock screen, headset) for what plays here. */

export interface SessionControls {
  play(): void;
  pause(): void;
  move(byMs: number): void;
  go(toMs: number): void;
}

const STEP_MS = 10_000;

/** Offers the controls to the device; returns how to take them back. */
export function offerMediaSession(title: string, artwork: string, controls: SessionControls): () => void {
  if (!("mediaSession" in navigator) || typeof MediaMetadata === "undefined") return () => {};
  const session = navigator.mediaSession;
  session.metadata = new MediaMetadata({ title, artwork: artwork ? [{ src: artwork }] : [] });
  const handlers: ReadonlyArray<[MediaSessionAction, MediaSessionActionHandler]> = [
    ["play", () => controls.play()],
    ["pause", () => controls.pause()],
    ["seekbackward", ({ seekOffset }) => controls.move(seekOffset ? -seekOffset * 1000 : -STEP_MS)],
    ["seekforward", ({ seekOffset }) => controls.move(seekOffset ? seekOffset * 1000 : STEP_MS)],
    ["seekto", ({ seekTime }) => seekTime !== undefined && controls.go(seekTime * 1000)],
  ];
  for (const [action, handler] of handlers) session.setActionHandler(action, handler);
  return () => {
    session.metadata = null;
    for (const [action] of handlers) session.setActionHandler(action, null);
  };
}

/** Lets the lock screen draw the right position; a duration that is not known yet is left out. */
export function tellMediaSession(media: HTMLMediaElement): void {
  if (!("mediaSession" in navigator) || !Number.isFinite(media.duration)) return;
  const { duration, playbackRate } = media;
  const position = Math.min(media.currentTime, duration);
  navigator.mediaSession.setPositionState?.({ duration, playbackRate, position });
}
