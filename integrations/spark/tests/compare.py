"""What the jobs wrote, held against what the command line says of the same lines."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple
from urllib.parse import unquote, urlparse

import pyarrow.parquet as pq

Place = Tuple[str, int, Optional[str]]


def parquet(folder: Path) -> List[Dict[str, Any]]:
    """The rows of a folder that Spark wrote."""
    return [row for file in sorted(folder.glob("*.parquet")) for row in pq.read_table(file).to_pylist()]


def place_of(row: Dict[str, Any], root: Path) -> Place:
    file = Path(unquote(urlparse(row["file"]).path)).relative_to(root.resolve())
    return str(file), row["line"], row["entry"]


def files_of(root: Path) -> List[Path]:
    endings = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")
    return sorted(file for file in root.rglob("*") if file.is_file() and file.name.endswith(endings))


def text_of(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.name.endswith(".gz") else file.read_bytes()


def piped(command: Sequence[str], root: Path, options: Sequence[str]) -> Dict[Place, str]:
    """The answer of `convert -` to each line, as text; of a line with several records one for each."""
    said: Dict[Place, str] = {}
    for file in files_of(root):
        ran = subprocess.run([*command, "convert", "-", *options], input=text_of(file), capture_output=True)
        assert ran.returncode in (0, 1), ran.stderr.decode()
        for number, line in enumerate(ran.stdout.decode().split("\n")[:-1], 1):
            for entry, text in records(line):
                said[(str(file.relative_to(root)), number, entry)] = text
    return said


def records(line: str) -> Iterator[Tuple[Optional[str], str]]:
    answer = json.loads(line)
    if "records" not in answer:
        yield None, line
    # As it was written: of what is read as doubles nothing is printed again.
    for one in answer.get("records", []):
        yield one["entry"], line


def answered(root: Path, out: Path) -> Dict[Place, Dict[str, Any]]:
    """What became of each record, of the Parquet of a job."""
    found: Dict[Place, Dict[str, Any]] = {}
    losses: Dict[Place, List[Dict[str, str]]] = {}
    for row in parquet(out / "losses"):
        loss = said_of({name: row[name] for name in ("expression", "path", "kind", "class", "reason", "remedy")})
        losses.setdefault(place_of(row, root), []).append(loss)
    for part in ("payloads", "rejects", "skipped"):
        for row in parquet(out / part):
            place = place_of(row, root)
            assert place not in found, "a record has two answers"
            found[place] = {"part": part, "losses": losses.get(place, []), **row}
    return found


def said_of(struct: Dict[str, Any]) -> Dict[str, Any]:
    """A loss or an issue without the members that it does not have."""
    return {name: value for name, value in struct.items() if value is not None}


def against_pipe(said: Dict[Place, str], found: Dict[Place, Dict[str, Any]]) -> List[str]:
    """What is not as `convert -` says; of a payload and a residue each character counts."""
    wrong = [f"{file}:{line}: not in both" for file, line, _ in set(said) ^ set(found)]
    for place, text in said.items():
        row = found.get(place)
        if row is None:
            continue
        answer = json.loads(text)
        if "records" in answer:
            answer = next(one for one in answer["records"] if one["entry"] == place[2])
        output = answer.get("payload", answer.get("resource"))
        same = [
            (row.get("payload") is None) == (output is None),
            row.get("payload") is None or text.count(row["payload"]) > 0,
            row.get("residue") is None or text.count(row["residue"]) > 0,
            output is None or json.loads(row["payload"]) == output,
            row["losses"] == answer.get("losses", []),
            row["part"] == "skipped" or [said_of(issue) for issue in row.get("issues", [])] == answer["issues"],
            row.get("skipped") == answer.get("skipped"),
            row.get("name") == answer.get("name"),
        ]
        if not all(same):
            wrong.append(f"{place[0]}:{place[1]}: {same}")
    return wrong


def converted(command: Sequence[str], root: Path, out: Path, options: Sequence[str]) -> Dict[Place, Dict[str, Any]]:
    """What `convert` makes of the files together."""
    files = [str(file) for file in files_of(root)]
    ran = subprocess.run(
        [*command, "convert", *files, "--out", str(out), "--quiet", "--force", *options], capture_output=True
    )
    assert ran.returncode in (0, 1), ran.stderr.decode()

    def lines(name: str) -> List[Dict[str, Any]]:
        file = out / name
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def place(source: Dict[str, Any]) -> Place:
        return str(Path(source["file"]).relative_to(root)), source["line"], source.get("entry")

    found: Dict[Place, Dict[str, Any]] = {}
    outputs: Dict[str, List[str]] = {}
    for line in lines("sources.ndjson"):
        at = line.get("output")
        if at is None:
            found[place(line["source"])] = {"part": "skipped", "skipped": line["skipped"]}
            continue
        if at["file"] not in outputs:
            outputs[at["file"]] = (out / at["file"]).read_text().split("\n")
        found[place(line["source"])] = {
            "part": "payloads",
            "payload": outputs[at["file"]][at["line"] - 1],
            **{name: line.get(name, []) for name in ("wave", "outside", "toRejected", "cut")},
        }
    for line in lines("rejects.ndjson"):
        ids = [issue["details"]["coding"][0]["code"] for issue in line["outcome"]["issue"]]
        found[place(line["source"])] = {"part": "rejects", "ids": ids}
    definitions: Dict[int, Dict[str, Any]] = {}
    for line in lines("losses.ndjson"):
        if "loss" in line:
            definitions[line["loss"]] = {name: text for name, text in line.items() if name != "loss"}
        else:
            found[place(line["source"])]["losses"] = [loss_of(one, definitions) for one in line["losses"]]
    return found


def loss_of(said: Any, definitions: Dict[int, Dict[str, Any]]) -> Dict[str, Any]:
    number, *indexes = said if isinstance(said, list) else [said]
    loss = definitions[number]
    rest = iter(indexes)
    return {**loss, "expression": re.sub(r"\[\]", lambda _: f"[{next(rest, 0)}]", loss["expression"])}


def against_set(told: Dict[Place, Dict[str, Any]], found: Dict[Place, Dict[str, Any]]) -> Dict[str, List[Place]]:
    """The records that are not as `convert` of the folder has them, by what differs."""
    wrong: Dict[str, List[Place]] = {}
    for place in sorted(set(told) | set(found), key=str):
        one, other = told.get(place), found.get(place)
        if one is None or other is None:
            wrong.setdefault("not in both", []).append(place)
            continue
        ids = [issue["id"] for issue in other.get("issues") or []]
        differences = {
            "fate": one["part"] != other["part"] or one.get("skipped") != other.get("skipped"),
            "payload": one.get("payload") != other.get("payload"),
            "losses": places_of(one) != places_of(other),
            "words": places_of(one) == places_of(other) and one.get("losses", []) != other["losses"],
            "issues": one["part"] == "rejects" and one["ids"] != ids,
            "wave": one.get("wave") != other.get("wave"),
            "outside": sorted(one.get("outside", [])) != (other.get("outside") or []),
            "toRejected": sorted(one.get("toRejected", [])) != (other.get("toRejected") or []),
        }
        for name, differs in differences.items():
            if differs:
                wrong.setdefault(name, []).append(place)
    return wrong


def places_of(record: Dict[str, Any]) -> List[Tuple[str, str]]:
    """What a record lost, and not why, nor in which order it is said."""
    return sorted((loss["expression"], loss["kind"]) for loss in record.get("losses", []))


def counted(wrong: Dict[str, List[Place]]) -> Dict[str, int]:
    return dict(Counter({name: len(places) for name, places in wrong.items()}))
