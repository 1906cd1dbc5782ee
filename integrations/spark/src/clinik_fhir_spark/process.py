"""A process of the command line that answers each line of its standard input with one."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from typing import Callable, List, Optional, Sequence

#: Batches of lines that wait for the process to take them.
WAITING = 2

#: What clinik-fhir and Node.js say without quoting a record. All else on standard error may quote one.
HARMLESS = re.compile(r"^(clinik-fhir: |error: |FATAL ERROR: )")

#: Exit code of clinik-fhir for options that cannot be.
USAGE = 2

#: How often a process is started that does not even answer a blank line.
STARTS = 3

BLANK = b""


class FilterError(RuntimeError):
    """The command cannot be started, or does not answer as `clinik-fhir convert -` does. Never says a value of a record."""


class Process:
    """
    A running filter. Lines are written by a thread, so that whoever sends them can read answers at the same time: neither side waits
    for the other one while that waits for it.
    """

    def __init__(self, command: Sequence[str], timeout: Optional[float] = None) -> None:
        try:
            self._child = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # A command may be a script that starts the process: both have to end.
                start_new_session=True,
            )
        except OSError as error:
            raise FilterError(f"{command[0]}: it cannot be started ({error.strerror}).") from None
        self._batches: queue.Queue[Optional[List[bytes]]] = queue.Queue(WAITING + 1)
        self._said: List[str] = []
        self._waiting_since: Optional[float] = None
        self._is_over = threading.Event()
        self._threads = [self._start(self._write), self._start(self._listen)]
        if timeout is not None:
            self._start(lambda: self._watch(timeout))

    @staticmethod
    def _start(run: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def send(self, lines: List[bytes]) -> None:
        """Hands over lines without line feeds; waits where `WAITING` batches are not written yet."""
        self._batches.put(lines)

    def receive(self) -> Optional[bytes]:
        """The next answer, or None where the process has ended before it was whole."""
        stdout = self._child.stdout
        assert stdout is not None
        self._waiting_since = time.monotonic()
        line = stdout.readline()
        self._waiting_since = None
        return line[:-1] if line.endswith(b"\n") else None

    def finish(self) -> None:
        """
        Ends the input, and waits for the process.
        :raises FilterError: where it says more than it was asked.
        """
        self._batches.put(None)
        more = self.receive()
        self.kill()
        if more is not None:
            raise FilterError("The command answered with more lines than it was given; see that it is clinik-fhir.")

    def kill(self) -> None:
        """Ends the process and what it started, wherever they are."""
        self._is_over.set()
        self._end()
        # A thread that waits for lines or for room hears of the end.
        try:
            self._batches.put_nowait(None)
        except queue.Full:
            pass
        self._child.wait()
        for thread in self._threads:
            thread.join(timeout=5)
        for stream in (self._child.stdin, self._child.stdout, self._child.stderr):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                pass  # What was not written yet has nobody to read it.

    def _end(self) -> None:
        try:
            os.killpg(self._child.pid, signal.SIGKILL)
        except OSError:
            pass  # It has ended by itself.

    def why(self) -> str:
        """How the process ended, and what it said of that, as far as this cannot quote a record."""
        self.kill()
        code = self._child.returncode
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return f"{how}; {' '.join(self._said[-3:])}" if self._said else how

    def is_usage(self) -> bool:
        """True for a process that has ended because its options cannot be."""
        return self._child.wait() == USAGE

    def _write(self) -> None:
        stdin = self._child.stdin
        assert stdin is not None
        try:
            while True:
                lines = self._batches.get()
                if lines is None:
                    break
                stdin.write(b"\n".join(lines) + b"\n")
                stdin.flush()
            stdin.close()
        except OSError:
            # It has ended: whoever waits for its answers hears of that. What is still sent goes nowhere.
            while not self._is_over.is_set() and self._batches.get() is not None:
                pass

    def _listen(self) -> None:
        stderr = self._child.stderr
        assert stderr is not None
        hidden = 0
        for raw in stderr:
            line = raw.decode("utf-8", "replace").rstrip()
            if HARMLESS.match(line):
                self._said.append(line)
                print(line, file=sys.stderr, flush=True)
            elif line != "":
                hidden += 1
        if hidden > 0:
            print(
                f"clinik_fhir_spark: {hidden} other lines of standard error are not shown.", file=sys.stderr, flush=True
            )

    def _watch(self, timeout: float) -> None:
        while not self._is_over.wait(min(timeout / 4, 1.0)):
            since = self._waiting_since
            if since is not None and time.monotonic() - since > timeout:
                self._end()
                return


def started(command: Sequence[str], timeout: Optional[float] = None) -> Process:
    """
    A process that has answered a blank line, so that a later end is not the command's own.
    :raises FilterError: where none can be had.
    """
    why = ""
    for _ in range(STARTS):
        process = Process(command, timeout)
        process.send([BLANK])
        answer = process.receive()
        if answer is not None and answer.startswith(b'{"ok":'):
            return process
        if answer is not None:
            process.kill()
            raise FilterError("The command does not answer lines; see that it is clinik-fhir, version 0.1.0 or later.")
        is_usage = process.is_usage()
        why = process.why()
        if is_usage:
            break
    raise FilterError(f"{command[0]} ended before it answered a line ({why}).")
