"""Read briefs of codes out of a document, text or Markdown, however its headings, lists and tables are written.

A brief begins where its code is named: a title such as `CPT 12345: ...`, a heading with one code in it, front matter, or a
first sentence `CPT code 12345 describes ...`. What follows belongs to it until another code is named so. Sections come in
any order and at any level. What the document calls unavailable becomes something unknown, never a text; a row of a table
in which the document breaks off is left out. Reading never fails: what was not understood is said, by line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from superbill.catalog.model import Brief, ModifierUse, Relation
from superbill.catalog.own import gaps
from superbill.catalog.own.headings import kind_of
from superbill.catalog.own.model import OwnBrief, Reading, Remark
from superbill.catalog.own.tables import Row, Table, broken, is_separator, table_at
from superbill.catalog.shapes import CODE

_CODE = CODE.pattern
_CODES = re.compile(rf"(?<![0-9A-Za-z.$-]){_CODE}(?![0-9A-Za-z])")
_NAMED = rf"(?:(?:CPT|HCPCS)\s*(?:[®™]|\((?:R|TM)\))?\s*/?\s*)*(?:level\s+ii\s+)?(?:procedure\s+|billing\s+)?(?:code\s*)?(?:[#:]\s*)?(?P<code>{_CODE})"
_TITLE = re.compile(rf"^{_NAMED}\s*(?:[:|·•]|\s[-–—]|[–—])\s*(?P<title>\S.*)?$", re.I)
_BARE_TITLE = re.compile(rf"^{_NAMED}\s*$", re.I)
_FIRST_SENTENCE = re.compile(
    rf"^{_NAMED}\s*(?:[®™]\s*)?(?:\([^)]{{0,80}}\)\s*)?,?\s*(?:describes|represents|is|covers|refers|identifies|reports|denotes|stands|captures|applies|codes|"
    r"includes|means|designates|pertains|encompasses)\b",
    re.I,
)
_ATX = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(?:[-*•]\s+)?(\*\*|__)(?P<text>[^*_]+?)\s*:?\s*\1\s*:?\s*$")
_UNDERLINE = re.compile(r"^\s{0,3}(?:={3,}|-{3,})\s*$")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_CAPITALS = re.compile(r"^[A-Z][A-Z0-9 &/,()'’-]{5,58}:?$")
_BULLET = re.compile(r"^\s*(?:[-*+•●▪◦‣–—o]|\(?\d{1,2}[.)]|☐|\[[ x]?\])\s+(?=\S)")
_LONE_BULLET = re.compile(r"^\s*[-*+•●▪◦‣–]\s*$")
_FIELD = re.compile(r"^(?P<label>[A-Za-z][A-Za-z0-9 &/()'-]{2,48}?)\s*(?::|\s[–—-]\s)\s*(?P<value>\S.*)$")
_MODIFIER = re.compile(r"^[0-9A-Z]{2}$")
_FAMILY = re.compile(r"X\{([A-Z, ]+)\}")
_USE = re.compile(
    r"^(?:modifiers?\s+)?-?(?P<codes>[0-9A-Z]{2}(?:\s*(?:/|,|&|and|or)\s*-?[0-9A-Z]{2})*)\s*(?:\((?P<means>[^)]{3,120})\))?\s*(?::|[–—]|\s-\s)\s*(?P<text>.+)$"
)
_LISTED = re.compile(r"(?:modifier\s+)?-?(?P<code>[0-9A-Z]{2})\s*(?:\((?P<means>[^)]{3,120})\))?")
_PLAIN = ("summary", "overview", "context", "extra")
_SHOWN = {
    "summary": "summary", "overview": "overview", "service": "kind of service", "sites": "typical sites", "context": "clinical context",
    "modifiers": "modifiers", "never": "modifiers that do not go", "documentation": "documentation", "related": "related codes",
    "conflicts": "codes not together", "payers": "payers", "diagnoses": "diagnoses", "taxonomies": "taxonomies", "unknown": "what is not known",
    "sources": "sources",
}  # fmt: skip
_LONG_TITLE = 160


@dataclass(slots=True)
class _Section:
    """One section while it is read: lines of text with their numbers, and tables."""

    kind: str
    heading: str
    line: int
    texts: list[tuple[int, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    alone: bool = False  # said in one line; what follows belongs to the section around it

    @property
    def empty(self) -> bool:
        return not self.texts and not self.tables


@dataclass(slots=True)
class _Draft:
    """One brief while it is read."""

    line: int
    code: str = ""
    title: str = ""
    titled: int = 0
    sections: list[_Section] = field(default_factory=list)

    @property
    def last(self) -> Table | None:
        """The table that ends the brief, if one does."""
        tables = [table for section in self.sections for table in section.tables]
        if not tables:
            return None
        table = max(tables, key=lambda one: one.line)
        lines = [section.line for section in self.sections] + [
            line for section in self.sections for line, _ in section.texts
        ]
        return None if any(line > table.line + 1 for line in lines) else table


def read_briefs(text: str, source: str = "") -> Reading:
    """The briefs in a document. `source` is its file name; a code in it counts where the text names none."""
    reading = Reading()
    drafts = _Reader(text).drafts()
    named = _CODES.findall(re.sub(r"[_.]", "-", source).upper().replace("-", " "))
    if len(drafts) == 1 and not drafts[0].code and len(set(named)) == 1 and _telling(drafts[0]):
        drafts[0].code = named[0]
        reading.remarks.append(
            Remark(drafts[0].line, f"no code is named in the text; {named[0]} is taken from the file's name")
        )
    by_code: dict[str, int] = {}
    for draft in drafts:
        if not draft.code:
            if any(not section.empty for section in draft.sections):
                reading.remarks.append(Remark(draft.line, "no code is named here; left out", False))
            continue
        if not _telling(draft):
            reading.remarks.append(
                Remark(draft.line, f"{draft.code}: no section that tells of the code; left out", False)
            )
            continue
        if draft.code in by_code:
            reading.remarks.append(
                Remark(draft.line, f"{draft.code} once more, first at line {by_code[draft.code]}; left out", False)
            )
            continue
        by_code[draft.code] = draft.line
        reading.briefs.append(_Maker(draft, reading.remarks, source).brief())
    if not drafts:
        reading.remarks.append(Remark(1, "the document is empty", False))
    reading.remarks.sort(key=lambda remark: remark.line)
    return reading


def _telling(draft: _Draft) -> bool:
    return any(section.kind not in ("group", "sources", "unknown") and not section.empty for section in draft.sections)


class _Reader:
    """Cuts a document into drafts: by line, without judging what the sections say."""

    def __init__(self, text: str) -> None:
        self.lines = [_clean(line) for line in re.split(r"\r\n|\r|\n|\f", text.removeprefix("\ufeff"))]
        self._drafts: list[_Draft] = []

    def drafts(self) -> list[_Draft]:
        place = self._front_matter()
        while place < len(self.lines):
            place = self._step(place)
        return [draft for draft in self._drafts if draft.code or draft.sections]

    # -- one line --------------------------------------------------------------------------------------------------

    def _step(self, place: int) -> int:
        line = self.lines[place]
        if not line.strip() or line.lstrip().startswith(("```", "<!--")):
            return place + 1
        table = table_at(self.lines, place, self._section.kind)
        if table is not None:
            self._take_table(table)
            return table.end
        heading, explicit, after = self._heading(place)
        if heading:
            if self._take_title(place, heading, explicit):
                return after
            plainly = explicit or not (heading.endswith((".", ",", ";")) or gaps.is_empty(heading) or _label(heading))
            kind = kind_of(heading) if plainly else ""
            if kind or explicit:
                self._open(_Section(kind or "extra", heading.rstrip(":").strip(), place + 1))
                return after
        if _RULE.match(line) or is_separator(line):
            return place + 1
        bullet = _BULLET.match(line)
        if bullet is None and _LONE_BULLET.match(line):
            following = next((at for at in range(place + 1, len(self.lines)) if self.lines[at].strip()), place)
            if following > place and not _LONE_BULLET.match(self.lines[following]):
                return self._take_text(following, f"- {self.lines[following].strip()}", place)
            return place + 1
        return self._take_text(place, line.rstrip(), place)

    def _heading(self, place: int) -> tuple[str, bool, int]:
        """The text of the heading on a line, whether it is marked as one, and the line behind it; "" when it is none."""
        line = self.lines[place]
        found = _ATX.match(line)
        if found:
            return _bare(found.group(2)), True, place + 1
        bold = _BOLD.match(line)
        if bold:
            return _bare(bold.group("text")), True, place + 1
        following = self.lines[place + 1] if place + 1 < len(self.lines) else ""
        plain = _bare(line)
        if (
            _UNDERLINE.match(following)
            and len(plain) <= _LONG_TITLE
            and not _BULLET.match(line)
            and not plain.endswith(".")
        ):
            return plain, True, place + 2
        if len(plain) > _LONG_TITLE:
            return "", False, place
        above = self.lines[place - 1] if place else ""
        if _CAPITALS.match(plain) and not above.strip() and following.strip() and not _CODES.search(plain):
            return plain, True, place + 1
        return plain, False, place + 1

    def _take_title(self, place: int, heading: str, explicit: bool) -> bool:
        """Whether a line names the code that follows, and then begin its brief."""
        found = _TITLE.match(heading)
        codes = set(_CODES.findall(heading.upper()))
        if found and not (
            explicit
            or re.match(r"(?i)\s*(?:cpt|hcpcs|code|procedure|billing)", heading)
            or self._section.kind in ("", "summary", "group")
        ):
            found = None
        if found and len(codes) == 1:
            code, title = found.group("code").upper(), (found.group("title") or "").strip()
        elif (
            len(codes) == 1
            and (bare := _BARE_TITLE.match(heading))
            and (explicit or heading.upper() != bare.group("code").upper())
        ):
            code, title = bare.group("code").upper(), ""
        elif explicit and len(codes) == 1 and kind_of(heading) not in ("related", "conflicts"):
            code = codes.pop()
            title = re.sub(rf"(?i)[(\[]?\s*(?:(?:cpt|hcpcs)\s*[®™]?\s*)?(?:code\s*)?{code}\s*[)\]]?", " ", heading)
            title = " ".join(title.split()).strip(" :|·-–—,")
        else:
            return False
        kind = kind_of(title) if title else ""
        self._begin(place, code)
        if kind:
            self._open(_Section(kind, title, place + 1))
        elif not self._draft.title:
            self._draft.title, self._draft.titled = title, place + 1
        return True

    def _take_text(self, place: int, text: str, begun: int) -> int:
        bullet = _BULLET.match(text)
        bare = _bare(text)
        first = _FIRST_SENTENCE.match(bare)
        if first and self._section.kind in ("", "summary", "overview", "group") and self._section.empty:
            self._begin(begun, first.group("code").upper())
        label = _label(bare)
        if label:
            kind = kind_of(label.group("label"))
            around = self._section
            self._open(_Section(kind, label.group("label"), place + 1, [(place + 1, label.group("value"))]))
            if bullet or kind in ("service", "sites"):
                self._section.alone = True
                self._resume(around)
            return place + 1
        section = self._section
        sections = self._draft.sections
        wrapped = bare[:1].islower() and not bullet
        if wrapped and len(sections) > 1 and sections[-2].alone and section.empty and section.kind != "":
            sections[-2].texts.append((place + 1, bare))
            return place + 1
        if not section.kind and not sections:
            self._open(_Section("summary", "", place + 1))
        self._section.texts.append((place + 1, f"- {bare}" if bullet else bare))
        return place + 1

    def _take_table(self, table: Table) -> None:
        kind = {"modifier": "modifiers", "code": "related", "payer": "payers"}.get(table.kind, "")
        here = self._section.kind
        fits = here == kind or (here == "never" and kind == "modifiers") or (here == "conflicts" and kind == "related")
        if not fits and (kind or not here):
            around = self._section
            self._open(_Section(kind or "extra", kind or "table", table.line + 1))
            self._section.tables.append(table)
            self._section.alone = True
            self._resume(around)
        else:
            self._section.tables.append(table)

    # -- drafts and sections -----------------------------------------------------------------------------------------

    @property
    def _draft(self) -> _Draft:
        if not self._drafts:
            self._drafts.append(_Draft(1))
        return self._drafts[-1]

    @property
    def _section(self) -> _Section:
        sections = self._draft.sections
        return sections[-1] if sections else _Section("", "", 0)

    def _open(self, section: _Section) -> None:
        self._draft.sections.append(section)

    def _resume(self, around: _Section) -> None:
        """Go on with the section that stood around a field or table. Its text so far stays where it is."""
        if around.kind and around.kind != "group":
            self._draft.sections.append(_Section(around.kind, around.heading, around.line))
        else:
            self._draft.sections.append(_Section("summary", "", around.line or 1))

    def _begin(self, place: int, code: str) -> None:
        """Begin the brief of a code, unless it is the one that is being read. A heading just above comes along."""
        draft = self._draft
        if draft.code == code:
            return
        if not draft.code:
            draft.code = code
            draft.line = min(draft.line, place + 1) if draft.sections else place + 1
            return
        moved: list[_Section] = []
        while (
            draft.sections
            and draft.sections[-1].empty
            and draft.sections[-1].heading
            and draft.sections[-1].line > draft.line
        ):
            if any(
                one.heading == draft.sections[-1].heading and not one.empty and one.line == draft.sections[-1].line
                for one in draft.sections
            ):
                draft.sections.pop()  # only the rest of a section that was gone on with
                continue
            moved.insert(0, draft.sections.pop())
        self._drafts.append(_Draft(moved[0].line if moved else place + 1, code, sections=moved))

    def _front_matter(self) -> int:
        """Read `---` ... `---` at the top; the line behind it."""
        if not self.lines or self.lines[0].strip() != "---":
            return 0
        end = next((at for at in range(1, min(len(self.lines), 60)) if self.lines[at].strip() in ("---", "...")), 0)
        for at in range(1, end):
            found = re.match(r"\s*(?P<key>[\w -]+?)\s*:\s*[\"']?(?P<value>.*?)[\"']?\s*$", self.lines[at])
            if not found:
                continue
            key, value = found.group("key").lower().replace("-", "_"), found.group("value")
            if key in ("code", "cpt", "hcpcs", "cpt_code", "hcpcs_code", "procedure_code") and re.fullmatch(
                _CODE, value.upper()
            ):
                self._begin(at, value.upper())
            elif key == "title" and value:
                self._draft.title = value
        return end + 1 if end else 0


class _Maker:
    """Makes a brief of a draft, and says what it made of it."""

    def __init__(self, draft: _Draft, remarks: list[Remark], source: str) -> None:
        self._draft = draft
        self._remarks = remarks
        self._source = source
        self._unknown: list[str] = []
        self._cut = self._find_cut()

    def brief(self) -> OwnBrief:
        draft = self._draft
        self._say(draft.titled or draft.line, "title" if draft.title else "begins here, without a title")
        for section in draft.sections:
            self._tell(section)
        summary, overview = self._prose("summary"), self._prose("overview")
        uses = self._uses("modifiers")
        brief = Brief(
            summary=summary or overview,
            context=self._prose("context"),
            modifiers=uses,
            never=self._uses("never"),
            documentation=tuple(self._items("documentation")),
            related=self._relations("related"),
            conflicts=self._relations("conflicts"),
            payers=self._payers(),
            sources=tuple(self._items("sources")),
        )
        service, sites = self._field("service"), self._field("sites")
        extra = self._extra()
        self._unknown += self._items("unknown")
        return OwnBrief(
            code=draft.code,
            title=draft.title,
            overview=overview if summary else "",
            service=service,
            sites=sites,
            extra=extra,
            source=self._source,
            line=draft.line,
            brief=replace(brief, unknown=tuple(dict.fromkeys(self._unknown))),
        )

    def _say(self, line: int, text: str, understood: bool = True) -> None:
        self._remarks.append(Remark(line, f"{self._draft.code}: {text}", understood))

    def _tell(self, section: _Section) -> None:
        if section.kind == "group" or (section.empty and self._again(section)):
            return
        if section.kind == "extra":
            shown = section.heading if len(section.heading) <= 60 else section.heading[:57] + "..."
            what = "a table of no known kind" if section.heading == "table" else f"the heading {shown!r} is not known"
            self._say(section.line, f"{what}; kept as text", False)
        elif section.empty:
            self._say(section.line, f"{_SHOWN[section.kind]}: nothing stands below the heading", False)
        elif not self._again(section):
            self._say(section.line, _SHOWN[section.kind])

    def _again(self, section: _Section) -> bool:
        """Whether a section is only the rest of one that a field or table stood in."""
        for one in self._draft.sections:
            if one is section:
                return False
            if one.line == section.line and one.kind == section.kind and one.heading == section.heading:
                return True
        return not section.heading and section.empty

    def _find_cut(self) -> Row | None:
        table = self._draft.last
        if table is None:
            return None
        row = broken(table)
        if row is not None:
            self._say(row.line + 1, "the text breaks off in this row; the row is left out", False)
        elif not table.rows:
            self._say(table.line + 1, "the text breaks off behind the heading of this table; it has no rows", False)
        if row is not None or not table.rows:
            what = {"modifier": "modifiers", "code": "codes", "payer": "payers"}.get(table.kind, "rows of a table")
            self._unknown.append(
                f"further {what}: the document breaks off at line {(row.line if row else table.line) + 1}"
            )
        return row

    # -- kinds of sections ---------------------------------------------------------------------------------------------

    def _sections(self, kind: str) -> list[_Section]:
        return [section for section in self._draft.sections if section.kind == kind]

    def _prose(self, kind: str) -> str:
        texts = [text for section in self._sections(kind) for text in self._texts(section)]
        return self._known(_paragraphs(texts), kind)

    def _texts(self, section: _Section) -> list[str]:
        return [text for _, text in section.texts]

    def _known(self, text: str, kind: str) -> str:
        """A text without what it calls unavailable, which becomes unknown."""
        kept, named, found = gaps.take_out(text, narrative=kind == "context")
        self._unknown += named
        if (found and not kept and not named) or (text and gaps.is_empty(text)):
            self._unknown.append(_SHOWN.get(kind, kind))
            return ""
        return kept

    def _field(self, kind: str) -> str:
        texts = [text for section in self._sections(kind) for text in self._texts(section)]
        lines = [line.removeprefix("- ").rstrip(",;") for line in _paragraphs(texts).split("\n")]
        return self._known((", " if kind == "sites" else " ").join(lines), kind)

    def _items(self, kind: str) -> list[str]:
        """Bullets and paragraphs, one item each."""
        found = []
        for section in self._sections(kind):
            for text in _paragraphs(self._texts(section)).split("\n"):
                bare = text.removeprefix("- ").strip()
                if kind == "unknown":
                    kept, named, _ = gaps.take_out(bare)
                    found += [*named, *([kept] if kept else [])]
                elif kept := self._known(bare, kind):
                    found.append(kept)
            found += [" · ".join(cell for cell in row.cells if cell) for table in section.tables for row in table.rows]
        return found

    def _uses(self, kind: str) -> tuple[ModifierUse, ...]:
        found: dict[str, ModifierUse] = {}
        for section in self._sections(kind):
            for table in section.tables:
                for row in table.rows:
                    if row is not self._cut:
                        self._use_of_row(table, row, found)
            for line, text in section.texts:
                self._use_of_text(line, text, found, kind)
        return tuple(found.values())

    def _use_of_row(self, table: Table, row: Row, found: dict[str, ModifierUse]) -> None:
        codes = _modifiers(table.cell(row, "modifier") or row.cells[0])
        if not codes:
            self._say(row.line + 1, "no modifier in the first cell of this row; left out", False)
            return
        means, when = (_bare(table.cell(row, role)) for role in ("means", "when"))
        if len(row.cells) < len(table.roles):
            self._say(
                row.line + 1,
                f"{len(row.cells)} cells, {len(table.roles)} in the heading; what is missing is not known",
                False,
            )
        self._add(found, codes, means, when, row.line + 1, "when" in table.roles)

    def _use_of_text(self, line: int, text: str, found: dict[str, ModifierUse], kind: str) -> None:
        bare = text.removeprefix("- ").strip()
        listed = [_LISTED.fullmatch(part.strip()) for part in re.split(r"[,;](?![^(]*\))", bare.rstrip("."))]
        if len(listed) > 1 and all(listed):
            for one in listed:
                assert one is not None
                self._add(found, [one.group("code")], one.group("means") or "", "", line, True)
            return
        use = _USE.match(bare)
        codes = _modifiers(use.group("codes")) if use else _modifiers(bare.rstrip("."))
        if use and codes:
            means, rest = use.group("means") or "", use.group("text").strip()
            if not means and kind == "modifiers":
                head, dot, tail = rest.partition(". ")
                dash = re.match(r"([^.]{3,60}?)(?:\s+[–—-]|:)\s+(.+)", rest)
                means, rest = (
                    (dash.group(1), dash.group(2)) if dash else (head, tail) if dot and len(head) <= 60 else ("", rest)
                )
            self._add(found, codes, means, rest, line, True)
        elif codes:
            self._add(found, codes, "", "", line, True)
        elif kept := self._known(bare, kind):
            self._say(
                line,
                f"a text about modifiers that names none in front; kept as text ({len(kept.split())} words)",
                False,
            )
            self._loose.append(("Modifiers", kept))

    @property
    def _loose(self) -> list[tuple[str, str]]:
        """Texts that stand in a section made of entries and are none."""
        if not hasattr(self, "_loose_texts"):
            self._loose_texts: list[tuple[str, str]] = []
        return self._loose_texts

    def _add(
        self, found: dict[str, ModifierUse], codes: Sequence[str], means: str, when: str, line: int, wanted: bool
    ) -> None:
        """Take a use of some modifiers; where one was named before, it fills what was missing there. `wanted` says that a
        document of this kind tells when to use it."""
        means = "" if gaps.is_empty(means) else means
        when = "" if gaps.is_empty(when) else when
        for code in codes:
            old = found.get(code)
            if old is not None and when and old.when not in ("", when):
                self._say(line, f"modifier {code} stands twice; the first one counts", False)
            found[code] = ModifierUse(code, (old.means if old else "") or means, (old.when if old else "") or when)
            gap = f"when to use modifier {code}"
            if found[code].when:
                self._unknown = [one for one in self._unknown if one != gap]
            elif wanted:
                self._unknown.append(gap)

    def _relations(self, kind: str) -> tuple[Relation, ...]:
        found = []
        for section in self._sections(kind):
            for table in section.tables:
                for row in table.rows:
                    codes = tuple(_CODES.findall(table.cell(row, "code") or row.cells[0]))
                    if row is self._cut:
                        continue
                    if not codes:
                        self._say(row.line + 1, "no code in the first cell of this row; left out", False)
                        continue
                    texts = [
                        cell
                        for role, cell in zip(table.roles, row.cells, strict=False)
                        if role != "code" and not gaps.is_empty(cell)
                    ]
                    found.append(Relation(codes, ". ".join(_bare(text) for text in texts)))
            for text in _paragraphs(self._texts(section)).split("\n"):
                bare = self._known(text.removeprefix("- ").strip(), kind)
                codes = tuple(dict.fromkeys(_CODES.findall(bare)))
                if bare:
                    head = re.match(
                        rf"(?:(?:CPT|HCPCS)\s*[®™]?\s*)?(?:{_CODE}(?:\s*(?:,|/|-|–|and|or|to)\s*)?)+\s*(?::|[–—]|\s-)?\s*",
                        bare,
                    )
                    found.append(Relation(codes, bare[head.end() :] if head and codes else bare))
        return tuple(found)

    def _payers(self) -> tuple[tuple[str, str], ...]:
        found = []
        for section in self._sections("payers"):
            for table in section.tables:
                for row in table.rows:
                    if row is self._cut or not row.cells[0]:
                        continue
                    note = ". ".join(_bare(cell) for cell in row.cells[1:] if not gaps.is_empty(cell))
                    found.append((_bare(row.cells[0]), note))
                    if not note:
                        self._unknown.append(f"what {_bare(row.cells[0])} wants")
            for text in _paragraphs(self._texts(section)).split("\n"):
                bare = text.removeprefix("- ").strip()
                label = re.match(r"(?P<payer>[A-Z][\w&/() .'-]{1,48}?)\s*(?::|\s[–—-]\s)\s*(?P<note>.+)$", bare)
                if label and gaps.is_empty(label.group("note")):
                    self._unknown.append(f"what {label.group('payer')} wants")
                elif kept := self._known(label.group("note") if label else bare, "payers"):
                    found.append((label.group("payer") if label else "", kept))
        return tuple(found)

    def _extra(self) -> tuple[tuple[str, str], ...]:
        found: dict[str, list[str]] = {}
        for section in self._draft.sections:
            if section.kind not in ("extra", "diagnoses", "taxonomies", "group") and not (
                section.kind in _PLAIN and section.tables
            ):
                continue
            heading = section.heading or _SHOWN.get(section.kind, "")
            text = "" if section.kind in ("summary", "overview", "context") else _paragraphs(self._texts(section))
            kept = self._known(text, section.kind if section.kind in _SHOWN else heading) if text else ""
            rows = [
                " · ".join(cell for cell in row.cells if cell)
                for table in section.tables
                for row in table.rows
                if row is not self._cut
            ]
            if kept or rows:
                found.setdefault(heading, []).extend([*([kept] if kept else []), *(f"- {row}" for row in rows)])
        for heading, text in self._loose:
            found.setdefault(heading, []).append(text)
        return tuple((heading, "\n".join(texts)) for heading, texts in found.items())


def _label(text: str) -> re.Match[str] | None:
    """A field: a label that opens a section, and its value on the same line; None when a line is none."""
    found = _FIELD.match(text)
    kind = kind_of(found.group("label")) if found else ""
    if found and kind and kind != "group" and (kind in ("service", "sites") or ":" in text[: found.start("value")]):
        return found
    return None


def _clean(line: str) -> str:
    text = html.unescape(line) if "&" in line else line
    text = re.sub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", text).replace("\u00a0", " ")
    return re.sub(r"<br\s*/?>", " ", text, flags=re.I)


def _bare(text: str) -> str:
    """A text without Markdown's marks: bullet, emphasis, links."""
    text = _BULLET.sub("", text.strip())
    text = re.sub(r"!?\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|`+)(.+?)\1", r"\2", text)
    return re.sub(r"(?<![\w*])[*_]([^*_]+)[*_](?![\w*])", r"\1", text).strip()


def _modifiers(text: str) -> list[str]:
    """The modifiers that a cell names: `26`, `-26`, `LT/RT`, `X{EPSU}`; none when anything else stands there."""
    bare = _bare(text).strip("`*_ ")
    family = _FAMILY.fullmatch(bare)
    if family:
        return [f"X{letter}" for letter in re.findall("[A-Z]", family.group(1))]
    parts = [
        part.strip("` -*")
        for part in re.split(r"\s*(?:/|,|&|\band\b|\bor\b|;)\s*", re.sub(r"(?i)^modifiers?\s+", "", bare))
    ]
    return parts if parts and all(_MODIFIER.match(part) for part in parts) else []


def _paragraphs(texts: Sequence[str]) -> str:
    """Lines put together into paragraphs: a line that was wrapped goes on the one before."""
    found: list[str] = []
    for text in texts:
        ended = not found or found[-1].rstrip().endswith((".", "!", "?", ":")) or text.startswith("- ")
        if ended or not (text[:1].islower() or (not found[-1].startswith("- ") and len(found[-1]) > 60)):
            found.append(text.strip())
        else:
            found[-1] = f"{found[-1]} {text.strip()}"
    return "\n".join(found)
