"""
Spark's answers are the command line's. Environment: CLINIK_FHIR, the command as JSON; CORES, how many Spark uses; CORPUS, another folder of
NDJSON to compare, if there is one.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any, Dict, List

import cases
import compare
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from clinik_fhir_spark import convert, validate

COMMAND: List[str] = json.loads(os.environ["CLINIK_FHIR"])
CORES = os.environ.get("CORES", "1")
CORPUS = os.environ.get("CORPUS")
MORTAL = str(Path(__file__).parent / "mortal.py")
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.files.maxPartitionBytes": "16k",
}
OPTIONS = ["--residue"]

#: Each record that the second job leaves as another one than `convert` of the files does, by reason.
REASONS: Dict[str, Dict[str, List[compare.Place]]] = {
    # The command line reads over lines of files without records, and a filter answers each.
    "not in both": {
        "blank lines": [("damaged.ndjson", 1, None), ("damaged.ndjson", 2, None)],
        "an empty list, an empty Bundle": [("damaged.ndjson", 13, None), ("more/later/Encounter.jsonl", 4, None)],
    },
    "fate": {"a newer version is in a Bundle": [("more/Encounter.ndjson", 11, None)]},
    "payload": {
        "a newer version is in a Bundle": [("more/Encounter.ndjson", 11, None)],
        "the words are in a Bundle of another line": [("more/Encounter.ndjson", 5, None)],
        "a Bundle does not look into other lines": [("more/later/Encounter.jsonl", 3, "2")],
    },
    "losses": {
        "a newer version is in a Bundle": [("more/Encounter.ndjson", 11, None)],
        "the words are in a Bundle of another line": [("more/Encounter.ndjson", 5, None)],
        "a Bundle does not look into other lines": [("more/later/Encounter.jsonl", 3, "2")],
    },
    "words": {
        # A Bundle finds a record by its identifier itself: the reference is then the same in other words.
        "a search for an identifier": [
            ("ClinicalImpression.ndjson", 2, None),
            ("Encounter.ndjson", 3, None),
            ("Task.ndjson", 3, None),
        ],
        "an absolute reference, and no --base-url": [("more/Encounter.ndjson", 24, None)],
    },
    "wave": {
        "a newer version is in a Bundle": [("more/Encounter.ndjson", 11, None)],
        "a circle": [("more/Encounter.ndjson", line, None) for line in (14, 15, 17)],
    },
    "outside": {"a newer version is in a Bundle": [("more/Encounter.ndjson", 11, None)]},
}


def job(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """A job in a Spark of its own."""
    settings = " ".join(f"--conf {name}={value}" for name, value in SETTINGS.items())
    env = {**os.environ, "PYSPARK_SUBMIT_ARGS": f"{settings} pyspark-shell", "PYSPARK_PYTHON": sys.executable}
    master = ["--master", f"local[{CORES},4]"]
    return subprocess.run(
        [sys.executable, "-m", "clinik_fhir_spark", *arguments[:1], *master, *arguments[1:]],
        capture_output=True,
        text=True,
        env=env,
    )


class Jobs(unittest.TestCase):
    maxDiff = None

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        (self.folder / "deaths").mkdir()
        (self.folder / "in").mkdir()

    def both_jobs(self, root: Path, mortal: bool) -> None:
        """Runs both jobs, and compares the first one with the filter."""
        command = [sys.executable, MORTAL, str(self.folder / "deaths"), *COMMAND] if mortal else COMMAND
        arguments = [str(root), "--out", str(self.folder / "out"), "--command", " ".join(command), "--", *OPTIONS]
        for name in ("convert", "join"):
            ran = job(name, *arguments)
            self.assertEqual(ran.returncode, 0, ran.stderr[-3000:])
            self.assertNotIn("canary", ran.stdout + ran.stderr)
            counts = json.loads(ran.stdout.splitlines()[-1])
            self.assertEqual(counts["lines"] > 0, True)
        said = compare.piped(COMMAND, root, OPTIONS)
        self.assertEqual(compare.against_pipe(said, compare.answered(root, self.folder / "out")), [])

    def differences(self, root: Path) -> Dict[str, List[compare.Place]]:
        told = compare.converted(COMMAND, root, self.folder / "files", OPTIONS)
        return compare.against_set(told, compare.answered(root, self.folder / "out" / "set"))

    def test_the_jobs_give_what_the_command_line_does_with_workers_killed(self) -> None:
        cases.make(self.folder / "in")
        self.both_jobs(self.folder / "in", mortal=True)
        self.assertGreater(len(list((self.folder / "deaths").glob("killed-*"))), 2)
        self.assertTrue((self.folder / "deaths" / "worker").exists())
        found = self.differences(self.folder / "in")
        known = {
            what: sorted((place for places in reasons.values() for place in places), key=str)
            for what, reasons in REASONS.items()
        }
        self.assertEqual(found, known)

    @unittest.skipIf(CORPUS is None, "no other folder is given")
    def test_the_jobs_give_what_the_command_line_does_for_another_folder(self) -> None:
        assert CORPUS is not None
        self.both_jobs(Path(CORPUS).resolve(), mortal=True)
        self.assertEqual(self.differences(Path(CORPUS).resolve()), {})

    def test_a_folder_without_lines_is_no_success(self) -> None:
        (self.folder / "in" / "Encounter.ndjson").touch()
        ran = job("convert", str(self.folder / "in"), "--out", str(self.folder / "out"), "--command", " ".join(COMMAND))
        self.assertEqual((ran.returncode, "no line to convert" in ran.stderr), (2, True))


class Columns(unittest.TestCase):
    spark: SparkSession

    @classmethod
    def setUpClass(cls) -> None:
        builder = SparkSession.builder.master(f"local[{CORES}]")
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        cls.spark = builder.getOrCreate()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.spark.stop()

    def rows(self, texts: List[Any], kind: str = "string") -> Any:
        return self.spark.createDataFrame(
            [(number, text) for number, text in enumerate(texts)], f"number int, text {kind}"
        ).coalesce(1)

    def piped(self, verb: str, lines: List[str]) -> List[Dict[str, Any]]:
        ran = subprocess.run(
            [*COMMAND, verb, "-"], input="".join(f"{line}\n" for line in lines), capture_output=True, text=True
        )
        return [json.loads(line) for line in ran.stdout.splitlines()]

    def test_a_record_may_stand_in_several_lines_and_be_nothing(self) -> None:
        record = cases.encounter("e1", extension=[{"url": "http://a.example/b", "valueDecimal": 1}])
        texts = [json.dumps(record, indent=2), None, "", '{"resourceType":"Encounter","id":"a\nb"}', json.dumps(record)]
        got = convert(self.rows(texts), "text", command=COMMAND).orderBy("number").collect()
        self.assertEqual([row.ok for row in got], [True, False, False, False, True])
        self.assertEqual([row.text for row in got], texts)
        self.assertEqual([row.issues[0].id for row in got[1:4]], ["json-malformed"] * 3)
        self.assertEqual(got[0].payload, got[4].payload)

    def test_validate_says_what_the_command_line_says(self) -> None:
        texts = [
            json.dumps(cases.encounter("e1")),
            json.dumps(cases.encounter("e2", status="canary")),
            "[",
            json.dumps([cases.encounter("e3")]),
        ]
        got = (
            validate(self.rows([text.encode() for text in texts], "binary"), "text", command=COMMAND)
            .orderBy("number")
            .collect()
        )
        told = [one for answer in self.piped("validate", texts) for one in answer.get("records", [answer])]
        found = [{"ok": row.ok, "issues": [compare.said_of(issue.asDict()) for issue in row.issues]} for row in got]
        self.assertEqual(found, [{"ok": one["ok"], "issues": one["issues"]} for one in told])

    def test_an_issue_names_the_options_that_would_let_a_record_pass(self) -> None:
        unclassed = {name: value for name, value in cases.encounter("e1").items() if name != "class"}
        got = convert(self.rows([json.dumps(unclassed)]), "text", command=COMMAND).collect()
        self.assertEqual([(issue.id, issue.options) for issue in got[0].issues], [("required-missing", ["fill"])])
        self.assertIsNone(got[0].more)

    def test_options_and_columns_that_cannot_be_are_said_before_the_job(self) -> None:
        rows = self.rows(["{}"])
        for column, more in (
            ("number", {}),
            ("missing", {}),
            ("text", {"options": ["--payload-only"]}),
            ("text", {"command": "clinik-fhir"}),
        ):
            with self.assertRaises(ValueError):
                convert(rows, column, **more)  # type: ignore[arg-type]
        with self.assertRaisesRegex(ValueError, "prefix"):
            convert(rows.withColumn("OK", rows.number), "text", command=COMMAND)
        named = convert(rows.withColumn("ok", rows.number), "text", command=COMMAND, prefix="fhir_")
        self.assertIn("fhir_payload", named.columns)

    def test_a_failing_command_fails_the_job_with_its_reason_and_no_value(self) -> None:
        with self.assertRaisesRegex(PySparkException, "unknown option '--no-such-option'") as raised:
            convert(self.rows(['{"id":"canary"}']), "text", command=COMMAND, options=["--no-such-option"]).collect()
        self.assertNotIn("canary", str(raised.exception))

    def test_an_id_map_goes_to_the_workers(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "ids.csv").write_text("reference,id\nPatient/p1,pt_1\n")
            rows = self.rows([json.dumps(cases.encounter("e1"))])
            got = convert(rows, "text", command=COMMAND, id_map=f"{folder}/ids.csv").collect()
        self.assertEqual(json.loads(got[0].payload)["patientId"], "pt_1")


if __name__ == "__main__":
    unittest.main()
