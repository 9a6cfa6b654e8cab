"""Words that people write for a place of service, and the code or codes they may mean."""

from __future__ import annotations

import re

from superbill.charges import values
from superbill.rules.knowledge import Knowledge

_WORDS: dict[str, str] = {
    "ambulance": "41",
    "ambulatory surgery center": "24",
    "ambulatory surgical center": "24",
    "asc": "24",
    "assisted living": "13",
    "birthing center": "25",
    "clinic": "11 49",
    "community mental health center": "53",
    "cmhc": "53",
    "corf": "62",
    "dialysis": "65",
    "dialysis center": "65",
    "doctors office": "11",
    "ed": "23",
    "emergency": "23",
    "emergency department": "23",
    "emergency room": "23",
    "er": "23",
    "fqhc": "50",
    "group home": "14",
    "home": "12",
    "homeless shelter": "04",
    "hospice": "34",
    "hospital": "21 22 19",
    "hospital inpatient": "21",
    "hospital outpatient": "22 19",
    "independent lab": "81",
    "independent laboratory": "81",
    "inpatient": "21",
    "inpatient hospital": "21",
    "inpt": "21",
    "ip": "21",
    "jail": "09",
    "lab": "81",
    "laboratory": "81",
    "mobile": "15",
    "mobile unit": "15",
    "nursing facility": "32 31",
    "nursing home": "32 31",
    "off campus": "19",
    "office": "11",
    "on campus": "22",
    "op": "22 19",
    "outpatient": "22 19",
    "outpatient hospital": "22 19",
    "outpt": "22 19",
    "pace": "66",
    "patient home": "12",
    "pharmacy": "01",
    "physician office": "11",
    "physicians office": "11",
    "prison": "09",
    "retail clinic": "17",
    "rhc": "72",
    "rural health clinic": "72",
    "school": "03",
    "skilled nursing facility": "31",
    "snf": "31",
    "surgery center": "24",
    "telehealth": "10 02",
    "telemedicine": "10 02",
    "urgent care": "20",
    "video visit": "10 02",
    "walk in clinic": "17",
}
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"(?:pos)?[^a-z0-9]*([0-9]{2})(?:\.0+)?(?![0-9]).*", re.DOTALL)
_SHORT = re.compile(r"[0-9](?:\.0+)?")
_LONG = re.compile(r"0+([0-9]{2})")


def places(text: str, know: Knowledge) -> tuple[list[str], bool]:
    """The places that a malformed text may mean, likeliest first; and whether the digits stand there."""
    value = values.clean(text).lower()
    if len(value) > 60:
        return [], False
    found = _NUMBER.fullmatch(value) or _LONG.fullmatch(value)
    if found and know.place(found[1]):
        return [found[1]], True
    if _SHORT.fullmatch(value):
        padded = "0" + value[0]
        return ([padded], False) if know.place(padded) else ([], False)
    words = _NOT_WORD.sub(" ", value.replace("'", "")).strip()
    if words in _WORDS:
        return _WORDS[words].split(), False
    return [place.code for place in know.catalog.places.values() if place.name == value], False
