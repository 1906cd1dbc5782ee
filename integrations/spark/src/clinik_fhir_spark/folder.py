"""The first job: each line of a folder by itself."""

from __future__ import annotations

from typing import Dict, Optional, Sequence

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from .frames import convert
from .lines import numbered, read_lines

#: Where a record is.
SOURCE = ("file", "line", "entry")


class NothingRead(RuntimeError):
    """There is no line in the folder."""


def convert_folder(
    spark: SparkSession,
    folder: str,
    out: str,
    *,
    command: Sequence[str] = ("clinik-fhir",),
    options: Sequence[str] = (),
    id_map: Optional[str] = None,
    timeout: Optional[float] = None,
) -> Dict[str, int]:
    """
    Converts the lines of a folder as `clinik-fhir convert -` does, and writes Parquet below `out`: `answers`, which the second job
    needs, and of these `payloads`, `losses`, `rejects` and `skipped`.

    :returns: how many records there are: `in`, `converted`, `rejected`, `skipped`.
    :raises NothingRead: for a folder without lines.
    """
    rows = read_lines(spark, folder)
    answers = convert(rows, "value", command=command, options=[*options, "--links"], id_map=id_map, timeout=timeout)
    kept = answers.withColumn("record", F.when(is_rejected(), F.col("value"))).drop("value")
    kept.write.parquet(f"{out}/answers")
    counts = write_parts(numbered(spark.read.parquet(f"{out}/answers")), out)
    if counts["lines"] == 0:
        raise NothingRead(
            "There is no line to convert: the folder has no .ndjson, .jsonl, .ndjson.gz or .jsonl.gz file, or they are empty."
        )
    return counts


def is_converted() -> Column:
    """True for what became a payload or a resource."""
    return F.col("payload").isNotNull()


def is_rejected() -> Column:
    """True for what was refused."""
    return ~F.col("ok") & F.col("skipped").isNull()


def write_parts(answers: DataFrame, out: str, extra: Sequence[str] = ()) -> Dict[str, int]:
    """Writes `payloads`, `losses`, `rejects` and `skipped` of answers that have their lines, and counts the records."""
    converted = answers.where(is_converted())
    converted.select(*SOURCE, "name", "payload", "issues", "residue", "upload", *extra).write.parquet(f"{out}/payloads")
    converted.select(*SOURCE, "name", F.explode("losses").alias("loss")).select(
        *SOURCE, "name", "loss.*"
    ).write.parquet(f"{out}/losses")
    answers.where(is_rejected()).select(*SOURCE, "issues", "more", "record").write.parquet(f"{out}/rejects")
    answers.where(F.col("skipped").isNotNull()).select(*SOURCE, "skipped", "more").write.parquet(f"{out}/skipped")
    told = answers.select(
        F.countDistinct("file", "line").alias("lines"),
        F.count_if(is_converted()).alias("converted"),
        F.count_if(is_rejected()).alias("rejected"),
        F.count_if(F.col("skipped").isNotNull()).alias("skipped"),
    ).first()
    return {} if told is None else {name: int(count) for name, count in told.asDict().items()}
