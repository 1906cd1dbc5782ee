"""The columns of answers, for Spark and for Arrow."""

from __future__ import annotations

from typing import Any, Dict, List

import pyarrow as pa
from pyspark.sql.types import ArrayType, BooleanType, DataType, StringType, StructField, StructType

from .answers import ISSUE, LOSS, Row, unknown


def _struct(names: "tuple[str, ...]", lists: "tuple[str, ...]" = (), flags: "tuple[str, ...]" = ()) -> StructType:
    def kind(name: str) -> DataType:
        if name in lists:
            return ArrayType(StringType())
        return BooleanType() if name in flags else StringType()

    return StructType([StructField(name, kind(name)) for name in names])


_LINK = _struct(("name", "element", "isMapped", "isOfSource"), flags=("isMapped", "isOfSource"))

#: Of what `convert` says, in the order of its columns.
CONVERTED: Dict[str, DataType] = {
    "ok": BooleanType(),
    "name": StringType(),
    "payload": StringType(),
    "losses": ArrayType(_struct(LOSS)),
    "issues": ArrayType(_struct(ISSUE, lists=("expression", "options"))),
    "entry": StringType(),
    "skipped": StringType(),
    "residue": StringType(),
    "upload": StructType(
        [
            StructField("names", ArrayType(StringType())),
            StructField("isKnown", BooleanType()),
            StructField("links", ArrayType(_LINK)),
        ]
    ),
    "more": StringType(),
}

#: Of what `validate` says.
VALIDATED: Dict[str, DataType] = {name: CONVERTED[name] for name in ("ok", "issues", "entry", "skipped", "more")}


def arrow_type(kind: DataType) -> pa.DataType:
    """The Arrow type of a column above."""
    if isinstance(kind, StructType):
        return pa.struct([pa.field(field.name, arrow_type(field.dataType)) for field in kind.fields])
    if isinstance(kind, ArrayType):
        return pa.list_(arrow_type(kind.elementType))
    return pa.bool_() if isinstance(kind, BooleanType) else pa.string()


def arrays(rows: List[Row], columns: Dict[str, DataType]) -> List[pa.Array]:
    """
    The columns of some rows.
    :raises FilterError: for what has another type; never says a value.
    """

    def column(name: str) -> List[Any]:
        return [getattr(row, name) for row in rows]

    try:
        return [pa.array(column(name), type=arrow_type(kind)) for name, kind in columns.items()]
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        raise unknown() from None
