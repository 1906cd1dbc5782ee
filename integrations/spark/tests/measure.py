"""
Whether the jobs hold on much data, and how much faster two cores are than one. CLINIK_FHIR is the command as JSON.

measure.py check CORPUS MEGABYTES FOLDER   runs both jobs while their processes are killed, and compares each record with the command line's
measure.py scale CORPUS MEGABYTES FOLDER   runs the first job pinned to core 0 and to cores 0,1 in turn, and prints the seconds

FOLDER is made anew, with copies of the corpus in FOLDER/in, each with ids and identifiers of its own.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Optional

import compare

COMMAND: List[str] = json.loads(os.environ["CLINIK_FHIR"])
SETTINGS = "--conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=8 --driver-memory 4g pyspark-shell"
OPTIONS = ["--residue"]

#: Ids, local references and the values of identifiers.
ID = re.compile(rb'("id":\s*"|"reference":\s*"[A-Za-z]+/|"value":\s*")([A-Za-z0-9.-]{1,56})"')

#: How often each of two numbers of cores is measured, in turn.
ROUNDS = 2

#: Seconds from one kill to the next. Each EVERY-th is of a Python worker, up to WORKERS in a job: it costs a whole task, and a task
#: that needs longer than there is between two of them would never end.
PAUSE = 4
EVERY = 4
WORKERS = 4


def multiply(corpus: Path, megabytes: float, folder: Path, zipped: bool) -> None:
    """Copies of all files until there are as many bytes; a set stays a set in each copy. `zipped` is for every third file."""
    texts = {file.name: compare.text_of(file) for file in compare.files_of(corpus)}
    copies = max(int(megabytes * 1_000_000) // sum(len(text) for text in texts.values()), 1)
    folder.mkdir(parents=True)
    for index, (name, text) in enumerate(texts.items()):
        plain = name.removesuffix(".gz")
        is_zipped = zipped and index % 3 == 2
        with gzip.open(folder / f"{plain}.gz", "wb", 1) if is_zipped else open(folder / plain, "wb") as out:
            for copy in range(copies):
                out.write(ID.sub(rb'\g<1>\g<2>-%d"' % copy, text))


def run(cores: str, job: str, root: Path, out: Path, killer: Optional["Killer"] = None) -> Dict[str, Any]:
    """A job, pinned to some cores; what it counted, and its seconds."""
    number = len(cores.split(","))
    began = time.monotonic()
    command = ["taskset", "-c", cores, sys.executable, "-m", "clinik_fhir_spark", job, str(root), "--out", str(out)]
    command += ["--master", f"local[{number},20]", "--command", " ".join(COMMAND), "--", *OPTIONS]
    env = {**os.environ, "PYSPARK_SUBMIT_ARGS": SETTINGS}
    with open(f"{out}-{job}.log", "w") as log:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=env)
        meter = Meter(child.pid)
        if killer is not None:
            killer.follow(child.pid)
        said, _ = child.communicate()
        if killer is not None:
            killer.rest()
    if child.returncode != 0:
        sys.exit(f"{job} ended with {child.returncode}; {log.name} says why.")
    seconds = round(time.monotonic() - began, 1)
    used = {"seconds": seconds, "CPU": meter.stop()}
    return {"job": job, "cores": number, **used, **json.loads(said.splitlines()[-1])}


class Meter:
    """The seconds of CPU that a job takes, by program; what a process takes in its last quarter of a second is not seen."""

    def __init__(self, pid: int) -> None:
        self._taken: Dict[int, "tuple[str, float]"] = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(pid,), daemon=True)
        self._thread.start()

    def stop(self) -> Dict[str, float]:
        self._is_over.set()
        self._thread.join()
        seconds: Counter[str] = Counter()
        for name, taken in self._taken.values():
            seconds[name] += taken
        return {name: round(taken, 1) for name, taken in seconds.items() if taken >= 0.05}

    def _look(self, root: int) -> None:
        while not self._is_over.wait(0.25):
            for pid in _below(root, _parents()):
                try:
                    name, fields = _stat(pid)
                except (FileNotFoundError, ProcessLookupError):
                    continue
                self._taken[pid] = (name, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))


class Killer:
    """Ends processes of a job with signal 9, at times and of a kind that chance picks."""

    def __init__(self) -> None:
        self.killed: Counter[str] = Counter()
        self._is_over = threading.Event()
        self._thread: Optional[threading.Thread] = None

    def follow(self, pid: int) -> None:
        self._is_over.clear()
        self._thread = threading.Thread(target=self._kill, args=(pid,), daemon=True)
        self._thread.start()

    def rest(self) -> None:
        self._is_over.set()
        assert self._thread is not None
        self._thread.join()

    def _kill(self, pid: int) -> None:
        count = workers_killed = 0
        while not self._is_over.wait(random.uniform(0.5, 1.5) * PAUSE):
            filters, workers = _processes(pid)
            # The second job may have no line to convert, and then has workers only.
            is_worker = (count % EVERY == EVERY - 1 or not filters) and workers_killed < WORKERS
            kind, pids = ("worker", workers) if is_worker else ("filter", filters)
            if not pids:
                continue
            try:
                os.kill(random.choice(pids), signal.SIGKILL)
            except ProcessLookupError:
                continue
            count += 1
            workers_killed += is_worker
            self.killed[kind] += 1


def _stat(pid: int) -> "tuple[str, List[str]]":
    """The name of a process, and the fields behind it."""
    head, _, fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    return head.partition("(")[2], fields.split()


def _parents() -> Dict[int, int]:
    parents: Dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parents[int(entry.name)] = int(_stat(int(entry.name))[1][1])
        except (FileNotFoundError, ProcessLookupError):
            pass
    return parents


def _below(root: int, parents: Dict[int, int]) -> List[int]:
    """A process and its children, and theirs."""

    def is_below(pid: int) -> bool:
        while pid in parents and pid != root:
            pid = parents[pid]
        return pid == root

    return [pid for pid in parents if is_below(pid)]


def _processes(root: int) -> "tuple[List[int], List[int]]":
    """The filters and the Python workers that a process and its children have."""
    parents = _parents()

    def runs(pid: int, word: bytes) -> bool:
        try:
            return word in Path(f"/proc/{pid}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return False

    def is_worker(pid: int) -> bool:
        # Spark's daemon has the same words, and forks them.
        return runs(pid, b"pyspark.daemon") and runs(parents[pid], b"pyspark.daemon")

    below = _below(root, parents)
    filters = [pid for pid in below if runs(pid, b"\0convert\0-\0")]
    return filters, [pid for pid in below if is_worker(pid)]


def check(root: Path, folder: Path) -> int:
    killer = Killer()
    out = folder / "out"
    for job in ("convert", "join"):
        said = run("0,1", job, root, out, killer)
        print(json.dumps({**said, "killed": dict(killer.killed)}), flush=True)
    wrong = compare.against_pipe(compare.piped(COMMAND, root, OPTIONS), compare.answered(root, out))
    print(json.dumps({"not as convert - says": len(wrong)}), wrong[:5], flush=True)
    told = compare.converted(COMMAND, root, folder / "files", OPTIONS)
    differences = compare.against_set(told, compare.answered(root, out / "set"))
    print(json.dumps({"not as convert of the folder": compare.counted(differences), "records": len(told)}))
    for name, places in differences.items():
        print(name, places[:5])
    return 1 if wrong or differences else 0


def scale(root: Path, folder: Path, corpus: Path) -> int:
    multiply(corpus, 0, folder / "one", zipped=False)
    seconds: Dict[str, List[float]] = {}
    for turn in range(ROUNDS):
        for cores in ("0", "0,1"):
            for name, of in (("one copy", folder / "one"), ("all", root)):
                out = folder / f"out-{turn}-{len(cores)}-{name.replace(' ', '-')}"
                said = run(cores, "convert", of, out)
                shutil.rmtree(out)
                seconds.setdefault(f"{name}, {said['cores']}", []).append(said["seconds"])
                print(json.dumps({"of": name, **said}), flush=True)
    least = {name: min(some) for name, some in seconds.items()}
    began = time.monotonic()
    for file in compare.files_of(root):
        with open(file, "rb") as lines:
            pinned = ["taskset", "-c", "0", *COMMAND, "convert", "-", *OPTIONS, "--links"]
            subprocess.run(pinned, stdin=lines, stdout=subprocess.DEVNULL)
    alone = round(time.monotonic() - began, 1)
    whole = least["all, 1"] / least["all, 2"]
    work = (least["all, 1"] - least["one copy, 1"]) / (least["all, 2"] - least["one copy, 2"])
    print(json.dumps({"convert - alone": alone, "times as fast": round(whole, 2), "without start": round(work, 2)}))
    return 0


def main() -> int:
    what, corpus, megabytes, folder = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4]).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    root = folder / "in"
    multiply(corpus, megabytes, root, zipped=what == "check")
    return check(root, folder) if what == "check" else scale(root, folder, corpus)


if __name__ == "__main__":
    sys.exit(main())
