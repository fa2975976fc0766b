/** Puts the server's sentences beside the fields that they are about, as the server's own pages do. */
import type { FieldErrors } from "./autosave";

/** Shows these errors and takes away all older ones. Hidden fields have no place to show any. */
export function showFieldErrors(form: HTMLFormElement, errors: FieldErrors): void {
  for (const field of form.elements) {
    const name = field.getAttribute("name");
    if (!name || field.getAttribute("type") === "hidden") continue;
    const sentences = errors[name] ?? [];
    const place = placeOf(field, name) ?? (sentences.length > 0 ? newPlace(field, name) : undefined);
    if (place) mark(field, sentences, place);
  }
}

function mark(field: Element, sentences: readonly string[], place: HTMLElement): void {
  const hasErrors = sentences.length > 0;
  place.hidden = !hasErrors;
  place.replaceChildren(...sentences.map(item));
  const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (hasErrors) described.add(place.id);
  else described.delete(place.id);
  write(field, "aria-invalid", hasErrors ? "true" : "");
  write(field, "aria-describedby", [...described].join(" "));
}

function item(sentence: string): HTMLElement {
  const line = document.createElement("li");
  line.textContent = sentence;
  return line;
}

function write(element: Element, name: string, value: string): void {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

/** Django's list for this field, shown by the server or made here before. */
function placeOf(field: Element, name: string): HTMLElement | null {
  return field.ownerDocument.getElementById(idFor(field, name));
}

function newPlace(field: Element, name: string): HTMLElement {
  const place = document.createElement("ul");
  place.className = "errors";
  place.id = idFor(field, name);
  field.after(place);
  return place;
}

function idFor(field: Element, name: string): string {
  return `${field.id || `id_${name}`}_error`;
}
