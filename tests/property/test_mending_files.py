"""Mending a file that was spoilt at random: nothing mechanical is left, and what had no finding is as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness import analyse
from tests.samples import FHIR, HL7, X12, YAML

from superbill.engine.mending import mechanical, mend

CSV = """claim_id,patient,dos,cpt,mod1,mod2,units,pos,charge
A1,P1,2025-10-15,76380,50,,1,11,$10
A1,P1,2025-10-15,g0008,gc,,1,22,10
A2,Zoë,2025-10-16,"99213", 25,25,1,11,"1,000"
A3,P3,10/17/2025,70450-26,,TC,1,22,10
A4,P4,2025-10-17,99213.0,26,,1,11,10
A5,P5,2025-10-17,71046,,26,1.0,11,10
"""
SAMPLES = {"csv": CSV, "x12": X12, "hl7": HL7, "json": FHIR, "yaml": YAML}
PIECES = [
    "",
    "26",
    "50",
    "gc",
    " 25",
    ",",
    ";",
    "$",
    ".0",
    "99213-25",
    "76380",
    "\n",
    "\r\n",
    '"',
    ":",
    "~",
    "|",
    "é",
    "😀",
    "0",
]
SPOILT = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from(PIECES)), max_size=4)


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(spoilt=SPOILT)
def test_a_spoilt_file_is_mended(kind: str, spoilt: list[tuple[float, int, str]]) -> None:
    text = SAMPLES[kind]
    for place, length, piece in spoilt:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + length :]
    analysis = analyse(text, kind)
    touched = {
        line
        for one in analysis.findings()
        for start, end in [(one.start, one.end)]
        for line in range(start.line, end.line + 1)
    }
    mended = mend(analysis)
    assert analysis.document.text == text  # what was given stays as it is
    # What is left could not be made without making the file worse.
    assert not mechanical(mended.analysis) or mended.refused
    assert mended.analysis.document.text == mended.text == analyse(mended.text, kind).document.text
    before = sum(one.finding.severity == "error" for one in analysis.findings())
    assert sum(one.finding.severity == "error" for one in mended.analysis.findings()) <= before
    again = mend(mended.analysis)
    assert again.text == mended.text
    # The edits are those that lead there, and on lines without a finding stands what stood there.
    for edit in reversed(mended.edits):
        analysis.document.splice(edit.start, edit.end, edit.text)
        if kind == "csv":
            assert edit.start.line in touched
    assert analysis.document.text == mended.text
