/** What this device keeps until the server has it: unfinished uploads and unsaved words. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface UnfinishedUpload {
  /** The lesson that the file is for. */
  readonly key: string;
  readonly uploadUrl: string;
  readonly recordingId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly lastModified: number;
  /** Absent when the device had no room, or when the browser refused to keep it. */
  readonly file?: File;
}

export interface UnsavedWords {
  /** The address that the form posts to. */
  readonly key: string;
  readonly fields: ReadonlyArray<readonly [string, string]>;
  readonly writtenAt: number;
}

export interface PocketSchema extends DBSchema {
  uploads: { key: string; value: UnfinishedUpload };
  words: { key: string; value: UnsavedWords };
}

export type PocketDatabase = IDBPDatabase<PocketSchema>;

let opened: Promise<PocketDatabase> | undefined;

/** Opens the device's store once; rejects where the browser has none (some private windows). */
export function pocketDatabase(): Promise<PocketDatabase> {
  opened ??= openDB<PocketSchema>("pocket-lessons", 1, {
    upgrade(database) {
      database.createObjectStore("uploads", { keyPath: "key" });
      database.createObjectStore("words", { keyPath: "key" });
    },
  });
  return opened;
}
