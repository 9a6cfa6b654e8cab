"""What the tests of reports share: the schemas that reports are held against."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema

SCHEMAS = Path(__file__).resolve().parent / "schemas"


@lru_cache(maxsize=1)
def _sarif() -> jsonschema.Draft4Validator:
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


def sarif_of(text: str) -> dict[str, Any]:
    """A SARIF report, held against the schema."""
    data: dict[str, Any] = json.loads(text)
    _sarif().validate(data)
    return data
