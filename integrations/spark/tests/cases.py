"""Lines that need others, and lines that are none: a folder for the comparison with the command line."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any, Dict

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "ehr-export"


def encounter(id_: str, **more: Any) -> Dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "id": id_,
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "subject": {"reference": "Patient/p1"},
        **more,
    }


def condition(id_: str, text: str, **more: Any) -> Dict[str, Any]:
    return {
        "resourceType": "Condition",
        "id": id_,
        "subject": {"reference": "Patient/p1"},
        "code": {"text": text},
        **more,
    }


def at(time: str) -> Dict[str, Any]:
    return {"meta": {"lastUpdated": time}}


def diagnosis(id_: str) -> Dict[str, Any]:
    return {"diagnosis": [{"condition": {"reference": f"Condition/{id_}"}}]}


OLD, NEW = at("2025-01-01T00:00:00Z"), at("2025-02-01T00:00:00Z")
STAFF = {"system": "http://ehr.example.org/staff", "value": "S-1"}


def by(reference: Dict[str, Any]) -> Dict[str, Any]:
    return {"participant": [{"individual": reference}]}


FILES: Dict[str, list[Any]] = {
    "more/Encounter.ndjson": [
        encounter("in-another-file", **diagnosis("c1")),
        encounter("newest-words", **diagnosis("c2")),
        encounter("unclear-words", **diagnosis("c3")),
        encounter("nowhere", **diagnosis("c9")),
        encounter("in-a-bundle-elsewhere", **diagnosis("c4")),
        encounter("by-search", **by({"reference": f"Practitioner?identifier={STAFF['system']}|{STAFF['value']}"})),
        encounter("by-identifier", **by({"type": "Practitioner", "identifier": STAFF})),
        encounter("by-role", **by({"reference": "PractitionerRole/r1"})),
        encounter(
            "by-contained",
            contained=[{"resourceType": "Practitioner", "id": "x", "identifier": [STAFF]}],
            **by({"reference": "#x"}),
        ),
        encounter("two-versions", **OLD),
        encounter("two-versions", period={"start": "2025-01-01"}, **NEW),
        encounter("a-copy", **diagnosis("c1")),
        encounter("unclear"),
        encounter("circle-1", partOf={"reference": "Encounter/circle-2"}),
        encounter("circle-2", partOf={"reference": "Encounter/circle-1"}),
        encounter("itself", partOf={"reference": "Encounter/itself"}),
        encounter("behind-a-circle", partOf={"reference": "Encounter/circle-1"}),
        encounter("chain-1", partOf={"reference": "Encounter/in-another-file"}),
        encounter("chain-2", partOf={"reference": "Encounter/chain-1"}),
        encounter("to-rejected", partOf={"reference": "Encounter/refused"}),
        encounter("to-nothing", partOf={"reference": "Encounter/nobody"}),
        encounter("refused", status="unknown"),
        {name: value for name, value in encounter("unclassed").items() if name != "class"},
        encounter(
            "absolute", **{"diagnosis": [{"condition": {"reference": "https://ehr.example.org/fhir/Condition/c1"}}]}
        ),
    ],
    "more/later/Encounter.jsonl": [
        encounter("a-copy", **diagnosis("c1")),
        encounter("unclear", period={"start": "2025-01-01"}),
        {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [
                {"resource": encounter("bundled", **diagnosis("c4"))},
                {"resource": condition("c4", "Bundled")},
                {"resource": encounter("bundled-needs-others", **diagnosis("c1"))},
                {"resource": encounter("two-versions", **at("2025-03-01T00:00:00Z"))},
            ],
        },
        {"resourceType": "Bundle", "type": "collection", "entry": []},
        [encounter("in-a-list")],
    ],
    "more/Condition.ndjson": [
        condition("c1", "Asthma"),
        condition("c2", "Old words", **OLD),
        condition("c2", "New words", **NEW),
        condition("c3", "One"),
        condition("c3", "Other"),
    ],
    "more/Staff.ndjson": [
        {"resourceType": "Practitioner", "id": "s1", "identifier": [STAFF]},
        {"resourceType": "PractitionerRole", "id": "r1", "practitioner": {"identifier": STAFF, "type": "Practitioner"}},
    ],
}

#: Not JSON, not UTF-8, blank, two on a line, a key twice, numbers that no double can hold.
DAMAGED = [
    b"",
    b" \t\r",
    b'{"resourceType":"Encounter","id":"canary-cut',
    b"\xff\xfe",
    b"{}{}",
    b"MSH|^~\\&|canary",
    json.dumps(encounter("crlf")).encode() + b"\r",
    b'{"resourceType":"Encounter","id":"twice","id":"twice2","status":"finished"}',
    json.dumps(encounter("digits", extension=[{"url": "http://a.example/b", "valueDecimal": 1}]))
    .encode()
    .replace(b": 1}", b": 1.50e400}"),
    json.dumps(encounter("hard")).encode().replace(b'"AMB"', b'"AMB","display":"\\u2028 \\ud83d\\ude00 \\u0000"'),
    '{"resourceType":"Encounter","id":"raw","status":"finished","class":{"display":"\u2028\u0085 \U0001f600"}}'.encode(),
    b"null",
    b"[]",
    b"7",
]


def make(folder: Path) -> None:
    """Writes the folder: the invented export, half of it gzipped, lines that need others, and damaged ones."""
    for index, file in enumerate(sorted(FIXTURES.glob("*.ndjson"))):
        if index % 2 == 0:
            shutil.copy(file, folder / file.name)
        else:
            (folder / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes()))
    for name, records in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("".join(f"{json.dumps(record)}\n" for record in records))
    # The last line needs no line feed.
    (folder / "damaged.ndjson").write_bytes(b"\n".join(DAMAGED))
