/** Time as islands see it, so that tests can turn it by hand. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  wait(durationMs: number, signal?: AbortSignal): Promise<void>;
}

export const browserClock: Clock = {
  now: () => Date.now(),
  wait: (durationMs, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, durationMs);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};
