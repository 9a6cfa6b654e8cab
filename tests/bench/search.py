"""How well the finder finds: queries as people type them; is the right code among the first five?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from superbill.catalog.search import search
from superbill.catalog.store import open_catalog
from tests.bench.figures import Spread, Table, spread, time

#: Kind of query: (query, codes of which any one is right).
QUERIES: dict[str, list[tuple[str, str]]] = {
    "abbreviations": [
        ("ct abd pelvis w contrast", "74177"),
        ("cxr 2v", "71046"),
        ("mri l spine wo", "72148"),
        ("cta chest", "71275"),
        ("us thyroid", "76536"),
        ("tte", "93306"),
        ("ct head w/o", "70450"),
        ("mra neck w", "70548"),
        ("dxa axial", "77080"),
        ("bpp with nst", "76818"),
        ("tvus non ob", "76830"),
        ("cbc w diff", "85025"),
        ("egd w bx", "43239"),
        ("ov est lvl 4", "99214"),
        ("ed visit lvl 3", "99283"),
        ("mri brain w/wo", "70553"),
        ("ct c-spine w/o", "72125"),
        ("ldct lung", "71271"),
        ("nt scan twins", "76814 76813"),
        ("xr tib fib", "73590"),
    ],
    "plain words": [
        ("blood test for sugar kidneys and liver", "80053"),
        ("heart tracing with reading", "93000"),
        ("baby hip sonogram", "76885 76886"),
        ("picture of a broken collarbone", "73000"),
        ("belly and pelvis cat scan no dye", "74176"),
        ("quit smoking counseling", "99406 99407"),
        ("shot in the knee joint", "20610 20611"),
        ("take out a cataract", "66984"),
        ("brain scan with dye", "70460 70552"),
        ("pregnant first trimester scan", "76801"),
        ("stitches for a small cut on the arm", "12001"),
        ("freeze a precancerous spot", "17000"),
        ("blowing test for asthma", "94010"),
        ("flu shot", "90686"),
        ("urine test with a strip", "81002"),
        ("lung cancer screen for a smoker", "71271"),
        ("tailbone x ray", "72220"),
        ("kidney ultrasound", "76770 76775"),
        ("calcium in heart arteries", "75571"),
        ("both knees standing film", "73565"),
    ],
    "typing errors": [
        ("mamogram screening", "77067"),
        ("colonscopy polyp snare", "45385"),
        ("ultrsound breast limited", "76642"),
        ("echocardiagram", "93306"),
        ("nebuliser treatment", "94640"),
        ("venipunture", "36415"),
        ("shoulder xary", "73030 73020"),
        ("contarst chest ct", "71260"),
        ("limted ct", "76380"),
        ("spirometery", "94010"),
        ("elastografy liver", "76981 76391"),
        ("lumber mri", "72148 72149 72158"),
        ("ambulence mileage", "A0425"),
        ("hosptial discharge", "99238 99239"),
        ("ankel xray three views", "73610"),
    ],
    "word order": [
        ("contrast with chest ct", "71260"),
        ("views three knee", "73562"),
        ("workstation 3d rendering", "76377"),
        ("rendering 3d without workstation", "76376"),
        ("needle placement guided by ultrasound", "76942"),
        ("neck arteries mr angiogram without contrast", "70547"),
        ("new patient visit level 3 office", "99203"),
        ("first hour critical care", "99291"),
        ("with and without abdomen mri", "74183"),
        ("one side hip 2 views", "73502"),
        ("sedation moderate first 15 minutes", "99152"),
        ("without contrast knee joint mri", "73721"),
        ("hospital consult level 2", "99252"),
        ("umbilical artery doppler fetal", "76820"),
    ],
}


@dataclass(frozen=True, slots=True)
class Found:
    """What came of the queries: by kind how many, found first, found among five; the misses; the times."""

    kinds: dict[str, tuple[int, int, int]]
    misses: list[tuple[str, str, str]]
    times: Spread

    @property
    def recall(self) -> float:
        """The share of queries with a right code among the first five."""
        return sum(kind[2] for kind in self.kinds.values()) / sum(kind[0] for kind in self.kinds.values())


def measure(quick: bool = False) -> Found:
    """Ask everything; each query several times for its time."""
    catalog = open_catalog()
    known = {str(row[0]) for row in catalog.query("SELECT code FROM procedure")}
    kinds: dict[str, tuple[int, int, int]] = {}
    misses = []
    seconds = []
    for kind, queries in QUERIES.items():
        first = among = 0
        for query, right in queries:
            if not known.intersection(right.split()):
                raise ValueError(f"the catalog has no entry for {right}")
            for _ in range(2 if quick else 5):
                begun = perf_counter()
                hits = search(catalog, query, 5, kind="procedure")
                seconds.append(perf_counter() - begun)
            codes = [hit.code for hit in hits]
            first += bool(codes) and codes[0] in right.split()
            if set(codes).intersection(right.split()):
                among += 1
            else:
                misses.append((query, right, " ".join(codes)))
        kinds[kind] = (len(queries), first, among)
    return Found(kinds, misses, spread(seconds))


def table(found: Found) -> Table:
    """The figures, readable."""
    totals = [sum(kind[index] for kind in found.kinds.values()) for index in range(3)]
    rows: list[Sequence[str]] = [
        [name, str(count), f"{first / count:.0%}", f"{among / count:.0%}"]
        for name, (count, first, among) in [*found.kinds.items(), ("all", tuple(totals))]
    ]
    return Table(
        "Finding a code by words",
        ["queries", "how many", "right code first", "right code among five"],
        rows,
        f"A query took {time(found.times.p50)} (p50), {time(found.times.p95)} (p95). "
        "The queries were written by somebody who had seen the catalog, so expect less from a stranger's.",
    )


if __name__ == "__main__":
    result = measure("--quick" in sys.argv)
    print(table(result).plain())
    for query, right, codes in result.misses:
        print(f"missed: {query!r}: {right}; found {codes or 'nothing'}")
