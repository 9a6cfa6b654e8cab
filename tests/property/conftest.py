"""What the property tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from superbill.engine import records


@pytest.fixture(autouse=True)
def length_of_blocks() -> Iterator[None]:
    """Tests may change it."""
    usual = records._FULL
    yield
    records._FULL = usual
