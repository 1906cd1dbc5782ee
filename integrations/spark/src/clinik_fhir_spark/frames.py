"""`convert` and `validate` over a column of a DataFrame."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import DataFrame
from pyspark.sql.types import BinaryType, DataType, StringType, StructField, StructType

from .answers import rows_of
from .columns import CONVERTED, VALIDATED, arrays
from .filter import answers
from .process import Process, started

#: The most lines and bytes that are given to a process in one piece; a longer line goes alone.
PIECE_LINES = 1000
PIECE_BYTES = 8 * 1024 * 1024

#: JSON may be nested 1,000 levels deep, and what is said of it a few more.
LEVELS = 4000

#: They would leave lines without an answer on standard output.
REFUSED = ("--payload-only", "--rejects")


def convert(
    df: DataFrame,
    column: str,
    *,
    command: Sequence[str] = ("clinik-fhir",),
    options: Sequence[str] = (),
    id_map: Optional[str] = None,
    prefix: str = "",
    timeout: Optional[float] = None,
) -> DataFrame:
    """
    Converts a column of JSON text, a record in each row, as `clinik-fhir convert -` does: FHIR R4 into ClinikAPI payloads, and with
    `options=["--resource", "encounters"]` back.

    :param column: of strings, or of bytes in UTF-8; a record may stand in several lines.
    :param command: what starts clinik-fhir on every worker.
    :param options: of `clinik-fhir convert -`.
    :param id_map: a file of the driver, sent to each worker; every process holds all of it.
    :param prefix: before the names of the new columns, where the DataFrame has such columns.
    :param timeout: seconds after which a process that does not answer counts as ended. Default: none.
    :returns: the columns of `df`, and `ok`, `name`, `payload`, `losses`, `issues`, `entry`, `skipped`, `residue`, `upload`, `more`. A
        row with a Bundle or a list becomes one for each of its records; every other row stays one.
    :raises ValueError: for columns and options that cannot be.
    """
    return _filtered(df, column, "convert", command, options, id_map, prefix, timeout, CONVERTED)


def validate(
    df: DataFrame,
    column: str,
    *,
    command: Sequence[str] = ("clinik-fhir",),
    options: Sequence[str] = (),
    prefix: str = "",
    timeout: Optional[float] = None,
) -> DataFrame:
    """
    Validates a column of JSON text, a record in each row, as `clinik-fhir validate -` does. Parameters as of `convert`.

    :returns: the columns of `df`, and `ok`, `issues`, `entry`, `skipped`, `more`.
    :raises ValueError: for columns and options that cannot be.
    """
    return _filtered(df, column, "validate", command, options, None, prefix, timeout, VALIDATED)


def _filtered(
    df: DataFrame,
    column: str,
    verb: str,
    command: Sequence[str],
    options: Sequence[str],
    id_map: Optional[str],
    prefix: str,
    timeout: Optional[float],
    columns: Dict[str, DataType],
) -> DataFrame:
    _check(df, column, command, options, [f"{prefix}{name}" for name in columns])
    if id_map is not None:
        df.sparkSession.sparkContext.addFile(os.path.abspath(id_map))
    arguments = (*command, verb, "-", *options)
    id_map_name = None if id_map is None else os.path.basename(id_map)
    fields = [*df.schema.fields, *(StructField(f"{prefix}{name}", kind) for name, kind in columns.items())]
    task = _Task(arguments, id_map_name, timeout, df.columns.index(column), prefix, columns)
    return df.mapInArrow(task.run, StructType(fields))


def _check(df: DataFrame, column: str, command: Sequence[str], options: Sequence[str], added: List[str]) -> None:
    if isinstance(command, str) or isinstance(options, str) or len(command) == 0:
        raise ValueError("command and options are lists of words.")
    if df.columns.count(column) != 1:
        raise ValueError("column has to name one column of the DataFrame.")
    if not isinstance(df.schema[column].dataType, (StringType, BinaryType)):
        raise ValueError("The column has to hold JSON text: numbers of a struct have lost their digits.")
    wrong = next((option for option in options if option.split("=")[0] in REFUSED or option == "-"), None)
    if wrong is not None:
        raise ValueError(f"{wrong} does not go with a column: each row has an answer.")
    known = {name.lower() for name in df.columns}
    twice = next((name for name in added if name.lower() in known), None)
    if twice is not None:
        raise ValueError(f"The DataFrame has a column {twice}: give the new ones a prefix.")


@dataclass(frozen=True)
class _Task:
    """What a worker does with its partition."""

    command: Tuple[str, ...]
    id_map: Optional[str]
    timeout: Optional[float]
    index: int
    prefix: str
    columns: Dict[str, DataType]

    def run(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Answers the rows of some batches, in order."""
        sys.setrecursionlimit(max(sys.getrecursionlimit(), LEVELS))
        sent: List[pa.RecordBatch] = []

        def texts() -> Iterator[List[bytes]]:
            for piece, lines in _pieces(batches, self.index):
                sent.append(piece)
                yield lines

        for got in answers(texts(), self._starter()):
            yield self._answered(sent.pop(0), got)

    def _starter(self) -> Callable[[], Process]:
        map_of = () if self.id_map is None else ("--id-map", SparkFiles.get(self.id_map))
        return lambda: started((*self.command, *map_of), self.timeout)

    def _answered(self, piece: pa.RecordBatch, got: List[Optional[bytes]]) -> pa.RecordBatch:
        told = [rows_of(answer) for answer in got]
        rows = [row for some in told for row in some]
        if len(rows) > len(told):
            where: List[int] = [at for at, some in enumerate(told) for _ in some]
            piece = pa.RecordBatch.from_arrays(
                [one.take(pa.array(where, type=pa.int32())) for one in piece.columns], names=piece.schema.names
            )
        names = [*piece.schema.names, *(f"{self.prefix}{name}" for name in self.columns)]
        return pa.RecordBatch.from_arrays([*piece.columns, *arrays(rows, self.columns)], names=names)


def _pieces(batches: Iterable[pa.RecordBatch], index: int) -> Iterator[Tuple[pa.RecordBatch, List[bytes]]]:
    """Batches in pieces of limited size, each with its lines."""
    for batch in batches:
        lines = [line_of(value) for value in _binary(batch.column(index)).to_pylist()]
        start = size = 0
        for at, line in enumerate(lines):
            if at > start and (at - start >= PIECE_LINES or size + len(line) > PIECE_BYTES):
                yield batch.slice(start, at - start), lines[start:at]
                start, size = at, 0
            size += len(line)
        if len(lines) > start:
            yield batch.slice(start), lines[start:]


def _binary(column: Any) -> Any:
    """Text as it is, for what is not UTF-8 is the filter's to refuse."""
    if pa.types.is_large_string(column.type):
        return column.cast(pa.large_binary())
    return column.cast(pa.binary()) if pa.types.is_string(column.type) else column


def line_of(value: Optional[bytes]) -> bytes:
    """
    JSON text in one line. A tab may stand wherever a line feed may, and inside a string neither may, so that this is the same JSON, or
    none just as before. Nothing, where there is nothing.
    """
    return b"" if value is None else value.replace(b"\n", b"\t")
