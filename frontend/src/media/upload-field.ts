/**
 * `<upload-field>`: sends a file in pieces, through dropped connections and reloads, apart from the form.
 *
 *   <upload-field data-endpoint="/uploads/" data-recordings="/recordings/" data-for="<lesson uuid>"
 *       data-label-starting="{sent} of {total} MB"
 *       data-label-sending="{sent} of {total} MB, {percent} percent, {speed} MB a second, about {left} left"
 *       data-label-paused="Paused. {sent} of {total} MB are safely there."
 *       data-label-waiting="The connection dropped. {sent} of {total} MB are safely there, the rest will follow."
 *       data-label-choose="Choose the same file again to continue. {sent} of {total} MB are safely there."
 *       data-label-other="That is another file. Choose {name} to continue, or remove it to begin with this one."
 *       data-label-sign-in="Sign in again to continue; nothing is lost."
 *       data-label-milestone="{percent} percent there" data-label-receiving="All there. Looking at it now."
 *       data-label-empty="This file is empty." data-label-failed="That didn't work. Your file is untouched.">
 *     <input type="hidden" name="recording" data-recording-input>            (here or anywhere in the same form)
 *     <div data-upload-drop data-upload-state="idle choose failed"><label>… <input type="file" data-upload-input></label></div>
 *     <div data-upload-row data-upload-state="choose sending waiting paused done failed" hidden>
 *       <img data-upload-poster alt="" hidden> <span data-upload-name></span> <span data-upload-duration hidden></span>
 *       <p data-upload-sentence></p> <progress data-upload-bar class="bar" aria-label="…"></progress>
 *       <button type="button" data-upload-pause data-upload-state="sending waiting">Pause</button>
 *       <button type="button" data-upload-resume data-upload-state="paused">Continue</button>
 *       <button type="button" data-upload-cancel data-upload-state="choose sending waiting paused">Remove</button>
 *     </div>
 *   </upload-field>
 *
 * A part with `data-upload-state` shows in the states that it lists: idle choose sending waiting paused done failed.
 * Tells: upload-started, upload-finished {recordingId, status}, upload-cancelled; and `change` on the hidden input.
 * For CSS: [data-state] on the element; on the row too, where failed is called "problem"; .over on the drop zone.
 */
import { browserClock } from "../lib/clock";
import { csrfToken } from "../lib/csrf";
import { announce } from "../lib/live-regions";
import { percentOf } from "../lib/sizes";
import type { UnfinishedUpload } from "../lib/store";
import { bindDropZone } from "./drop-zone";
import { emit } from "./events";
import { followRecording } from "./recording";
import { xhrTransport } from "./transport";
import { TusClient } from "./tus-client";
import { isSameFile, milestonePassed, SpeedMeter } from "./upload-plan";
import { type UploadEnd, type UploadNews, type UploadPlace, UploadRun, untilOnline } from "./upload-run";
import { deviceUploads, type UploadStore } from "./upload-store";
import { type Amount, type UploadState, UploadView } from "./upload-view";

export class UploadField extends HTMLElement {
  /** The edges, replaced in tests. */
  transport = xhrTransport;
  store: UploadStore = deviceUploads;
  clock = browserClock;
  fetcher: typeof fetch = (...request) => fetch(...request);

  readonly #view = new UploadView(this);
  readonly #meter = new SpeedMeter();
  #life: AbortController | undefined;
  #running: AbortController | undefined;
  #run: UploadRun | undefined;
  #kept: UnfinishedUpload | undefined;
  #remembering: Promise<boolean> = Promise.resolve(false);
  #isRemembered = false;
  #amount: Amount = { name: "", sentBytes: 0, totalBytes: 0 };

