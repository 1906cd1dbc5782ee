"""`clinik-fhir-spark convert` and `clinik-fhir-spark join`."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import sys
from typing import List, Optional

from pyspark.errors import PySparkException, PySparkImportError
from pyspark.sql import SparkSession

from .folder import NothingRead, convert_folder
from .process import FilterError
from .whole import SetError, convert_set

_EPILOG = "Options of clinik-fhir come after --, for example: -- --residue --base-url https://ehr.example.org/fhir"


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs a job and prints its counts. Returns 0, or 2 where nothing came of it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    at = given.index("--") if "--" in given else len(given)
    asked = _parser().parse_args(given[:at])
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("clinik-fhir")
    spark = (builder if asked.master is None else builder.master(asked.master)).getOrCreate()
    _divide(spark)
    job = convert_folder if asked.job == "convert" else convert_set
    try:
        counts = job(
            spark,
            asked.folder,
            asked.out,
            command=shlex.split(asked.command),
            options=given[at + 1 :],
            id_map=asked.id_map,
            timeout=asked.timeout,
        )
    except (FilterError, NothingRead, SetError, ValueError) as error:
        print(f"clinik-fhir-spark: {error}", file=sys.stderr)
        return 2
    except PySparkException as error:
        print(f"clinik-fhir-spark: {_reason(error)}", file=sys.stderr)
        return 2
    print(json.dumps(counts))
    return 0


def _divide(spark: SparkSession) -> None:
    """Makes several partitions for each core: with one, the core that is done first waits for the other ones."""
    setting = "spark.sql.files.minPartitionNum"
    if spark.conf.get(setting, None) is None:
        spark.conf.set(setting, str(4 * spark.sparkContext.defaultParallelism))


def _reason(error: PySparkException) -> str:
    """What went wrong, in a line: what a worker said of its filter, else Spark's name for it. Spark's own words may quote a record."""
    if isinstance(error, PySparkImportError):
        return str(error)
    told = re.search(r"FilterError: (.*)", str(error))
    return told[1] if told else f"Spark ended the job ({error.getCondition() or type(error).__name__}); its log says more."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clinik-fhir-spark", epilog=_EPILOG)
    jobs = parser.add_subparsers(dest="job", required=True)
    for name, said in (
        ("convert", "convert each line of a folder of NDJSON by itself, into Parquet"),
        (
            "join",
            "convert the lines again that need others, and order the upload; after convert, with the same options",
        ),
    ):
        job = jobs.add_parser(name, help=said, description=said, epilog=_EPILOG)
        job.add_argument("folder", help="of .ndjson, .jsonl, .ndjson.gz and .jsonl.gz files, at any depth")
        job.add_argument(
            "--out", required=True, help="the folder for Parquet; convert makes it, join writes set/ into it"
        )
        job.add_argument("--command", default="clinik-fhir", help="what starts clinik-fhir on every worker")
        job.add_argument("--id-map", help="a file of references and ids; every process holds all of it")
        job.add_argument("--timeout", type=float, help="seconds after which a process that does not answer is ended")
        job.add_argument("--master", help="of Spark, where spark-submit does not say it: local[2]")
    return parser


if __name__ == "__main__":
    sys.exit(main())
