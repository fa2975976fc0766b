"""A client to be killed: `PORT PATH FILE OFFSET HEADER…`. Prints each offset that was acknowledged to it."""

import http.client
import sys

CHUNK = 5 * 1024 * 1024


def main() -> None:
    port, path, file_name, *lines = sys.argv[1:]
    headers = dict(line.split(": ", 1) for line in lines)
    headers["Content-Type"] = "application/offset+octet-stream"
    connection = http.client.HTTPConnection("127.0.0.1", int(port))
    with open(file_name, "rb") as file:  # noqa: PTH123 - pathlib takes longer to load than this client may live
        offset = told(connection, "HEAD", path, None, headers)
        print("sending", flush=True)
        while True:
            print(offset, flush=True)
            file.seek(offset)
            if not (body := file.read(CHUNK)):
                return
            offset = told(connection, "PATCH", path, body, headers | {"Upload-Offset": str(offset)})


def told(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | None,
    headers: dict[str, str],
) -> int:
    """The offset that the server acknowledges. After a conflict it is asked for again, as tus says."""
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status == 409:
        return told(connection, "HEAD", path, None, headers)
    if answer.status not in {200, 204}:
        raise SystemExit(f"{method} was answered with {answer.status}")
    return int(answer.headers["Upload-Offset"])


main()
