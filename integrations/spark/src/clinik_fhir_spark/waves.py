"""When each payload can be sent: after those that it points at."""

from __future__ import annotations

from typing import Tuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from .folder import is_converted, is_rejected

#: A chain of records that is longer is not followed to its end: its rest has no wave.
MOST_WAVES = 1000


def with_waves(answers: DataFrame) -> Tuple[DataFrame, int]:
    """
    Adds `wave`, from 0; null for what did not become a payload, and for what is in a circle or points at one. `outside` and `toRejected`
    are the elements that point at nothing in the set, and at a rejected record. Answers need `node`, a number of their own.

    :returns: the answers, and how many waves there are.
    """
    # An entry of a Bundle in a Bundle is 2.1.
    entry = F.transform(F.split("entry", "[.]"), lambda index: index.cast("int"))
    order = F.struct("file", "line", entry.alias("entry"))
    named = answers.select("node", order.alias("order"), _fate().alias("fate"), F.explode("upload.names").alias("name"))
    # Of two records of one name the first is meant, and what became a payload before what did not.
    first = F.struct(F.col("fate").alias("fate"), F.col("order").alias("order"), F.col("node").alias("node"))
    targets = named.groupBy("name").agg(F.min(first).alias("first"))
    links = answers.where(is_converted()).select("node", F.explode("upload.links").alias("link"))
    led = links.select("node", "link.*").join(targets, "name", "left").persist()
    # What a record says of itself waits for nothing.
    edges = (
        led.where("first.fate = 0 AND first.node <> node")
        .select("node", F.col("first.node").alias("target"))
        .distinct()
    )
    waves, count = _layers(answers.where(is_converted()).select("node"), edges)
    astray = (
        led.where("isMapped IS NOT TRUE AND (first IS NULL OR first.fate = 1)")
        .groupBy("node")
        .agg(
            F.array_sort(F.collect_set(F.when(F.col("first").isNull(), F.col("element")))).alias("outside"),
            F.array_sort(F.collect_set(F.when(F.col("first").isNotNull(), F.col("element")))).alias("toRejected"),
        )
    )
    return answers.join(waves, "node", "left").join(astray, "node", "left"), count


def _fate() -> Column:
    """0 for a payload, 1 for what was refused or deleted, 2 for what was skipped."""
    is_deletion = F.coalesce(F.col("more").contains('"isDeletion":true'), F.lit(False))
    return F.when(is_converted(), 0).when(is_rejected() | is_deletion, 1).otherwise(2)


def _layers(nodes: DataFrame, edges: DataFrame) -> Tuple[DataFrame, int]:
    """The waves of nodes: 0 where nothing is pointed at, else one more than the highest of these."""
    left = edges.localCheckpoint()
    waves = (
        nodes.join(left.select("node").distinct(), "node", "left_anti").withColumn("wave", F.lit(0)).localCheckpoint()
    )
    newest = waves
    count = 0 if newest.isEmpty() else 1
    while count < MOST_WAVES:
        rest = left.join(newest.select(F.col("node").alias("target")), "target", "left_anti").localCheckpoint()
        newest = (
            left.select("node")
            .distinct()
            .join(rest.select("node").distinct(), "node", "left_anti")
            .withColumn("wave", F.lit(count))
            .localCheckpoint()
        )
        if newest.isEmpty():
            break
        waves = waves.unionByName(newest)
        left = rest
        count += 1
    return waves, count
