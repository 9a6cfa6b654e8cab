"""Property tests try the same cases in every run, so that a run says something of the change and not of its luck.

HYPOTHESIS_PROFILE=explore looks for new ones.
"""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import settings

settings.register_profile("default", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# Tables that somebody has imported on this machine are none of the tests' business, and nor are theirs.
os.environ["SUPERBILL_TABLES"] = tempfile.mkdtemp(prefix="superbill-tables-")


#: Whole tables, whole catalogs, real documents, and the longest of the property tests.
_SLOW = (
    "test_national_truth.py", "test_grid.py", "test_catalog_truth.py", "test_search.py", "test_rule_index.py", "test_tables.py",
    "test_catalog.py", "test_every_format.py", "test_shared_documents.py", "test_well_formed.py", "test_dialects.py",
)  # fmt: skip
#: End-to-end tests run with the capabilities of several editors; the first is enough for every day.
_FURTHER_EDITORS = ("[neovim", "[emacs")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow tests, in one place where they can be weighed against each other."""
    for item in items:
        if item.path.name in _SLOW or (
            item.path.parent.name == "e2e" and any(one in item.name for one in _FURTHER_EDITORS)
        ):
            item.add_marker(pytest.mark.slow)
