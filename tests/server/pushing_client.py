"""A client to be killed: `PORT PATH FILE OFFSET HEADER…`. Prints each offset that was acknowledged to it."""

import http.client
import sys

CHUNK = 5 * 1024 * 1024


def main() -> None:
    port, path, file_name, start, *lines = sys.argv[1:]
    headers = dict(line.split(": ", 1) for line in lines)
    headers["Content-Type"] = "application/offset+octet-stream"
    offset = int(start)
    connection = http.client.HTTPConnection("127.0.0.1", int(port))
    with open(file_name, "rb") as file:  # noqa: PTH123 - pathlib takes longer to load than this client may live
        file.seek(offset)
        print("sending", flush=True)
        while body := file.read(CHUNK):
            connection.request("PATCH", path, body, headers | {"Upload-Offset": str(offset)})
            answer = connection.getresponse()
            answer.read()
            offset = int(answer.headers["Upload-Offset"])
            print(offset, flush=True)


main()
