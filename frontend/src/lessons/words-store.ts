/** Unsaved words on this device, so that a closed tab or a crash loses none. */
import { pocketDatabase, type UnsavedWords } from "../lib/store";

export interface WordsStore {
  recall(key: string): Promise<UnsavedWords | undefined>;
  remember(words: UnsavedWords): Promise<void>;
  forget(key: string): Promise<void>;
}

/** The browser's own database; where there is none, the page alone holds the words. */
export const deviceWords: WordsStore = {
  recall: (key) => quietly(async () => (await pocketDatabase()).get("words", key)),
  remember: (words) => quietly(async () => void (await (await pocketDatabase()).put("words", words))),
  forget: (key) => quietly(async () => (await pocketDatabase()).delete("words", key)),
};

async function quietly<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
