"""The second job: what a line needs of the others, and when each payload can be sent."""

from __future__ import annotations

import json
from typing import Dict, Optional, Sequence

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from .columns import CONVERTED
from .folder import is_converted, is_rejected, write_parts
from .frames import convert
from .lines import numbered, read_lines
from .names import CONVERTED_TYPES, names_of
from .waves import with_waves

_PLACE = ("file", "line")


class SetError(RuntimeError):
    """The second job does not fit the first."""


def convert_set(
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
    Takes the `answers` of `convert_folder`, and converts the lines again that need others: those that refer to a record whose words are
    read, and the versions of a record. Each goes with these in a Bundle, in which the filter finds them. Then it orders the upload.
    Writes below `out`/set: `answers`, `payloads` with `wave`, `outside` and `toRejected`, `losses`, `rejects` and `skipped`. Parameters as
    of `convert_folder`.

    :raises SetError: where other lines are read than before.
    :returns: how many records there are, how many lines were converted `again`, how many `waves` there are, how many lines are `bundles`, which
        know of no other line nor these of them, and how many payloads have no wave, because of `circles`.
    """
    lines = numbered(read_lines(spark, folder))
    members, parts = _units(names_of(lines, every=id_map is not None).persist())
    bundles = _bundles(lines, parts, _home(options))
    said = convert(
        bundles, "bundle", command=command, options=[*options, "--links"], id_map=id_map, timeout=timeout
    ).drop("bundle")
    again = _of_members(said)
    texts = lines.select(*_PLACE, F.col("value").alias("text"))
    again = again.join(texts, [*_PLACE]).withColumn("record", F.when(is_rejected(), F.col("text"))).drop("text")
    alone = numbered(spark.read.parquet(f"{out}/answers")).join(members, [*_PLACE], "left_anti")
    columns = [*_PLACE, *CONVERTED, "record"]
    both = alone.select(*columns).unionByName(again.select(*columns))
    both.withColumn("node", F.monotonically_increasing_id()).write.parquet(f"{out}/set/answers")
    answers = spark.read.parquet(f"{out}/set/answers")
    before = spark.read.parquet(f"{out}/answers").select("row").distinct().count()
    if answers.select(*_PLACE).distinct().count() != before:
        raise SetError("The folder is not the one that was converted: the jobs read other lines.")
    ordered, waves = with_waves(answers)
    ordered = ordered.persist()
    counts = write_parts(ordered, f"{out}/set", extra=("wave", "outside", "toRejected"))
    counts["again"] = members.count()
    counts["waves"] = waves
    counts["bundles"] = answers.where("entry IS NOT NULL").select(*_PLACE).distinct().count()
    counts["circles"] = ordered.where(is_converted() & F.col("wave").isNull()).count()
    return counts


def _units(names: DataFrame) -> "tuple[DataFrame, DataFrame]":
    """
    The lines that are converted again, and the parts of their Bundles: `unit`, `file`, `line`, `isMember`. A unit is all versions of a
    record, with what these ask for, and what that asks for.
    """
    own = names.where(F.col("type").isin(*CONVERTED_TYPES)).select(
        *_PLACE, F.coalesce("name", F.concat_ws(":", *_PLACE)).alias("unit")
    )
    gives = names.select(F.explode("gives").alias("key"), F.col("file").alias("toFile"), F.col("line").alias("toLine"))
    asks = names.select(*_PLACE, F.explode("asks").alias("key"))
    # What several others ask for is there once for each of them.
    near = asks.join(gives, "key").select(*_PLACE, "toFile", "toLine").distinct()
    nearer = near.select(*_PLACE, F.col("toFile").alias("viaFile"), F.col("toLine").alias("viaLine"))
    further = nearer.join(
        near.select(F.col("file").alias("viaFile"), F.col("line").alias("viaLine"), "toFile", "toLine"),
        ["viaFile", "viaLine"],
    ).select(*_PLACE, "toFile", "toLine")
    context = (
        own.join(near.unionByName(further), [*_PLACE])
        .select("unit", F.col("toFile").alias("file"), F.col("toLine").alias("line"))
        .distinct()
        .join(own, ["unit", *_PLACE], "left_anti")
        .withColumn("isMember", F.lit(False))
    )
    several = own.groupBy("unit").count().where("count > 1").select("unit")
    units = several.union(context.select("unit")).distinct()
    members = own.join(units, "unit")
    return members.select(*_PLACE).persist(), members.withColumn("isMember", F.lit(True)).unionByName(context)


def _of_members(said: DataFrame) -> DataFrame:
    """The answers of a Bundle, each where its record stands. What is said of the whole Bundle is said of each of its members."""
    index = F.split("entry", "[.]")[0].cast("int")
    of_one = F.array(F.get("places", index))
    return (
        said.where(F.col("entry").isNull() | (index < F.size("places")))
        .withColumn("place", F.explode(F.when(F.col("entry").isNull(), F.col("places")).otherwise(of_one)))
        .withColumns({"file": F.col("place.file"), "line": F.col("place.line")})
        # In the Bundle it had an entry; it stands in a line.
        .withColumn("entry", F.lit(None).cast("string"))
        .drop("place", "places", "unit")
    )


def _home(options: Sequence[str]) -> Optional[str]:
    """The server that the records are of, where the options say it."""
    for at, option in enumerate(options):
        if option == "--base-url":
            return options[at + 1].rstrip("/") if at + 1 < len(options) else None
        if option.startswith("--base-url="):
            return option.split("=", 1)[1].rstrip("/")
    return None


def _bundles(lines: DataFrame, parts: DataFrame, home: Optional[str]) -> DataFrame:
    """`unit`, `places` of its members, and `bundle`, the text: members first, all in the order of the input."""
    text = F.col("value").cast("string")
    part = F.struct((~F.col("isMember")).alias("isContext"), *_PLACE, F.concat(_url(text, home), text).alias("text"))
    found = parts.join(lines, [*_PLACE]).groupBy("unit").agg(F.array_sort(F.collect_list(part)).alias("parts"))
    entries = F.transform("parts", lambda one: F.concat(F.lit("{"), one["text"], F.lit("}")))
    members = F.filter("parts", lambda one: ~one["isContext"])
    return found.select(
        "unit",
        F.transform(members, lambda one: F.struct(one["file"].alias("file"), one["line"].alias("line"))).alias(
            "places"
        ),
        F.concat(
            F.lit('{"resourceType":"Bundle","type":"collection","entry":['), F.concat_ws(",", entries), F.lit("]}")
        ).alias("bundle"),
    )


def _url(text: Column, home: Optional[str]) -> Column:
    """The members of an entry before its resource itself: where home is known, absolute references are found as well."""
    resource = F.lit('"resource":')
    if home is None:
        return resource
    kind, id_ = F.get_json_object(text, "$.resourceType"), F.get_json_object(text, "$.id")
    is_named = kind.rlike("^[A-Za-z]+$") & id_.rlike("^[A-Za-z0-9.-]{1,64}$")
    url = F.concat(F.lit(f'"fullUrl":{json.dumps(home)[:-1]}/'), kind, F.lit("/"), id_, F.lit('",'))
    return F.concat(F.when(is_named, url).otherwise(""), resource)
