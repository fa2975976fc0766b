/** Taps and clicks on the picture: play, pause, ten seconds at an edge, the whole screen. */
import type { PlayerDeck } from "./player-deck";
import { REST_AFTER_TAP_MS, TapReader } from "./tap-reader";

const STEP_MS = 10_000;

/** Binds until `signal` aborts; while the browser's own controls are on, the picture is theirs. */
export function bindPicture(
  media: HTMLMediaElement,
  deck: PlayerDeck,
  onEdge: (side: "back" | "forward") => void,
  signal: AbortSignal,
): void {
  if (!(media instanceof HTMLVideoElement)) return;
  const taps = new TapReader();
  const touch = (event: PointerEvent) => {
    const meaning = taps.tap(fractionOf(event, media), event.timeStamp);
    if (meaning === "toggle") deck.toggle();
    else if (meaning === "wait") setTimeout(() => taps.isSingle(event.timeStamp) && deck.toggle(), REST_AFTER_TAP_MS);
    else {
      deck.move(meaning === "back" ? -STEP_MS : STEP_MS);
      onEdge(meaning);
    }
  };
  media.addEventListener(
    "click",
    (event) => {
      if (media.controls) return;
      if (isTouch(event)) touch(event);
      else deck.toggle();
    },
    { signal },
  );
  media.addEventListener("dblclick", (event) => !media.controls && !isTouch(event) && deck.fullScreen(), { signal });
}

function isTouch(event: Event): event is PointerEvent {
  return event instanceof PointerEvent && event.pointerType === "touch";
}

function fractionOf(event: PointerEvent, media: HTMLElement): number {
  const picture = media.getBoundingClientRect();
  return (event.clientX - picture.left) / (picture.width || 1);
}
