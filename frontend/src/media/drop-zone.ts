/** Two ways to hand over a file: the picker, and dropping it. */

/** Binds every `data-upload-input` and `data-upload-drop` inside until `signal` aborts. */
export function bindDropZone(field: HTMLElement, choose: (file: File) => void, signal: AbortSignal): void {
  for (const input of field.querySelectorAll<HTMLInputElement>("input[data-upload-input]")) {
    const pick = () => {
      const file = input.files?.[0];
      if (file) choose(file);
      // The bytes go their own way; the form must not carry them once more, and the same file may be chosen again.
      input.value = "";
    };
    input.addEventListener("change", pick, { signal });
  }
  for (const zone of field.querySelectorAll<HTMLElement>("[data-upload-drop]")) bindZone(zone, choose, signal);
}

function bindZone(zone: HTMLElement, choose: (file: File) => void, signal: AbortSignal): void {
  const hover = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.add("over");
  };
  const leave = () => zone.classList.remove("over");
  const drop = (event: DragEvent) => {
    leave();
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    choose(file);
  };
  zone.addEventListener("dragenter", hover, { signal });
  zone.addEventListener("dragover", hover, { signal });
  zone.addEventListener("dragleave", leave, { signal });
  zone.addEventListener("drop", drop, { signal });
}
