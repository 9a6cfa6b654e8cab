"""A file without a place for modifiers cannot be reproached for missing ones."""

from __future__ import annotations

import pytest
from tests.harness import check


@pytest.mark.parametrize(
    "rows",
    [
        ["P1,2025-10-15,73562,1,11"],  # no side
        ["P1,2025-10-15,71046,1,22"],  # no 26 in a hospital
        ["P1,2025-10-15,97110,1,11"],  # no plan of care
        ["P1,2025-10-15,99213,1,11", "P1,2025-10-15,10060,1,11"],  # no 25
        ["P1,2025-10-15,76380,1,11", "P1,2025-10-15,74177,1,11"],  # no XE
        ["P1,2025-10-15,71046,1,11", "P1,2025-10-15,71046,1,11"],  # no 76
    ],
)
def test_silent(rows: list[str]) -> None:
    check("patient,dos,cpt,units,pos\n" + "\n".join(rows) + "\n")


def test_with_a_column_they_speak() -> None:
    check(
        """patient,dos,cpt,mod,units,pos
P1,2025-10-15,73562,,1,11
              ^^^^^ K527
"""
    )
