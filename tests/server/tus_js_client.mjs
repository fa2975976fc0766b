// tus-js-client as somebody else would use it: `ENDPOINT FILE HEADERS [UPLOAD-URL]`. Tells what happens, line by line.
import { createReadStream } from "node:fs";
import { Upload } from "tus-js-client";

const [, , endpoint, file, headers, uploadUrl = null] = process.argv;
const tell = (...words) => process.stdout.write(`${words.join(" ")}\n`);

const upload = new Upload(createReadStream(file), {
  endpoint,
  uploadUrl,
  headers: JSON.parse(headers),
  chunkSize: 5 * 1024 * 1024,
  retryDelays: [100, 500],
  metadata: { filename: "from tus-js-client.mp4" },
  onUploadUrlAvailable: () => tell("url", upload.url),
  onProgress: (sent, whole) => tell("sent", sent, whole),
  onSuccess: () => tell("done"),
  onError: (error) => {
    tell("failed", error.message);
    process.exitCode = 1;
  },
});
upload.start();
