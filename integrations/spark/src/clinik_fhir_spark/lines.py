"""The lines of a folder of NDJSON, each with its file and its number."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

#: What is read of a folder.
FILES = "*.{ndjson,jsonl,ndjson.gz,jsonl.gz}"


def read_lines(spark: SparkSession, folder: str) -> DataFrame:
    """
    The lines of the NDJSON files of a folder, at any depth, gzip too: `file`, `block`, `row`, and `value`, the bytes of the line as they
    are. Blank lines are lines. `numbered` makes `line` of the rows.
    """
    text = (
        spark.read.option("recursiveFileLookup", "true").option("pathGlobFilter", FILES)
        # Spark would take a carriage return for the end of a line.
        .text(folder, lineSep="\n")
    )
    return text.select(
        F.col("_metadata.file_path").alias("file"),
        F.col("_metadata.file_block_start").alias("block"),
        F.monotonically_increasing_id().alias("row"),
        F.col("value").cast("binary").alias("value"),
    )


def numbered(rows: DataFrame) -> DataFrame:
    """
    `line`, from 1, instead of `block` and `row`. A large file is read in blocks by several cores: each begins after the lines of those
    before it. Reads the three columns once more.
    """
    blocks = rows.groupBy("file", "block").agg(F.min("row").alias("first"), F.max("row").alias("last"))
    before = F.coalesce(
        F.sum(F.col("last") - F.col("first") + 1).over(
            Window.partitionBy("file").orderBy("block").rowsBetween(Window.unboundedPreceding, -1)
        ),
        F.lit(0),
    )
    starts = blocks.select("file", "block", (before + 1 - F.col("first")).alias("shift"))
    others = [name for name in rows.columns if name not in ("file", "block", "row")]
    return rows.join(F.broadcast(starts), ["file", "block"]).select(
        "file", (F.col("row") + F.col("shift")).alias("line"), *others
    )
