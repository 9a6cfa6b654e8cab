"""Pairs of codes: which of the rules speaks, of which line, how strongly, and where all are silent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from tests import national
from tests.harness import book_of, catalog, catalog_with

from superbill.charges.dialect import Hints
from superbill.charges.model import Claim, ServiceLine, Written
from superbill.engine.analysis import Analysis
from superbill.engine.fitting import suggest
from superbill.rules.base import Finding
from superbill.rules.book import RuleBook
from superbill.text.document import Document

HEAD = "patient,dos,cpt,mod,units,pos,provider"


@lru_cache(maxsize=2)
def tables(whole: bool = True) -> Path:
    """Pairs whose first days are known, of 2025 Q4; the same for hospitals, with one pair. `whole` has them taken for all
    pairs there are."""
    folder = Path(mkdtemp(prefix="superbill-pairs-"))
    rows = national.pair_rows(
        [*national.PAIRS, ("45385", "45384", "1", "20100101", "20181231"), ("47562", "00790", "0")]
    )
    national.put(folder, folder / "n", {"ccipra-v313r0-f1.TXT": national.ptp_text(rows)})
    hospital = national.ptp_text(national.pair_rows([("45385", "45380", "0")]))
    national.put(folder, folder / "n", {"ccioph-v313r0-f1.TXT": hospital})
    national.put(
        folder,
        folder / "n",
        {"MCR_Eff_10-01-2025.csv": national.mue_csv([("76380", "5", "2")], "Outpatient Hospital Services")},
    )
    if whole:
        national.as_whole(folder / "n")
    return folder / "n"


@lru_cache(maxsize=4)
def book(payer: str = "medicare-b") -> RuleBook:
    return book_of(catalog_with(tables()), payer)


def said(*rows: str, payer: str = "medicare-b", dos: str = "2025-10-15") -> list[tuple[str, str, int]]:
    """(rule, severity, row counted from 0) of the rules on pairs; a row is `code,modifiers[,provider]`."""
    lines = []
    for row in rows:
        code, modifiers, *who = row.split(",")
        lines.append(f"P1,{dos},{code},{modifiers},1,24,{who[0] if who else ''}")
    text = "\n".join([HEAD, *lines, ""])
    analysis = Analysis(Document(text), Hints(suffix=".csv"), book(payer)).finish()
    found = [(one.finding.rule, one.finding.severity, one.start.line - 1) for one in analysis.findings()]
    return sorted(
        one for one in found if "L1002" <= one[0] <= "L1008" or one[0] in ("L1016", "L1017", "L1020", "L1035")
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("29881,RT", "29877,RT"), [("L1002", "error", 1)]),
        (("29877,RT", "29881,RT"), [("L1002", "error", 0)]),  # the order of the lines does not matter
        (("29881,RT", "29877,59 RT"), [("L1002", "error", 1)]),
        (("45385,", "45380,"), [("L1003", "warning", 1)]),
        (("45385,", "45380,59"), []),
        (("45385,", "45380,XS"), []),
        (("45385,59", "45380,"), []),  # since July 2019 on either line
        (("45385,", "45380,51"), [("L1004", "warning", 1)]),
        (("45385,22", "45380,"), [("L1004", "warning", 1)]),
        (("45385,79", "45380,"), [("L1005", "warning", 0)]),
        (("29881,RT", "20610,"), [("L1005", "warning", 0)]),
        (("29881,RT", "20610,LT"), []),
        (("29881,RT", "20610,RT"), [("L1007", "warning", 1)]),
        (("29881,RT", "20610,59 RT"), []),
        (("45385,", "29881,59 RT"), [("L1008", "hint", 1)]),
        (("29881,RT", "29881,59 LT"), []),  # the same code again
        (("45380,59",), []),  # the other code may be on another claim
        (("45385,,A", "45380,,B"), []),  # two providers
        (("45385,,A", "45380,,A"), [("L1003", "warning", 1)]),
        (("29881,RT", "29877,80 RT"), []),  # an assistant bills for himself
        (("47562,", "00790,QZ P2"), []),  # and so does who gave the anesthesia
        (("47562,,A", "00790,QZ P2,A"), [("L1002", "error", 1)]),
        (("45385,", "45384,"), []),  # ended with 2018
        (("74177,", "76380,"), [("L1020", "warning", 1)]),  # said by the rule that knows the codes
        (("76377,26", "76376,26"), [("L1002", "error", 1)]),  # L1016 knows the pair of 2024 Q3 only
        (("71275,26", "76376,26"), [("L1002", "error", 1)]),
        (("45385,", "45378,"), [("L1002", "error", 1)]),  # stronger than the endoscopy rule, which is silent then
    ],
)  # fmt: skip
def test_what_is_said_of_a_pair(rows: tuple[str, ...], expected: list[tuple[str, str, int]]) -> None:
    assert said(*rows) == expected


def test_of_a_table_that_lacks_parts_the_absence_of_a_pair_is_no_fact() -> None:
    claim = Claim(
        tuple(
            ServiceLine(
                code=code,
                modifiers=modifiers,
                units=Decimal(1),
                since=date(2025, 10, 15),
                written=Written(code=code, modifiers=modifiers, units="1", date="2025-10-15"),
            )
            for code, modifiers in (("45385", ()), ("29881", ("59", "RT")))
        )
    )
    for whole, expected in ((True, ["L1008"]), (False, [])):
        pairs = book_of(catalog_with(tables(whole)))
        mask = pairs.triggers(claim.lines[0]) | pairs.triggers(claim.lines[1])
        assert [one.rule for one in pairs.check_claim(claim, mask) if one.rule == "L1008"] == expected


def test_by_day() -> None:
    assert said("45385,", "45384,", dos="2018-10-15") == [("L1003", "warning", 1)]
    assert said("45385,59", "45380,", dos="2019-06-30") == [("L1006", "warning", 0)]
    assert said("45385,59", "45380,", dos="2019-07-01") == []
    assert said("29881,RT", "29877,RT", dos="2026-02-15") == [("L1002", "warning", 1)]  # by the nearest table
    assert said("45385,", "45380,", dos="2009-12-31") == [("L1003", "warning", 1)]


def test_other_payers_are_warned() -> None:
    assert said("29881,RT", "29877,RT", payer="generic-commercial") == [("L1002", "warning", 1)]


def test_a_line_in_several_pairs_is_said_once() -> None:
    rows = ["45385,", "45380,", "45378,"]
    assert said(*rows) == [("L1002", "error", 2), ("L1003", "warning", 1)]
    text = "\n".join([HEAD, *[f"P1,2025-10-15,{row},1,24," for row in rows], ""])
    analysis = Analysis(Document(text), Hints(suffix=".csv"), book()).finish()
    (never,) = [one.finding for one in analysis.findings() if one.finding.rule == "L1002"]
    assert "(the same with 45380)" in never.message or "(the same with 45385)" in never.message
    assert len(never.related) == 2


def claim(*codes: str, setting: str = "", modifiers: tuple[str, ...] = ()) -> Claim:
    on = date(2025, 10, 15)
    return Claim(
        tuple(
            ServiceLine(
                code=code, since=on, units=Decimal(1), setting=setting, modifiers=modifiers,
                written=Written(code=code, units="1", date="2025-10-15", modifiers=modifiers),
            )
            for code in codes
        )
    )  # fmt: skip


def of_claim(one: Claim, rules: RuleBook) -> list[Finding]:
    mask = 0
    for line in one.lines:
        mask |= rules.triggers(line)
    return rules.check_claim(one, mask)


def test_a_hospital_has_its_own_table() -> None:
    found = of_claim(claim("45385", "45380", setting="facility"), book())
    assert [(one.rule, one.source) for one in found if one.rule == "L1002"] == [("L1002", "PTP hospital 2025 Q4")]
    assert not [one for one in of_claim(claim("29881", "29877", setting="facility"), book()) if one.rule == "L1002"]


def test_a_hospital_has_its_own_unit_limits() -> None:
    line = claim("76380", setting="facility").lines[0]
    know = book().know
    limit = know.limit(line)
    assert limit is not None and limit.value == 5
    from dataclasses import replace

    many = Claim((replace(line, units=Decimal(6)),))
    assert [(one.rule, one.source) for one in of_claim(many, book()) if one.rule == "U902"] == [
        ("U902", "MUE hospital 2025 Q4")
    ]
    bare = book_of(catalog())
    assert bare.know.limit(line) is None and not [one for one in of_claim(many, bare) if one.rule[0] == "U"]


def test_fixes_are_never_preferred() -> None:
    for one in (claim("45385", "45380"), claim("29881", "29877"), claim("45385", "45380", modifiers=("51",))):
        found = [finding for finding in of_claim(one, book()) if "L1002" <= finding.rule <= "L1008"]
        assert found and all(finding.fixes for finding in found)
        assert not any(fix.preferred for finding in found for fix in finding.fixes)


def test_without_a_table_the_rules_are_not_there() -> None:
    bare = book_of(catalog())
    assert not any("L1002" <= rule.id <= "L1008" for rule in bare._sorted.claim)
    assert any(rule.id == "L1002" for rule in book()._sorted.claim)
    assert not of_claim(claim("29881", "29877"), bare) or all(
        one.rule not in ("L1002", "L1003") for one in of_claim(claim("29881", "29877"), bare)
    )


def test_without_a_date_the_latest_speaks_and_says_so() -> None:
    folder = Path(mkdtemp(prefix="superbill-latest-"))
    for version in ("v312r0", "v313r0"):
        national.put(
            folder, folder / "n", {f"ccipra-{version}-f1.TXT": national.ptp_text(national.pair_rows(national.PAIRS))}
        )
    rules = book_of(catalog_with(folder / "n"))
    lines = "\n".join(["patient,cpt,mod,units,pos", "P1,45385,,1,24", "P1,45380,,1,24", ""])
    found = Analysis(Document(lines), Hints(suffix=".csv"), rules).finish().findings()
    (message,) = [one.finding.message for one in found if one.finding.rule == "L1003"]
    assert message.endswith("(by PTP 2025 Q4, the latest that is loaded: the line has no date)")


def test_completion_puts_them_first_only_where_a_pair_asks() -> None:
    line = claim("45380").lines[0]
    first = [one.text for one in suggest(book(), line, claim("45385").lines).usual[:5]]
    assert set(first) == {"XS", "XE", "59", "XU", "XP"}
    why = suggest(book(), line, claim("45385").lines).usual[0].why
    assert why == "else it bundles into 45385 (PTP 2025 Q4)"
    alone = [one.text for one in suggest(book(), line, ()).usual[:8]]
    assert not {"XS", "XE", "59", "XU", "XP"} & set(alone)
    never = [one.text for one in suggest(book(), claim("45378").lines[0], claim("45385").lines).usual[:8]]
    assert not {"XS", "XE", "59", "XU", "XP"} & set(never)
    visit = suggest(book(), claim("99213").lines[0], claim("29881").lines).usual[0]
    assert visit.text == "25"
