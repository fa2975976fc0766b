"""tuspy as somebody else would use it: `ENDPOINT FILE HEADERS [UPLOAD-URL]`. Tells what happens, line by line."""

import json
import sys
from pathlib import Path
from typing import Any

from tusclient.client import TusClient


def main(endpoint: str, file: str, headers: str, upload_url: str | None = None) -> None:
    client = TusClient(endpoint, headers=json.loads(headers))
    options = {"url": upload_url} if upload_url else {}
    uploader: Any = client.uploader(
        file, chunk_size=1024 * 1024, metadata={"filename": "from tuspy.mp4"}, **options
    )
    size = Path(file).stat().st_size
    while uploader.offset < size:
        uploader.upload_chunk()
        print("url", uploader.url, flush=True)
        print("sent", uploader.offset, size, flush=True)
    print("done", flush=True)


main(*sys.argv[1:])
