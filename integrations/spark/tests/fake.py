"""A filter for tests: answers each line, and ends or hangs where a line says so. Usage: fake.py LOG [usage|mute|more]"""

import os
import signal
import sys
import time

log, how = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
with open(log, "a") as starts:
    starts.write(f"{os.getpid()}\n")
if how == "usage":
    print("clinik-fhir: this option cannot be.", file=sys.stderr)
    print("canary", file=sys.stderr)
    sys.exit(2)
if how == "mute":
    os.kill(os.getpid(), signal.SIGKILL)


def answer(line: bytes) -> bytes:
    if b"end" in line:
        print("SyntaxError: canary", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    if b"once" in line and not os.path.exists(f"{log}.once"):
        open(f"{log}.once", "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    if b"hang" in line:
        time.sleep(60)
    if how == "nonsense" and line != b"":
        return b'{"ok":"canary"}\n'
    return b'{"ok":true,"name":"%s","payload":"%s","losses":[],"issues":[]}\n' % (line[:20], b"x" * len(line))


rest = b""
while chunk := os.read(0, 65536):
    *lines, rest = (rest + chunk).split(b"\n")
    # As the real one: what is said of the lines of a chunk comes when all of them are read.
    sys.stdout.buffer.write(b"".join([answer(line) for line in lines]))
    sys.stdout.buffer.flush()
if how == "more":
    print('{"ok":true}', flush=True)
