"""Findings as JUnit XML: a suite for each file, a case for each finding, or one case for a file without any.

A finding below `--fail-on` is a case that passed, with what was found as its output: the report is red where the exit code
is 1. The form is that of the schema that Jenkins publishes (junit-10.xsd).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from superbill.report.form import Ending, beneath, counts
from superbill.report.model import Reported

#: Characters that XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JUnit:
    """The report as JUnit XML."""

    between = ""

    def __init__(self, root: Path, fail_on: str) -> None:
        self._root = root
        self._limit = fail_on

    def head(self) -> str:
        """The declaration and the outer element, without totals: they are not known yet, and every suite has its own."""
        return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="superbill">\n'

    def file(self, path: str, found: Sequence[Reported]) -> str:
        """The suite of a file."""
        name = beneath(path, self._root)
        failures = sum(counts(one.finding.severity, self._limit) for one in found)
        cases = [self._case(one, name) for one in found] or [f'<testcase name="clean" classname={_attribute(name)}/>']
        return (
            f'<testsuite name={_attribute(name)} tests="{len(cases)}" failures="{failures}" errors="0" skipped="0">\n'
            + "".join(f"  {case}\n" for case in cases)
            + "</testsuite>\n"
        )

    def tail(self, ending: Ending) -> str:
        """What could not be checked, as errors, and the end."""
        out = ""
        for trouble in ending.troubles:
            name = beneath(trouble.path, self._root) if trouble.path else "superbill"
            out += (
                f'<testsuite name={_attribute(name)} tests="1" failures="0" errors="1" skipped="0">\n'
                f'  <testcase name="checked" classname={_attribute(name)}>'
                f'<error type="superbill" message={_attribute(trouble.why)}/></testcase>\n</testsuite>\n'
            )
        return out + "</testsuites>\n"

    def _case(self, one: Reported, name: str) -> str:
        finding = one.finding
        title = f"{one.title}, line {one.line} column {one.column}"
        body = escape(_plain(f"{name}:{one.line}:{one.column}: {finding.severity} {finding.rule} {one.message}"))
        if counts(finding.severity, self._limit):
            kind = f'<failure type="{finding.severity}" message={_attribute(one.message)}>{body}</failure>'
        else:
            kind = f"<system-out>{body}</system-out>"
        return f"<testcase name={_attribute(title)} classname={_attribute(name)}>{kind}</testcase>"


def _plain(text: str) -> str:
    return _NO_XML.sub("?", text)


def _attribute(text: str) -> str:
    return quoteattr(_plain(text))
