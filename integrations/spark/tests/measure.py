"""
How fast the jobs are on one core and on two: measure.py CORPUS MEGABYTES FOLDER [--mortal]. Makes FOLDER/in of copies of the corpus, each with
ids of its own, runs both jobs pinned to cores 0 and 0,1, and the filter alone, and prints JSON. CLINIK_FHIR is the command as JSON.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Dict, List

import compare

ID = re.compile(rb'("id":\s*"|"reference":\s*"[A-Za-z]+/)([A-Za-z0-9.-]{1,56})"')
COMMAND: List[str] = json.loads(os.environ["CLINIK_FHIR"])
MORTAL = str(Path(__file__).parent / "mortal.py")


def multiply(corpus: Path, megabytes: int, folder: Path) -> None:
    """Copies of all files until there are as many bytes; a set stays a set in each copy."""
    texts = {file.name: compare.text_of(file) for file in compare.files_of(corpus)}
    copies = megabytes * 1_000_000 // sum(len(text) for text in texts.values())
    folder.mkdir(parents=True)
    for name, text in texts.items():
        with open(folder / name.replace(".gz", ""), "wb") as out:
            for copy in range(max(copies, 1)):
                out.write(ID.sub(rb'\g<1>\g<2>-%d"' % copy, text))


def run(cores: str, arguments: List[str], mortal: Path | None) -> Dict[str, Any]:
    number = len(cores.split(","))
    command = COMMAND if mortal is None else [sys.executable, MORTAL, str(mortal), *COMMAND]
    env = {
        **os.environ,
        "PYSPARK_SUBMIT_ARGS": "--conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=8 --driver-memory 4g pyspark-shell",
    }
    began = time.monotonic()
    ran = subprocess.run(
        ["taskset", "-c", cores, sys.executable, "-m", "clinik_fhir_spark", arguments[0], "--master", f"local[{number},8]"]
        + [*arguments[1:], "--command", " ".join(command)],
        capture_output=True,
        text=True,
        env=env,
    )
    seconds = time.monotonic() - began
    if ran.returncode != 0:
        sys.exit(ran.stderr[-2000:])
    return {"job": arguments[0], "cores": number, "seconds": round(seconds, 1), **json.loads(ran.stdout.splitlines()[-1])}


def main() -> None:
    corpus, megabytes, folder = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    root = folder / "in"
    multiply(corpus, megabytes, root)
    began = time.monotonic()
    for file in compare.files_of(root):
        with open(file, "rb") as lines:
            subprocess.run(["taskset", "-c", "0", *COMMAND, "convert", "-"], stdin=lines, stdout=subprocess.DEVNULL)
    print(json.dumps({"job": "convert -", "cores": 1, "seconds": round(time.monotonic() - began, 1)}), flush=True)
    mortal = None
    if "--mortal" in sys.argv:
        mortal = folder / "deaths"
        mortal.mkdir()
    for cores in ("0", "0,1"):
        out = folder / f"out-{len(cores)}"
        for job in ("convert", "join"):
            print(json.dumps(run(cores, [job, str(root), "--out", str(out)], mortal)), flush=True)
    if mortal is not None:
        print(json.dumps({"killed": len(list(mortal.glob("killed-*")))}), flush=True)


if __name__ == "__main__":
    main()
