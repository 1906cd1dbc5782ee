"""A process that dies, hangs or says something else: no line loses its answer, and nobody is told a value."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Iterator, List, Optional

from clinik_fhir_spark.answers import DIED, rows_of
from clinik_fhir_spark.filter import answers
from clinik_fhir_spark.frames import line_of
from clinik_fhir_spark.process import FilterError, started

FAKE = str(Path(__file__).parent / "fake.py")


class Filters(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = f"{folder.name}/starts"

    def asked(
        self, batches: List[List[bytes]], how: str = "", timeout: Optional[float] = None
    ) -> List[List[Optional[bytes]]]:
        command = [sys.executable, FAKE, self.log, how]
        with contextlib.redirect_stderr(io.StringIO()) as self.stderr:
            return list(answers(batches, lambda: started(command, timeout)))

    def names(self, batches: List[List[bytes]], timeout: Optional[float] = None) -> List[List[Optional[str]]]:
        return [[rows_of(one)[0].name for one in got] for got in self.asked(batches, timeout=timeout)]

    def starts(self) -> int:
        return len(Path(self.log).read_text().splitlines())

    def test_each_line_has_its_answer_in_order_from_one_process(self) -> None:
        batches = [[b"%d-%d" % (batch, line) for line in range(100)] for batch in range(20)]
        self.assertEqual(self.names(batches), [[line.decode() for line in batch] for batch in batches])
        self.assertEqual(self.starts(), 1)

    def test_no_line_is_no_process(self) -> None:
        self.assertEqual(self.names([]), [])
        self.assertFalse(Path(self.log).exists())

    def test_lines_and_answers_that_fill_every_pipe_do_not_wait_for_each_other(self) -> None:
        long = b"y" * 3_000_000
        self.assertEqual([len(got) for got in self.names([[long, long], [long], [long] * 3])], [2, 1, 3])

    def test_no_more_than_two_batches_are_taken_ahead(self) -> None:
        taken = 0

        def source() -> Iterator[List[bytes]]:
            nonlocal taken
            for _ in range(10):
                taken += 1
                yield [b"a", b"b"]

        command = [sys.executable, FAKE, self.log]
        given = answers(source(), lambda: started(command))
        next(given)
        self.assertEqual(taken, 2)
        given.close()

    def test_a_line_at_which_it_always_ends_is_refused_alone(self) -> None:
        got = self.asked([[b"1", b"2", b"end", b"4"], [b"end", b"6"], [b"7"]])
        self.assertEqual(
            [[one is None for one in some] for some in got], [[False, False, True, False], [True, False], [False]]
        )
        row = rows_of(None)[0]
        self.assertEqual((row.ok, row.issues, row.payload), (False, [DIED], None))
        self.assertNotIn("canary", self.stderr.getvalue())
        self.assertIn("1 other lines", self.stderr.getvalue())

    def test_a_line_at_which_it_ends_once_has_its_answer(self) -> None:
        self.assertEqual(self.names([[b"1", b"once", b"3"]]), [["1", "once", "3"]])
        self.assertEqual(self.starts(), 2)

    def test_a_process_that_hangs_is_ended_where_there_is_a_timeout(self) -> None:
        got = self.asked([[b"1", b"hang", b"3"]], timeout=0.5)
        self.assertEqual([one is None for one in got[0]], [False, True, False])

    def test_options_that_cannot_be_are_no_lines_fault(self) -> None:
        with self.assertRaisesRegex(FilterError, "exit code 2; clinik-fhir: this option cannot be.") as raised:
            self.asked([[b"1"]], "usage")
        self.assertNotIn("canary", str(raised.exception))
        self.assertEqual(self.starts(), 1)

    def test_a_command_that_never_answers_fails_the_job(self) -> None:
        with self.assertRaisesRegex(FilterError, "signal 9"):
            self.asked([[b"1"]], "mute")
        with self.assertRaisesRegex(FilterError, "cannot be started"):
            started(["no-such-command-of-anybody"])
        with self.assertRaisesRegex(FilterError, "does not answer lines"):
            started(["cat"])

    def test_more_answers_than_lines_fail_the_job(self) -> None:
        with self.assertRaisesRegex(FilterError, "more lines"):
            self.asked([[b"1"]], "more")

    def test_an_answer_of_something_else_fails_the_job_and_is_not_quoted(self) -> None:
        for got in self.asked([[b"1"]], "nonsense"):
            for answer in [
                *got,
                b'{"ok":true,"canary":',
                b"canary",
                b'{"ok":false,"issues":[{"canary":"canary"}]}',
                b'{"ok":false,"issues":[{"severity":{"canary":"canary"}}]}',
                b'{"ok":false,"issues":["canary"]}',
                b"[]",
                b"\xff",
            ]:
                with self.assertRaises(FilterError) as raised:
                    rows_of(answer)
                self.assertNotIn("canary", str(raised.exception))


class Texts(unittest.TestCase):
    def test_a_payload_keeps_its_characters(self) -> None:
        payload = '{"a":1.50e400,"b":123456789012345678901,"c":"\\u00e9é\\ud800","d":[{},[]],"e":' + "1" * 5000 + "}"
        answer = (
            '{"ok":true,"name":"labs","payload":%s,"losses":[],"issues":[],"residue":[{"value":1.00}],"new":[1.0]}'
            % payload
        )
        row = rows_of(answer.encode())[0]
        self.assertEqual((row.payload, row.residue, row.more), (payload, '[{"value":1.00}]', '{"new":[1.0]}'))

    def test_what_a_later_version_says_besides_is_kept(self) -> None:
        issues = '[{"severity":"error","id":"a","expression":["b"],"new":1.0}]'
        row = rows_of(b'{"ok":false,"issues":%s}' % issues.encode())[0]
        self.assertEqual(row.issues, [{"severity": "error", "id": "a", "expression": ["b"]}])
        self.assertEqual(row.more, '{"issues":%s}' % issues)

    def test_a_line_with_several_records_is_several_rows(self) -> None:
        answer = b'{"ok":false,"records":[{"entry":"0","ok":true,"name":"labs","payload":{"a":1.0},"losses":[],"issues":[]},{"entry":"1","ok":false,"skipped":"other-type","isDeletion":true,"issues":[]}]}'
        rows = [(row.entry, row.ok, row.payload, row.skipped, row.more) for row in rows_of(answer)]
        self.assertEqual(
            rows, [("0", True, '{"a":1.0}', None, None), ("1", False, None, "other-type", '{"isDeletion":true}')]
        )

    def test_a_line_without_records_is_a_row_that_says_so(self) -> None:
        for answer in (b'{"ok":false,"skipped":"no-records","issues":[]}', b'{"ok":true,"records":[]}'):
            rows = [(row.ok, row.skipped, row.payload, row.more) for row in rows_of(answer)]
            self.assertEqual(rows, [(False, "no-records", None, None)])

    def test_json_in_several_lines_stays_the_same_json_in_one(self) -> None:
        self.assertEqual(line_of(b'{\n "a": 1.0\n}\n'), b'{\t "a": 1.0\t}\t')
        self.assertEqual(line_of(None), b"")


if __name__ == "__main__":
    unittest.main()
