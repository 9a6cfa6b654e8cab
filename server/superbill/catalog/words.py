"""Words as people type them, brought to one form for the index and for the query alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 5  # words in one synonym, at most
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

#: Words that say nothing of what is looked for.
FILLERS = frozenset(
    ["a", "an", "and", "are", "at", "by", "for", "from", "in", "is", "my", "of", "on", "or", "per", "procedure", "service",
     "the", "this", "to"]
)  # fmt: skip

#: Looks up the synonyms that begin with a word: (words of the synonym, words of its canonical form).
Lookup = Callable[[str], Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]


def words(text: str) -> list[str]:
    """Lower-case words and numbers of `text`, plurals cut to the singular, punctuation dropped."""
    return [_singular(word) for word in _WORD.findall(text.lower().replace("'", ""))]


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word


def content(tokens: Sequence[str]) -> list[str]:
    """`tokens` without the words that say nothing; all of them when nothing else is there."""
    return [token for token in tokens if token not in FILLERS] or list(tokens)


def one_slip(word: str) -> set[str]:
    """Everything that differs from `word` by one slip of the fingers: a letter too few, too many, wrong, or swapped."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    swapped = {start + rest[1] + rest[0] + rest[2:] for start, rest in splits if len(rest) > 1}
    fewer = {start + rest[1:] for start, rest in splits if rest}
    changed = {start + letter + rest[1:] for start, rest in splits if rest for letter in _LETTERS}
    more = {start + letter + rest for start, rest in splits for letter in _LETTERS}
    return swapped | fewer | changed | more


def canonical(tokens: Sequence[str], lookup: Lookup) -> list[str]:
    """Replace every synonym in `tokens` by its canonical form, longest first."""
    result: list[str] = []
    index = 0
    while index < len(tokens):
        best: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        for term, target in lookup(tokens[index]):
            here = len(term) <= _LONGEST and tuple(tokens[index : index + len(term)]) == term
            if here and (best is None or len(term) > len(best[0])):
                best = (term, target)
        if best is None:
            result.append(tokens[index])
            index += 1
        else:
            result.extend(best[1])
            index += len(best[0])
    return result


def synonym_rows(groups: Iterable[Sequence[str]], phrases: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Rows (first word, term, canonical) for the store. Terms and canonical forms are words joined by blanks.

    Every term of a group, its first included, becomes one token: the first term's words joined by `_`. A phrase
    becomes the canonical form of what it stands for.
    """
    rows: dict[str, str] = {}
    for group in groups:
        token = "_".join(words(group[0]))
        for term in group:
            rows.setdefault(" ".join(words(term)), token)
    rows.pop("", None)
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for term, token in rows.items():
        parts = tuple(term.split())
        table.setdefault(parts[0], []).append((parts, (token,)))
    for term, meaning in phrases:
        rows[" ".join(words(term))] = " ".join(canonical(words(meaning), lambda word: table.get(word, ())))
    return sorted((term.split()[0], term, target) for term, target in rows.items() if term and target)
