"""After any edits, in any encoding, the findings are those of a fresh analysis of the same text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harness import book

from superbill.charges.dialect import Hints
from superbill.engine import records
from superbill.engine.analysis import Analysis
from superbill.lsp.render import DiagnosticWriter
from superbill.text.document import Document
from superbill.text.encoding import PositionEncoding

URI = "file:///charges"
CSV = """claim_id,patient,dos,cpt,mod1,mod2,units,pos,charge
A1,P1,2025-10-15,76380,50,,1,11,10
A1,P1,2025-10-15,76376,26,,1,22,10
A1,P1,2025-10-15,76377,26,,1,22,10
A2,Zoë,2025-10-16,"99213",25,,1,11,"1,000"
A2,Zoë 😀,2025-10-16,20610,RT,,1,11,10
A3,P3,2025-10-17,70450,26,TC,1,22,10
"""
DAYS = """claim_id,patient,npi,dos,cpt,mod,units,pos
A1,P1,1,2025-09-01,10060,,1,11
A2,P1,1,2025-09-08,99213,25,1,11
A3,P1,1,2025-09-09,99213,,1,11
A4,P2,1,2025-09-01,66984,RT,1,24
A5,P2,1,2025-10-01,66984,LT,1,24
A6,P2,1,2025-10-02,99213,24,1,11
A7,P1,1,2025-09-09,76380,,1,11
"""
NOTE = """# CT of the abdomen – 3-D

CPT: 74176-26, 76377-26
Codes: 76376-26

## Technique
Volume rendered 3D images were made on an independent workstation 😀 under supervision.

| Code | Modifier | Units |
|------|----------|-------|
| 76380 | 50 | 1 |

- 93000-26 and 99213

## Findings
On the 3D images nothing.
"""
PRICES = """hospital_name,last_updated_on,version
Clinic,1/2/2026,3.0.0
description,code|1,code|1|type,code|2,code|2|type,modifiers,standard_charge|gross
Scan,611,RC,76380,CPT,26|50,10
Stay,470,MS-DRG,,,,10
Visit,99213,CPT,510,RC,26,10
"""
WIDE = """claim_id,clm_from_dt,clm_thru_dt,setting,cpt1,cpt1_mod1,cpt1_mod2,cpt1_units,cpt2,cpt2_mod1,cpt2_mod2,cpt2_units
A1,2025-10-15,2025-10-15,,76376,26,,1,76377,26,,1
A2,2025-10-15,2025-10-18,facility,76380,50,,1,,,,
A3,2025-10-15,2025-10-15,131,99213,25,26,1,7638,TC,,0
"""
REMARKS = """# superbill: ignore-file K504 -- one for the whole file
patient,dos,cpt,mod1,mod2,units,pos
# superbill: ignore K520, X701 -- as agreed
P1,2025-10-15,76380,50,,1,11
# "a comment

P1,2025-10-15,76376,26,,1,22
# superbill: ignore L1016
# superbill: ignore nonsense K5200
P1,2025-10-15,76377,26,,1,22
# superbill: ignore
P3,2025-10-16,93000,26,,1,22
P2,2025-10-16,76380,50,,1,11
# superbill: ignore K520
"""
REMARKS_NOTE = """# CT of the abdomen
<!-- superbill: ignore-file N1302 -->

CPT: 74176-26, 76377-26 <!-- superbill: ignore N1301 N1303, K520 -->

# superbill: ignore K520

CPT: 76380-50
more of it

```charges
# superbill: ignore K504
93000-26
```

| Code | Modifier | Units |
|------|----------|-------|
| 76380 | 50 | 1 | <!-- superbill: ignore K520 -->

Independent workstation under supervision.
"""
#: A sheet without a key that is known to name the code; and charges that are numbered, some of them wrongly.
CODELESS_YAML = """payer: Medicare
lines:
  - {patient: P1, dos: 2025-10-15, done: 76380, mod: 50, pos: 11}
  - {patient: P1, dos: 2025-10-15, done: 76380, mod: 50, pos: 11}
  - patient: P2
    dos: 2025-10-15
    cpt: 76380
    mods: [50]
    pos: "11"
  - {patient: P3, dos: 2025-10-15, done: 76380, mod: 50, pos: 11}
"""
NUMBERED = r"""MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||R05^A^I9||||||76380^CT^C4|26
FT1|2|||20251015||CG|4711^CT|||1|||||||||R05~R05||||||71046^CT^C4|50
FT1|2|||20251015||CG|4711^CT|||1||||||||||||||||93000^CT^C4
ORC|1
FT1|1|||20251015||CG|4711^CT|||1||||||||||||||||20610^CT^C4
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|2|P|2.5.1
FT1|2|||20251015||CG|4711^CT|||1||||||||||||||||20610^CT^C4
"""
REMARKS_YAML = """# superbill: ignore-file K504
payer: PLAN
dos: 2025-10-15
claims:
  # superbill: ignore L1016, K520
  - claim_id: A1
    patient: P1
    pos: 11
    lines:
      - cpt: "76380"
        mods: [50] # superbill: ignore K520 -- why
        charge: 120.01
      # superbill: ignore L1016
      - {code: 76377, modifiers: "26", units: 1}
      - code: 76376
        mods: [26]
        note: "no # superbill: ignore K520 here"
  # superbill: ignore K520

  - claim_id: A2
    patient: P2 # superbill: ignore K504
    lines:
      - cpt: 93000
        mod1: 26
