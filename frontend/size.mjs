/** Says what the lesson page loads, gzipped, and fails when it is more than its budget. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 90_000;
const LESSON_PAGE = ["src/main.ts", "src/media/lesson-player.ts"];
const DIST = new URL("dist/", import.meta.url);

const manifest = JSON.parse(readFileSync(new URL("manifest.json", DIST), "utf8"));

/** Every script that a browser fetches for this entry, its static imports with it. */
function filesOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the manifest; run "npm run build" first.`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(imported, found);
  return found;
}

const files = [...new Set(LESSON_PAGE.flatMap((key) => [...filesOf(key)]))];
let totalBytes = 0;
for (const file of files) {
  const bytes = gzipSync(readFileSync(new URL(file, DIST))).length;
  totalBytes += bytes;
  console.log(`${(bytes / 1000).toFixed(1).padStart(6)} kB  ${file}`);
}
console.log(
  `${(totalBytes / 1000).toFixed(1).padStart(6)} kB  of ${BUDGET_BYTES / 1000} kB for the lesson page, gzipped`,
);
if (totalBytes > BUDGET_BYTES) process.exit(1);
