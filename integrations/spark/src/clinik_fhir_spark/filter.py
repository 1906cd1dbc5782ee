"""Lines through a process that may die: each gets its answer, in order."""

from __future__ import annotations

from collections import deque
from typing import Callable, Deque, Iterable, Iterator, List, Optional

from .process import Process

#: Batches of lines that a process has at once, so that it does not wait while answers are used.
IN_FLIGHT = 2

#: How often a line is given to a process alone, where one ended at it or near it.
TRIES = 2


def answers(batches: Iterable[List[bytes]], start: Callable[[], Process]) -> Iterator[List[Optional[bytes]]]:
    """
    The answers to batches of lines, one list for each. None stands for a line at which the process ended, twice, with nothing else in
    it. Takes two batches ahead of what it has given, no more.
    :raises FilterError: where no process can be had, or it gives more answers than it should.
    """
    source = iter(batches)
    waiting: Deque[List[bytes]] = deque()
    process: Optional[Process] = None
    try:
        while True:
            while len(waiting) < IN_FLIGHT:
                batch = next(source, None)
                if batch is None:
                    break
                waiting.append(batch)
                process = process or start()
                process.send(batch)
            if process is None or not waiting:
                break
            batch = waiting.popleft()
            got: List[Optional[bytes]] = []
            while len(got) < len(batch):
                answer = process.receive()
                if answer is None:
                    break
                got.append(answer)
            if len(got) < len(batch):
                # It had read more than it answered: any of the lines may be the one. They go one by one.
                process.kill()
                process = start()
                for line in batch[len(got) :]:
                    answer, process = _alone(line, process, start)
                    got.append(answer)
                for later in waiting:
                    process.send(later)
            yield got
        if process is not None:
            ending, process = process, None
            ending.finish()
    finally:
        if process is not None:
            process.kill()


def _alone(line: bytes, process: Process, start: Callable[[], Process]) -> "tuple[Optional[bytes], Process]":
    for _ in range(TRIES):
        process.send([line])
        answer = process.receive()
        if answer is not None:
            return answer, process
        process.kill()
        process = start()
    return None, process
