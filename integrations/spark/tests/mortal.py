"""
Runs a command that dies: mortal.py FOLDER COMMAND… Every second process that a worker starts is killed once it has read some lines, the
very first one together with its worker. FOLDER counts them.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

LINES = 7

folder, command = Path(sys.argv[1]), sys.argv[2:]
before = len(list(folder.glob(f"{os.getppid()}-*")))
(folder / f"{os.getppid()}-{os.getpid()}").touch()
if before % 2 == 1:
    os.execvp(command[0], command)
child = subprocess.Popen(command, stdin=subprocess.PIPE)
assert child.stdin is not None
for number, line in enumerate(sys.stdin.buffer, 1):
    child.stdin.write(line)
    child.stdin.flush()
    if number == LINES:
        (folder / f"killed-{os.getpid()}").touch()
        child.kill()
        try:
            (folder / "worker").touch(exist_ok=False)
            os.kill(os.getppid(), signal.SIGKILL)
        except FileExistsError:
            pass
        os.kill(os.getpid(), signal.SIGKILL)
child.stdin.close()
sys.exit(child.wait())
