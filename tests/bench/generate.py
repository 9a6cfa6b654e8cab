"""Charge files of any length with a known number of findings, the same ones every time.

A faulty row bills a limited CT with modifier 50 (rule K520: the code has no sides). All other rows are sound:
a code, a place and a charge that go together, each row its own claim and patient.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from superbill.rules.book import RuleBook

HEADING = "cpt,mod,units,pos,dos,charge,claim_id,patient_id,provider"
#: Code, modifier, place, charge in cents.
SOUND = [
    ("99213", "", "11", 14500),
    ("71046", "", "11", 8200),
    ("80053", "", "11", 2900),
    ("74018", "", "11", 6100),
]
FAULTY = ("76380", "50", "11", 31000)


@dataclass(frozen=True, slots=True)
class Sample:
    """A charge file: its text, and the line numbers of the rows with a finding."""

    text: str
    lines: tuple[str, ...]
    faulty: tuple[int, ...]

    @property
    def rows(self) -> int:
        """Rows without the heading."""
        return len(self.lines) - 1


def generate(rows: int, findings: int, seed: int = 20251015) -> Sample:
    """A CSV charge file of `rows` rows, `findings` of them with exactly one finding each."""
    dice = random.Random(seed * 31 + rows + findings)
    faulty = sorted(dice.sample(range(1, rows + 1), findings))
    flagged = set(faulty)
    lines = [HEADING]
    for number in range(1, rows + 1):
        code, modifier, place, cents = FAULTY if number in flagged else dice.choice(SOUND)
        day = dice.randint(1, 31)
        amount = cents + 25 * dice.randint(0, 40)
        lines.append(
            f"{code},{modifier},1,{place},2025-10-{day:02},{amount / 100:.2f},"
            f"C{number:07},P{number:07},R{dice.randint(1, 40):03}"
        )
    return Sample("\n".join(lines) + "\n", tuple(lines), tuple(faulty))


def generate_python(rows: int, findings: int, seed: int = 20251015) -> Sample:
    """A Python file of as many statements for a Python linter; `findings` of them assert a tuple (F631)."""
    dice = random.Random(seed * 31 + rows + findings)
    faulty = sorted(dice.sample(range(1, rows + 1), findings))
    flagged = set(faulty)
    lines = ["value = 0"]
    for number in range(1, rows + 1):
        if number in flagged:
            lines.append(f'assert ("{number:07}", {number})')
        else:
            lines.append(f"value = {dice.randint(1, 99999)}")
    return Sample("\n".join(lines) + "\n", tuple(lines), tuple(faulty))


def verify(sample: Sample) -> None:
    """Ask the real engine: each faulty row has one finding, nothing else has any. ValueError if not so."""
    from superbill.charges.dialect import Hints
    from superbill.engine.analysis import Analysis
    from superbill.text.document import Document

    found = list(Analysis(Document(sample.text), Hints(suffix=".csv"), rule_book()).finish().findings())
    if tuple(one.start.line for one in found) != sample.faulty:
        rules = Counter(one.finding.rule for one in found)
        raise ValueError(f"{len(found)} findings instead of {len(sample.faulty)}: {dict(rules)}")


def rule_book() -> RuleBook:
    """The rules as the server has them when nothing is set, on a fixed day."""
    from superbill.catalog.store import open_catalog
    from superbill.rules.book import RuleBook
    from superbill.rules.knowledge import Knowledge

    catalog = open_catalog()
    return RuleBook(Knowledge(catalog, catalog.profiles["medicare-b"], date(2025, 12, 15)), follow=True)


if __name__ == "__main__":
    for rows, findings in ((1_000, 200), (100_000, 5_000)):
        verify(generate(rows, findings))
        print(f"{rows:,} rows: exactly {findings:,} findings")
