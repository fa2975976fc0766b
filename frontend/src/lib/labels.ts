/** Sentences for people come from the page (data-label-…), so that translation stays on the server. */

export type Blanks = Readonly<Record<string, string | number>>;

/** Fills the `{name}` blanks of a sentence; a blank without a value stays as it is, visibly. */
export function filled(sentence: string, blanks: Blanks = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (blank, name: string) => String(blanks[name] ?? blank));
}

/**
 * The sentence that the template put in `data-label-<name>`, blanks filled.
 * Empty when the template has none: nothing is said rather than something untranslated.
 */
export function label(element: Element, name: string, blanks: Blanks = {}): string {
  return filled(element.getAttribute(`data-label-${name}`) ?? "", blanks);
}
