/** What a form holds as plain words, and putting words back into it. */

export type Words = ReadonlyArray<readonly [string, string]>;

/** The form's words without files and without Django's token, which grows old. */
export function wordsOf(form: HTMLFormElement): Words {
  const entries = [...new FormData(form).entries()];
  return entries.filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[0] !== "csrfmiddlewaretoken",
  );
}

/** Writes the words back, field by field; returns whether that changed anything. */
export function putBack(form: HTMLFormElement, words: Words): boolean {
  const before = JSON.stringify(wordsOf(form));
  const left = new Map<string, string[]>();
  for (const [name, value] of words) left.set(name, [...(left.get(name) ?? []), value]);
  for (const field of form.elements) fillField(field, left);
  return JSON.stringify(wordsOf(form)) !== before;
}

function fillField(field: Element, left: Map<string, string[]>): void {
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
    field.checked = left.get(field.name)?.includes(field.value) ?? false;
    return;
  }
  const isText =
    field instanceof HTMLTextAreaElement ||
    field instanceof HTMLSelectElement ||
    (field instanceof HTMLInputElement && field.type !== "file");
  if (!isText || field.name === "csrfmiddlewaretoken") return;
  const value = left.get(field.name)?.shift();
  if (value !== undefined) field.value = value;
}
