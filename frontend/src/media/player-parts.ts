/** The parts of the player's template, each optional but the media itself. */

export interface PlayerParts {
  readonly media: HTMLMediaElement;
  readonly controls: HTMLElement | null;
  readonly position: HTMLInputElement | null;
  readonly at: HTMLElement | null;
  readonly length: HTMLElement | null;
  readonly toggles: readonly HTMLElement[];
  readonly moves: readonly HTMLElement[];
  readonly speed: HTMLElement | null;
  readonly speedRange: HTMLInputElement | null;
  readonly speedPresets: readonly HTMLElement[];
  readonly mute: HTMLElement | null;
  readonly volume: HTMLInputElement | null;
  readonly fullScreen: HTMLElement | null;
  readonly ring: HTMLElement | null;
  readonly notice: HTMLElement | null;
  readonly trouble: HTMLElement | null;
  readonly help: HTMLElement | null;
  readonly helpSheet: HTMLDialogElement | null;
}

/** Finds the parts by their `data-player-…`; undefined when there is nothing to play. */
export function playerParts(player: HTMLElement): PlayerParts | undefined {
  const media = player.querySelector("[data-player-media]");
  if (!(media instanceof HTMLMediaElement)) return undefined;
  const one = <Part extends HTMLElement = HTMLElement>(name: string) =>
    player.querySelector<Part>(`[data-player-${name}]`);
  const all = (name: string) => [...player.querySelectorAll<HTMLElement>(`[data-player-${name}]`)];
  return {
    media,
    controls: one("controls"),
    position: one<HTMLInputElement>("position"),
    at: one("at"),
    length: one("length"),
    toggles: all("toggle"),
    moves: all("move"),
    speed: one("speed"),
    speedRange: one<HTMLInputElement>("speed-range"),
    speedPresets: all("speed-set"),
    mute: one("mute"),
    volume: one<HTMLInputElement>("volume"),
    fullScreen: one("full-screen"),
    ring: one("ring"),
    notice: one("notice"),
    trouble: one("trouble"),
    help: one("help"),
    helpSheet: one<HTMLDialogElement>("help-sheet"),
  };
}
