// The reference tus server with its file store, on a free port that it prints.
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const [, , directory] = process.argv;
const tus = new Server({ path: "/uploads", datastore: new FileStore({ directory }) });
const server = tus.listen({ host: "127.0.0.1", port: 0 }, () => {
  process.stdout.write(`${server.address().port}\n`);
});
