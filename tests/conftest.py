"""Property tests try the same cases in every run, so that a run says something of the change and not of its luck.

HYPOTHESIS_PROFILE=explore looks for new ones.
"""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

settings.register_profile("default", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# Tables that somebody has imported on this machine are none of the tests' business, and nor are theirs.
os.environ["SUPERBILL_TABLES"] = tempfile.mkdtemp(prefix="superbill-tables-")
