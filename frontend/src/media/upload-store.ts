/** Remembers unfinished uploads on this device, with the file itself where there is room for it. */
import { pocketDatabase, type UnfinishedUpload } from "../lib/store";

export interface UploadStore {
  /** The upload that was left unfinished for this lesson. */
  recall(key: string): Promise<UnfinishedUpload | undefined>;
  /** Returns whether it will still be known after a reload. */
  remember(upload: UnfinishedUpload): Promise<boolean>;
  forget(key: string): Promise<void>;
}

const LARGEST_KEPT_BYTES = 1_000_000_000;
const SPARE = 1.5;

/** The browser's own database; where there is none, nothing is remembered and nothing breaks. */
export const deviceUploads: UploadStore = {
  async recall(key) {
    try {
      return await (await pocketDatabase()).get("uploads", key);
    } catch {
      return undefined;
    }
  },

  async remember(upload) {
    const { file, ...words } = upload;
    try {
      const database = await pocketDatabase();
      await database.put("uploads", words);
      if (file && (await hasRoomFor(file.size))) {
        // A second step: copying a large file takes a while, the place must be safe at once.
        void database.put("uploads", upload).catch(() => {});
      }
      return true;
    } catch {
      return false;
    }
  },

  async forget(key) {
    try {
      await (await pocketDatabase()).delete("uploads", key);
    } catch {
      // Nothing was kept, so there is nothing to forget.
    }
  },
};

async function hasRoomFor(sizeBytes: number): Promise<boolean> {
  if (sizeBytes > LARGEST_KEPT_BYTES) return false;
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota - usage > sizeBytes * SPARE;
}
