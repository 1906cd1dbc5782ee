"""What an answer of the filter says, in rows. A payload keeps the very characters of the answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from .process import FilterError

#: Of an issue that the filter itself did not give.
DIED: Dict[str, Any] = {
    "severity": "fatal",
    "code": "exception",
    "id": "filter-ended",
    "expression": [],
    "diagnostics": "The process ended at this record twice, with no other record in it. Give it more memory, or convert the record by itself.",
}

LOSS = ("expression", "path", "kind", "class", "reason", "remedy")
ISSUE = ("severity", "code", "id", "expression", "diagnostics", "options")

# Digits are not looked at: they stay text.
_decode = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode


@dataclass
class Row:
    """What became of a record."""

    ok: bool
    name: Optional[str] = None
    payload: Optional[str] = None
    losses: Optional[List[Dict[str, Any]]] = None
    issues: Optional[List[Dict[str, Any]]] = None
    entry: Optional[str] = None
    skipped: Optional[str] = None
    residue: Optional[str] = None
    upload: Optional[Dict[str, Any]] = None
    more: Optional[str] = None


class Member(NamedTuple):
    """A value, and its text."""

    value: Any
    text: str


def rows_of(answer: Optional[bytes]) -> List[Row]:
    """
    The rows of an answer: one, or of a line with several records one for each. None is the answer to a line at which the process died.
    :raises FilterError: for what is no answer; never says a value of it.
    """
    if answer is None:
        return [Row(ok=False, losses=[], issues=[DIED])]
    try:
        text = answer.decode("utf-8")
        found, end = _members(text, 0)
        if end != len(text):
            raise ValueError
    except (ValueError, IndexError, StopIteration, RecursionError):
        raise FilterError("The command gave a line that is no answer of clinik-fhir.") from None
    records = found.get("records")
    if records is None:
        return [_row(found)]
    return [_row(one) for one in _elements(records.text)] or [Row(ok=False, losses=[], issues=[], skipped="no-records")]


def _members(text: str, at: int) -> Tuple[Dict[str, Member], int]:
    """The members of the object that begins there, as JSON.stringify writes it, and where it ends."""
    found: Dict[str, Member] = {}
    if text[at] != "{":
        raise ValueError
    if text[at + 1] == "}":
        return found, at + 2
    while True:
        if text[at + 1] != '"':
            raise ValueError
        name, colon = scanstring(text, at + 2, True)
        if text[colon] != ":":
            raise ValueError
        value, end = _decode(text, colon + 1)
        found[name] = Member(value, text[colon + 1 : end])
        if text[end] == "}":
            return found, end + 1
        if text[end] != ",":
            raise ValueError
        at = end


def _elements(text: str) -> List[Dict[str, Member]]:
    found: List[Dict[str, Member]] = []
    at = 0
    while text[at + 1] != "]":
        members, end = _members(text, at + 1)
        found.append(members)
        at = end
        if text[at] == "]":
            break
    return found


def _row(members: Dict[str, Member]) -> Row:
    took = {"ok", "name", "payload", "resource", "losses", "issues", "entry", "skipped", "residue", "upload"}
    losses, issues = _told(members, "losses", LOSS), _told(members, "issues", ISSUE)
    # What has no column would be lost without a word.
    partly = {name for name, told in (("losses", losses), ("issues", issues)) if not told.is_whole}
    rest = [
        f"{json.dumps(name)}:{member.text}" for name, member in members.items() if name not in took or name in partly
    ]
    output = members.get("payload") or members.get("resource")
    residue = members.get("residue")
    ok = _value(members, "ok", bool)
    if ok is None:
        raise unknown()
    return Row(
        ok=ok,
        name=_value(members, "name", str),
        payload=None if output is None else output.text,
        losses=losses.rows,
        issues=issues.rows,
        entry=_value(members, "entry", str),
        skipped=_value(members, "skipped", str),
        residue=None if residue is None else residue.text,
        upload=_value(members, "upload", dict),
        more=f"{{{','.join(rest)}}}" if rest else None,
    )


def _value(members: Dict[str, Member], name: str, kind: type) -> Any:
    member = members.get(name)
    if member is not None and not isinstance(member.value, kind):
        raise unknown()
    return None if member is None else member.value


class _Told(NamedTuple):
    """A list of losses or issues as far as there are columns for it, and whether that is all."""

    rows: List[Dict[str, Any]]
    is_whole: bool


def _told(members: Dict[str, Member], name: str, known: Tuple[str, ...]) -> _Told:
    said: List[Any] = _value(members, name, list) or []
    if not all(isinstance(one, dict) and known[0] in one for one in said):
        raise unknown()
    rows = [{key: value for key, value in one.items() if key in known} for one in said]
    if not all(_is_text(value) for row in rows for value in row.values()):
        raise unknown()
    return _Told(rows, rows == said)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def unknown() -> FilterError:
    """Of an answer that has no place in the columns."""
    return FilterError(
        "The command says what this version of clinik_fhir_spark does not know: use the same version of both."
    )
