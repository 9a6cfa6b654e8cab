"""A thousand claims as a careful coder writes them: nothing in them is an error or a warning.

The claims are drawn at random from the published tables in `data/facts`, always the same ones, by the plain rules of the
fee schedule: what the office is paid for, one visit a day, 25 on it beside a small procedure, a side or 50 where there
are sides, an add-on beside a primary code listed for it, no more units than the limit, 26 in a hospital where the code has
two parts.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from tests.harness import analyse, catalog, draw

FACTS = Path(__file__).resolve().parent.parent.parent / "data" / "facts"
CLAIMS = 1_000
VISITS = ("99202", "99203", "99204", "99205", "99212", "99213", "99214", "99215")
#: 3-D images of another study: not to be billed alone, and no table says beside what.
RENDERED = ("76376", "76377")
#: Code, modifiers in one field, units.
Line = tuple[str, str, int]


def table(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


@lru_cache(maxsize=1)
def fees() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["code"], row["component"]): row for row in table("pfs-2025d.tsv")}


@lru_cache(maxsize=1)
def limits() -> dict[str, int]:
    return {row["code"]: int(row["value"]) for row in table("ncci-mue-2024q3.tsv")}


@lru_cache(maxsize=1)
def primaries() -> dict[str, list[str]]:
    return {row["code"]: row["primaries"].split() for row in table("ncci-aoc-2024q3.tsv")}


def plain(code: str) -> bool:
    """Whether a code asks for nothing that this generator does not know of: no therapy plan, no plan of an anesthetist,
    no description, no dose, no laboratory, no visit."""
    return (
        code.isdecimal()
        and not code.endswith("99")
        and (10_000 <= int(code) < 70_000 or 70_000 <= int(code) < 77_000)
        and code not in RENDERED
        and limits().get(code, 0) > 0
    )


@lru_cache(maxsize=2)
def payable(part: str) -> tuple[str, ...]:
    """Codes that an office bills whole ("") or that a physician reads in a hospital ("26"), no add-ons, sorted."""
    found = []
    for (code, component), row in fees().items():
        if component != part or row["status"] != "A" or not plain(code) or code in primaries():
            continue
        if part == "26" or (
            row["pctc"] in ("0", "1") and not row["nonfacility_na"] and row["global_days"] in ("000", "010", "XXX")
        ):
            found.append(code)
    return tuple(sorted(found))


def side(code: str, part: str, chance: random.Random) -> str:
    """LT, RT or 50 where the indicator says that there are sides."""
    return chance.choice(("LT", "RT", "50")) if fees()[code, part]["bilateral"] in ("1", "3") else ""


def claim(chance: random.Random) -> tuple[str, list[Line]]:
    """The place and the lines of one claim."""
    if chance.random() < 0.3:
        code = chance.choice(payable("26"))
        modifiers = " ".join(one for one in ("26", side(code, "26", chance)) if one)
        return chance.choice(("21", "22")), [(code, modifiers, 1)]
    lines: list[Line] = []
    code = chance.choice(payable(""))
    modifiers = side(code, "", chance)
    single = modifiers or fees()[code, ""]["bilateral"] == "2"
    lines.append((code, modifiers, 1 if single else chance.randint(1, min(limits()[code], 2))))
    addons = [
        addon for addon, listed in primaries().items()
        if code in listed and (fees().get((addon, ""), {}).get("nonfacility_na"), fees()[addon, ""]["status"]) == ("", "A")
        and plain(addon) and fees()[addon, ""]["bilateral"] in ("0", "9")
    ] if not modifiers else []  # fmt: skip
    if addons:
        lines.append((chance.choice(sorted(addons)), "", 1))
    if chance.random() < 0.5:
        small = fees()[code, ""]["global_days"] in ("000", "010")
        lines.insert(0, (chance.choice(VISITS), "25" if small else "", 1))
    return "11", lines


def rows() -> Iterator[str]:
    chance = random.Random(5)
    for number in range(CLAIMS):
        place, lines = claim(chance)
        day = chance.randint(1, 28)
        for code, modifiers, units in lines:
            yield f"P{number},2025-10-{day:02d},{code},{modifiers},{units},{place},1234567893"


@pytest.mark.parametrize("payer", sorted(catalog().profiles))
def test_a_thousand_claims_without_an_error(payer: str) -> None:
    text = "patient,dos,cpt,mod,units,pos,npi\n" + "\n".join(rows()) + "\n"
    analysis = analyse(text, payer=payer)
    assert analysis.totals["lines"] > 1.3 * CLAIMS
    loud = [one for one in analysis.findings() if one.finding.severity in ("error", "warning")]
    assert not loud, draw(text, loud[:10], severity=True)