  connectedCallback(): void {
    if (this.#life) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    const press = (name: string, act: () => void) => {
      for (const button of this.querySelectorAll(`[data-upload-${name}]`)) {
        button.addEventListener("click", act, { signal });
      }
    };
    press("pause", () => this.#pause());
    press("resume", () => void this.#continue());
    press("cancel", () => void this.#cancel());
    bindDropZone(this, (file) => this.choose(file), signal);
    window.addEventListener("beforeunload", (event) => this.#mayLose() && event.preventDefault(), { signal });
    this.#view.state("idle", "");
    void this.#pickUp();
  }

  disconnectedCallback(): void {
    this.#running?.abort();
    this.#life?.abort();
    this.#life = undefined;
  }

  /** Takes this file: continues with it when it is the one left unfinished, otherwise begins. */
  choose(file: File): void {
    const kept = this.#kept;
    if (kept && !isSameFile(file, kept)) return this.#show("choose", this.#view.worded("other", this.#amount));
    if (file.size === 0) return this.#show("failed", this.#view.worded("empty", this.#amount));
    this.#begin(file, kept);
  }

  /** After a reload: goes on by itself when this device still has the bytes, else asks for the file. */
  async #pickUp(): Promise<void> {
    const kept = await this.store.recall(this.#key);
    if (!kept || this.#run || !this.#life) return;
    this.#kept = kept;
    this.#isRemembered = true;
    this.#measure({ name: kept.name, sentBytes: 0, totalBytes: kept.sizeBytes });
    if (kept.file) return this.#begin(kept.file, kept);
    const there = await this.#client.offset(kept.uploadUrl);
    if (this.#run) return;
    if (there.ok) this.#measure({ ...this.#amount, sentBytes: there.offsetBytes });
    else if (there.verdict === "begin-again") return this.#forget();
    this.#show("choose", this.#view.worded("choose", this.#amount));
  }

  #begin(file: File, place?: UploadPlace): void {
    const edges = { client: this.#client, clock: this.clock, untilOnline: untilOnline(this.clock) };
    this.#running?.abort();
    this.#measure({ name: file.name, sentBytes: place ? this.#amount.sentBytes : 0, totalBytes: file.size });
    if (place) this.#fillForm(place.recordingId);
    this.#run = new UploadRun(file, edges, this.#newsAbout(file), place);
    void this.#continue();
  }

  async #continue(): Promise<void> {
    const run = this.#run;
    if (!run) return;
    const running = new AbortController();
    this.#running?.abort();
    this.#running = running;
    this.#meter.forget();
    this.#show("sending", this.#view.worded("starting", this.#amount));
    try {
      await this.#finish(await run.run(running.signal));
    } catch (cause) {
      if (!running.signal.aborted) throw cause;
    }
  }

  #newsAbout(file: File): UploadNews {
    return {
      placed: (place) => {
        const { name, size: sizeBytes, lastModified } = file;
        this.#fillForm(place.recordingId);
        this.#kept = { key: this.#key, ...place, name, sizeBytes, lastModified, file };
        this.#remembering = this.store.remember(this.#kept);
        void this.#remembering.then((isRemembered) => {
          this.#isRemembered = isRemembered;
        });
        emit(this, "upload-started", { recordingId: place.recordingId });
      },
      sent: (bytes) => this.#moved(bytes),
      durable: (bytes) => this.#moved(bytes),
      waiting: (sentence) => this.#show("waiting", sentence || this.#view.worded("waiting", this.#amount)),
    };
  }

  #moved(sentBytes: number): void {
    // Bytes may still be counted after a pause; they do not end it.
    if (this.dataset.state !== "sending" && this.dataset.state !== "waiting") return;
    const before = percentOf(this.#amount.sentBytes, this.#amount.totalBytes);
    this.#meter.note(this.clock.now(), sentBytes);
    this.#measure({ ...this.#amount, sentBytes });
    if (this.dataset.state === "waiting") this.#show("sending", "");
    this.#view.sentence(this.#view.worded("sending", this.#amount, this.#meter));
    const now = percentOf(sentBytes, this.#amount.totalBytes);
    if (milestonePassed(before, now)) announce(this.#view.worded("milestone", this.#amount));
  }

  async #finish(end: UploadEnd): Promise<void> {
    const wording = (name: string) => this.#view.worded(name, this.#amount);
    if (end.kind === "sign-in") return this.#show("paused", wording("sign-in"));
    if (end.kind === "unreadable") return this.#show("choose", wording("choose"));
    const recordingId = this.#kept?.recordingId ?? "";
    await this.#remembering;
    await this.#forget();
    if (end.kind === "refused" || end.status === "failed") {
      this.#fillForm("");
      this.#show("failed", end.sentence || wording("failed"));
      if (end.kind === "done" && !end.sentence) await this.#follow(recordingId);
      return;
    }
    this.#show("done", end.sentence || wording("receiving"));
    emit(this, "upload-finished", { recordingId, status: end.status });
    await this.#follow(recordingId);
  }

  async #follow(recordingId: string): Promise<void> {
    if (!this.#life || !recordingId) return;
    const edges = { fetcher: this.fetcher, clock: this.clock, signal: this.#life.signal };
    const url = `${this.dataset.recordings ?? "/recordings/"}${recordingId}/`;
    try {
      await followRecording(url, edges, ({ status, sentence, poster, durationMs }) => {
        this.#view.recording(poster, durationMs);
        if (status === "failed") this.#show("failed", sentence || this.#view.worded("failed", this.#amount));
        else if (sentence && status !== "receiving") this.#view.sentence(sentence);
      });
    } catch {
      // The page is on its way out.
    }
  }

  #pause(): void {
    this.#running?.abort();
    this.#show("paused", this.#view.worded("paused", this.#amount));
  }

  async #cancel(): Promise<void> {
    this.#running?.abort();
    const { uploadUrl } = this.#kept ?? {};
    this.#fillForm("");
    this.#show("idle", "");
    emit(this, "upload-cancelled", {});
    await this.#remembering;
    await this.#forget();
    if (uploadUrl) await this.#client.terminate(uploadUrl);
  }

  async #forget(): Promise<void> {
    this.#kept = undefined;
    this.#run = undefined;
    this.#isRemembered = false;
    await this.store.forget(this.#key);
  }

  /** Bytes are lost by leaving only while nothing on this device knows where they go. */
  #mayLose(): boolean {
    return ["sending", "waiting", "paused"].includes(this.dataset.state ?? "") && !this.#isRemembered;
  }

  #fillForm(recordingId: string): void {
    const selector = "input[data-recording-input]";
    const scope = this.querySelector(selector) ? this : this.closest("form");
    const input = scope?.querySelector<HTMLInputElement>(selector);
    if (!input || input.value === recordingId) return;
    input.value = recordingId;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #measure(amount: Amount): void {
    this.#amount = amount;
    this.#view.bar(amount);
  }

  #show(state: UploadState, sentence: string): void {
    this.#view.state(state, sentence);
  }

  get #key(): string {
    return this.dataset.for ?? "";
  }

  get #client(): TusClient {
    return new TusClient(this.transport, this.dataset.endpoint ?? "/uploads/", csrfToken);
  }
}

if (!customElements.get("upload-field")) customElements.define("upload-field", UploadField);
