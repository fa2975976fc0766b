"""The size limits of this house: no file over 300 lines, no function over 40. Prints what breaks them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 300
FUNCTION_LINES = 40
SUFFIXES = {".py", ".ts", ".css", ".html"}
LEFT_OUT = ("/migrations/", "/tests/", "tests/", ".test.ts")

EXCEPTIONS: dict[str, str] = {
    # "path" or "path:function": the reason
}


def broken_rules(name: str, text: str) -> Iterator[str]:
    """One sentence for each rule that this file breaks."""
    lines = text.count("\n")
    if lines > FILE_LINES and name not in EXCEPTIONS:
        yield f"{name} has {lines} lines, more than {FILE_LINES}"
    if not name.endswith(".py"):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > FUNCTION_LINES and f"{name}:{node.name}" not in EXCEPTIONS:
                yield f"{name}:{node.lineno} {node.name} has {size} lines, more than {FUNCTION_LINES}"


def ruled_files() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        path = Path(name)
        if path.suffix in SUFFIXES and path.is_file() and not any(part in f"/{name}" for part in LEFT_OUT):
            yield path


def main() -> int:
    broken = [
        rule for path in ruled_files() for rule in broken_rules(str(path), path.read_text(encoding="utf-8"))
    ]
    print("\n".join(broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
