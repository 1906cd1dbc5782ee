"""What records are called, and whose words others may need: for the join of lines that a line alone cannot make."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, Iterable, Iterator, List, Optional, Set
from urllib.parse import unquote

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import types as T

from .columns import arrow_type
from .frames import LEVELS

#: The types that have payloads.
CONVERTED_TYPES = frozenset(["ClinicalImpression", "Composition", "DiagnosticReport", "Encounter", "Task"])

#: The types of which a conversion reads more than an id.
READ_TYPES = frozenset(
    ["Binary", "Condition", "ImmunizationRecommendation", "Media", "Observation", "PractitionerRole", "Procedure"]
)

_NAME = re.compile(r"(?:^|/)([A-Za-z]+)/([A-Za-z0-9\-.]{1,64})(?:/_history/[^/]+)?$")
_SEARCH = re.compile(r"^([A-Za-z]+)\?identifier=(.+)$")

NAMES: Dict[str, T.DataType] = {
    "type": T.StringType(),
    "name": T.StringType(),
    "gives": T.ArrayType(T.StringType()),
    "asks": T.ArrayType(T.StringType()),
}


def names_of(lines: DataFrame, every: bool) -> DataFrame:
    """
    Of each line with one record (`file`, `line`): its `type`, its `name` (`Type/id`), what it `gives`, the keys that others may look for it
    by, and what it `asks` for. What is no record is left out, and so is a Bundle, which is whole. `every` asks for all that is referred to.
    """
    schema = T.StructType(
        [lines.schema["file"], lines.schema["line"], *(T.StructField(name, kind) for name, kind in NAMES.items())]
    )

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import sys

        sys.setrecursionlimit(max(sys.getrecursionlimit(), LEVELS))
        for batch in batches:
            found = [_names(text, every) for text in batch.column(batch.schema.get_field_index("value")).to_pylist()]
            known = [at for at, names in enumerate(found) if names is not None]
            places = [
                batch.column(batch.schema.get_field_index(name)).take(pa.array(known, pa.int32()))
                for name in ("file", "line")
            ]
            columns = [
                pa.array([names[name] for names in found if names is not None], arrow_type(kind))
                for name, kind in NAMES.items()
            ]
            yield pa.RecordBatch.from_arrays([*places, *columns], names=schema.names)

    return lines.select("file", "line", "value").mapInArrow(run, schema)


def _names(text: Optional[bytes], every: bool) -> Optional[Dict[str, Any]]:
    try:
        record = json.loads(text or b"", parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    kind, id_ = record.get("resourceType"), record.get("id")
    if not isinstance(kind, str) or kind == "Bundle":
        return None
    name = f"{kind}/{id_}" if isinstance(id_, str) and id_ != "" else None
    gives = set() if name is None else {name}
    for key in _searches(record.get("identifier")):
        gives |= {f"{kind}?{key}", f"?{key}"}
    asks: Set[str] = set()
    if kind in CONVERTED_TYPES or kind in READ_TYPES:
        _ask(record, every, asks)
    return {"type": kind, "name": name, "gives": sorted(gives), "asks": sorted(asks - gives)}


def _searches(identifiers: Any) -> List[str]:
    several = identifiers if isinstance(identifiers, list) else [identifiers]
    found = []
    for one in several:
        system, value = (one.get("system"), one.get("value")) if isinstance(one, dict) else (None, None)
        if isinstance(system, str) and isinstance(value, str) and system != "" and value != "":
            found.append(f"{system}|{value}")
    return found


def _ask(value: Any, every: bool, asks: Set[str]) -> None:
    """Adds the keys of all that something refers to."""
    if isinstance(value, list):
        for item in value:
            _ask(item, every, asks)
    elif isinstance(value, dict):
        for name in ("reference", "url"):
            text = value.get(name)
            if isinstance(text, str):
                asks.update(_keys(text, every))
        kind = value.get("type")
        identifier = value.get("identifier")
        if isinstance(identifier, dict):
            told = kind if isinstance(kind, str) else ""
            asks.update(f"{told}?{key}" for key in _searches(identifier))
        # A contained record may be known by an identifier.
        contained = value.get("contained")
        for inside in contained if isinstance(contained, list) else []:
            if isinstance(inside, dict):
                asks.update(f"{inside.get('resourceType')}?{key}" for key in _searches(inside.get("identifier")))
        for item in value.values():
            if isinstance(item, (dict, list)):
                _ask(item, every, asks)


def _keys(text: str, every: bool) -> List[str]:
    search = _SEARCH.match(text)
    if search is not None:
        return [f"{search[1]}?{search[2]}", f"{search[1]}?{unquote(search[2])}"]
    name = _NAME.search(text)
    if name is None or not (every or name[1] in READ_TYPES):
        return []
    return [f"{name[1]}/{name[2]}"]
