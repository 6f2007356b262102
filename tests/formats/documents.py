"""Runs the examples of a document with a demonstration, so that they cannot rot: blocks of `sh` and of `python`, one after the other, in one
folder. What a block `csv` or `text` right behind one says, it must have put out."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A request that is refused ends the run.
PRELUDE = 'curl() { command curl --silent --show-error --fail-with-body "$@"; }\n'


def run_shell(code: str) -> str:
    """What a block puts out; what it exports is there for the next."""
    kept = Path("environment")
    told = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{PRELUDE}{code}\nenv -0 >{kept}"], capture_output=True, text=True
    )
    if told.returncode != 0:
        sys.exit(f"{code}\nended with {told.returncode}:\n{told.stdout}\n{told.stderr}")
    for line in kept.read_bytes().split(b"\0"):
        name, is_set, text = line.decode().partition("=")
        if is_set:
            os.environ[name] = text
    return told.stdout


def run_python(code: str, names: dict[str, object]) -> str:
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(compile(code, "example", "exec"), names)
    return told.getvalue()


def run(document: Path) -> int:
    """How many examples it has."""
    count, told, names = 0, None, {}
    for language, code in BLOCK.findall(document.read_text("utf-8")):
        if language == "sh":
            told = run_shell(code)
        elif language == "python":
            told = run_python(code, names)
        elif language in ("csv", "text"):
            assert told is not None, f"nothing puts this out:\n{code}"
            if code.strip() not in told.replace("\r\n", "\n"):
                sys.exit(f"{document.name} says\n{code}\nand it is\n{told}")
            told = None
            continue
        else:
            continue
        count += 1
    assert count > 0, document
    return count


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(f"{Path(name).name}: {run(Path(name))} examples hold")
