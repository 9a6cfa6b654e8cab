"""What can be wrong with the diagnoses that a claim or charge lists, whatever file they stand in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence


def repeated(listed: Iterable[Hashable | None]) -> Iterator[int]:
    """The numbers of those that were listed before. None is passed over."""
    seen: set[Hashable] = set()
    for number, one in enumerate(listed):
        if one is None:
            continue
        if one in seen:
            yield number
        seen.add(one)


def of_ended_set(mark: str, wanted: str, codes: Sequence[str]) -> tuple[str, str, str, str]:
    """What is to be said of ICD-9 diagnoses on a claim of the time of ICD-10: the mark that the first carries, the one
    that is wanted, "shaped" where all codes have the shape of ICD-10, and how many there are."""
    shaped = "shaped" if all(code[:1].isalpha() for code in codes) else ""
    return mark, wanted, shaped, str(len(codes))