"""
NAMED = """Fall,Tag,Leistung,M-A,M-B,Anz,Ort
P1,2025-10-15,76376,26,,1,22
P1,2025-10-15,76377,26,50,1,22
P2,2025-10-15,99213,26,,1,11
"""
COLUMNS = (
    ("leistung", "code", 0), ("m_a", "modifier", 1), ("m_b", "modifier", 2), ("anz", "units", 0), ("tag", "date", 0),
    ("ort", "place", 0), ("fall", "patient", 0),
)  # fmt: skip
PIECES = [
    "", "7", "26", "50", ",", '"', "\n", "\r\n", "\r", "76376", "76380-50", "# H\n", "## Findings\n", "|", "- ", "```\n", "---\n",
    "A1,P1,2025-10-15,76376,,,1,11,5\n", "A9,P1,1,2025-09-03,27447,RT,1,21\n", "P2", "1", "CPT: 76377-26\n", "\n\n", "é", "😀", " independent workstation", "cpt", "\x1c", "\u2028",
    "#", "# superbill: ignore K520\n", " # superbill: ignore K520, L1016", "<!-- superbill: ignore K520 -->", "# superbill: ignore-file K520\n",
    "<!-- superbill: ignore-file N1302 -->\n", "superbill: ", "ignore", "-file",
]  # fmt: skip
EDITS = st.lists(
    st.tuples(st.integers(0, 22), st.integers(0, 50), st.integers(0, 2), st.integers(0, 50), st.sampled_from(PIECES)),
    min_size=1,
    max_size=7,
)
ENCODINGS: list[PositionEncoding] = ["utf-8", "utf-16", "utf-32"]


def shown(analysis: Analysis) -> list[tuple[object, ...]]:
    return [
        (
            one.finding,
            one.start,
            one.end,
            [(analysis.records.where(other.record), other.part, other.message) for other in one.related],
        )
        for one in analysis.findings()
    ]


def assert_same(analysis: Analysis, fresh: Analysis, writer: DiagnosticWriter | None = None) -> None:
    """Hold an analysis after edits, and what a writer that followed it writes, against a fresh one."""
    if fresh.records.count:  # a text that cites no code is not read at all; one that did once stays read
        assert "".join(record.text for record in analysis.records) == fresh.document.text
        assert [record.text for record in analysis.records] == [record.text for record in fresh.records]
    assert shown(analysis) == shown(fresh)
    assert +analysis.totals == +fresh.totals
    if writer is not None:
        assert writer.write(analysis, URI) == DiagnosticWriter(related=True, descriptions=False).write(fresh, URI)


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        (CSV, ".csv"),
        (DAYS, ".csv"),
        (NOTE, ".md"),
        (NOTE, ".txt"),
        (CSV, ".txt"),
        (PRICES, ".csv"),
        (WIDE, ".csv"),
        (NAMED, ".csv"),
        (REMARKS, ".csv"),
        (REMARKS_NOTE, ".md"),
        (REMARKS_NOTE, ".txt"),
        (REMARKS_YAML, ".yaml"),
        (CODELESS_YAML, ".yaml"),
        (NUMBERED, ".hl7"),
    ],
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, encoding=st.sampled_from(ENCODINGS), pace=st.integers(1, 4), full=st.sampled_from([4, 512]))
def test_incremental_equals_from_scratch(
    text: str,
    suffix: str,
    edits: list[tuple[int, int, int, int, str]],
    encoding: PositionEncoding,
    pace: int,
    full: int,
) -> None:
    records._FULL = full  # short blocks, so that even a short text has several
    document = Document(text, encoding)
    writer = DiagnosticWriter(related=True, descriptions=False)
    hints = Hints(suffix=suffix, columns=COLUMNS)
    analysis = Analysis(document, hints, book())
    for number, (line, column, more, to_column, piece) in enumerate(edits):
        if number % pace:
            analysis.step(3)  # an edit may come in the middle of the first reading
        else:
            writer.write(analysis.finish(), URI)
        change = document.edit(line, column, line + more, to_column, piece)
        analysis.edit(change)
    analysis.finish()
    assert_same(analysis, Analysis(Document(document.text, encoding), hints, book()).finish(), writer)


def test_a_long_document_edited_everywhere() -> None:
    rows = [
        f"C{n},P{n // 2},2025-10-{n % 28 + 1:02d},{'76380' if n % 7 else '99213'},{'50' if n % 5 == 0 else ''},,1,11,9\n"
        for n in range(4000)
    ]
    document = Document(CSV.split("\n")[0] + "\n" + "".join(rows))
    analysis = Analysis(document, Hints(suffix=".csv"), book()).finish()
    for line in (3999, 2, 700, 1500, 3000, 41, 512, 1024, 40, 39):
        analysis.edit(document.edit(line, 4, line, 4, "9"))
        analysis.edit(
            document.edit(line, 0, line, 0, "X,Y,2025-10-01,76380,50,,1,11,1\nX,Y,2025-10-01,76376,26,,1,22,1\n")
        )
        analysis.edit(document.edit(line + 3, 0, line + 8, 0, ""))
        analysis.finish()
    assert_same(analysis, Analysis(Document(document.text), Hints(suffix=".csv"), book()).finish())


def test_a_keystroke_reads_a_handful_of_records() -> None:
    rows = [f"C{n},P{n},2025-10-15,99213,25,,1,11,9\n" for n in range(20_000)]
    document = Document(CSV.split("\n")[0] + "\n" + "".join(rows))
    analysis = Analysis(document, Hints(suffix=".csv"), book()).finish()
    for line in (15_000, 300, 19_999):
        before = analysis.work.records_read, analysis.work.groups_checked
        analysis.edit(document.edit(line, 3, line, 3, "7"))
        analysis.finish()
        assert analysis.work.records_read - before[0] <= 4
        assert analysis.work.groups_checked - before[1] <= 4
