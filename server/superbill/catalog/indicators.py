"""The fee schedule's indicators in plain words. Source: CMS PFS record layout and Attachment A, said in our own words."""

from __future__ import annotations

from superbill.catalog.model import AddOn, FeeRow, UnitLimit

STATUS = {
    "A": "active, paid under the fee schedule if covered",
    "B": "bundled, never paid by itself",
    "C": "priced by the contractor",
    "E": "outside the fee schedule by regulation",
    "I": "not valid for Medicare, which uses another code",
    "J": "anesthesia, paid by base units and time",
    "M": "quality measure, reported only",
    "N": "not covered by Medicare",
    "P": "bundled supply or excluded item",
    "R": "restricted coverage",
    "T": "paid only when nothing else is payable that day",
    "X": "not a physician service by statute; another schedule pays it",
}
STATUS_SHORT = {
    "A": "active", "B": "bundled", "C": "contractor priced", "E": "other schedule", "I": "not valid for Medicare",
    "J": "anesthesia", "M": "measure", "N": "not covered", "P": "bundled supply", "R": "restricted", "T": "only if alone",
    "X": "other schedule",
}  # fmt: skip
PCTC = {
    "0": "physician service, cannot be split",
    "1": "test that splits into 26 and TC",
    "2": "already the professional part",
    "3": "already the technical part",
    "4": "global test; the parts have codes of their own",
    "5": "incident to a physician's service, cannot be split",
    "6": "lab test with a physician's reading (26)",
    "7": "therapy or hearing test, cannot be split",
    "8": "reading of an abnormal smear, plain only",
    "9": "splitting does not apply",
}
GLOBAL = {
    "000": "package of the day itself",
    "010": "package of 10 days after",
    "090": "package of the day before and 90 days after",
    "MMM": "maternity, own rules",
    "XXX": "no package",
    "YYY": "package set by the contractor",
    "ZZZ": "add-on, inside another service's package",
}
BILATERAL = {
    "0": "no sides, 50 does not raise the payment",
    "1": "both sides pay 150 %",
    "2": "already covers both sides",
    "3": "each side pays in full",
    "9": "sides do not apply",
}
MULTIPLE = {
    "0": "no reduction",
    "2": "standard reduction of further procedures",
    "3": "endoscopy family reduction",
    "4": "imaging reduction of further technical parts",
    "5": "therapy reduction",
    "6": "cardiovascular test reduction",
    "7": "eye test reduction",
    "9": "does not apply",
}
ASSISTANT = {
    "0": "only with documented need",
    "1": "not payable by statute",
    "2": "payable",
    "9": "does not apply",
}
COSURGEON = {"0": "not permitted", "1": "with documentation", "2": "permitted", "9": "does not apply"}
TEAM = {"0": "not permitted", "1": "with documentation", "2": "permitted, by report", "9": "does not apply"}
SUPERVISION = {
    "01": "general",
    "02": "direct",
    "03": "personal",
    "04": "general, but not for psychologists",
    "05": "general, but not for audiologists",
    "06": "physician or certified physical therapist",
    "21": "general with a certified technician, else direct",
    "22": "technician with live contact",
    "66": "physician or certified physical therapist",
    "6A": "as 66, may supervise another therapist",
    "77": "certified physical therapist",
    "7A": "as 77, may supervise another therapist",
}
MUE = {
    "1": "tested line by line",
    "2": "a day, absolute",
    "3": "a day, more only with records",
}


def strip(row: FeeRow, supervision: str = "") -> str:
    """The indicators of one row on one line. `supervision` is that of the technical component."""
    parts = [f"PC/TC {row.pctc}", f"global {row.global_days}", f"bilateral {row.bilateral}", f"multiple {row.multiple}"]
    if row.assistant == row.cosurgeon == row.team:
        parts.append(f"assistant, co-surgeon, team {row.assistant}")
    else:
        parts.append(f"assistant {row.assistant}, co-surgeon {row.cosurgeon}, team {row.team}")
    if row.endoscopic_base:
        parts.append(f"endoscopic base {row.endoscopic_base}")
    if supervision in SUPERVISION:
        parts.append(f"supervision of TC: {SUPERVISION[supervision]}")
    return " · ".join(parts)


def primary_words(added: AddOn, most: int = 6) -> str:
    """The primary codes of an add-on in words: all of them while they are few, else how many, and the first."""
    codes = added.primaries
    if len(codes) == 1:
        return codes[0]
    if len(codes) <= most:
        return f"one of {', '.join(codes[:-1])} or {codes[-1]}"
    return f"one of {len(codes)} primary codes ({', '.join(codes[: most - 3])} ...)"


def addon_words(added: AddOn) -> str:
    """What a code is added to, in words."""
    if added.type == "2":
        return "add-on code (type 2): the payer says to which primary codes"
    if added.type == "3":
        return f"add-on code (type 3): with {primary_words(added)}, or another that the payer takes"
    return f"add-on code (type 1): only with {primary_words(added)}"


def unit_words(limit: UnitLimit, reason: str = "", whose: str = "") -> str:
    """A unit limit in words. `reason` is where it comes from, `whose` the kind of biller, where it is not the usual one."""
    name = f"{whose}: MUE" if whose else "MUE"
    if limit.value == 0:
        return f"{name} 0: not payable in this setting" + (f" ({reason})" if reason else "")
    behind = f"; {reason}" if reason else ""
    return f"{name} {limit.value} (MAI {limit.indicator}: {MUE.get(limit.indicator, 'unknown')}{behind})"
