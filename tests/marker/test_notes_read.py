"""How a note is read: its charge lines, its sections, what its sentences deny, and mends that reach into its text."""

from __future__ import annotations

import pytest
from tests.harness import analyse, check, findings

from superbill.charges.statements import identifier_spans, read_statements
from superbill.engine.mending import edits_for
from superbill.rules.book import all_rules


def stated(text: str, concept: str) -> str:
    """ "yes", "no" (denied) or "" (not spoken of)."""
    found = {s.negated for s in read_statements(text, "") if s.concept == concept}
    return "yes" if False in found else "no" if found else ""


def said(text: str, rule: str) -> list[str]:
    return [one.finding.message for one in findings(text, "txt") if one.finding.rule == rule]


# -- charge lines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "charges"),
    [
        ("CPT 73110-26-LT", ["73110-26-LT"]),
        ("CPT codes 73110-26-LT x2, 29125", ["73110-26-LT", "29125"]),
        ("CT SINUSES\nCPT 76380-26", ["76380-26"]),
        ("Procedure note: CPT 99213-25, 20610-LT", ["99213-25", "20610-LT"]),
        ("E/M: 99213-25", ["99213-25"]),
        ("Level of service: 99214-25", ["99214-25"]),
        ("LOS: 99214", ["99214"]),
        ("CPT/Modifier: 76377-26", ["76377-26"]),
        ("Anesthesia record. CPT: 00811-QK-P3, 93503", ["00811-QK-P3", "93503"]),
        ("Inpatient consult. CPT 99222-GC", ["99222-GC"]),
        ("Charges\n- 70486-26\n- 76377-26", ["70486-26", "76377-26"]),
        # Modifiers that stand apart.
        ("CPT: 76377 26", ["76377-26"]),
        ("CPT: 76377 -26, 72192-26", ["76377-26", "72192-26"]),
        ("Codes: 99213 25, 20610 RT", ["99213-25", "20610-RT"]),
        ("CPT: 20610 RT KNEE", ["20610-RT"]),
        ("CPT: 99213, modifier 25", ["99213-25"]),
        ("CPT: 99213 mod 25", ["99213-25"]),
        ("CPT: 76377 26 x2", ["76377-26"]),
        # Words and figures that are none.
        ("CPT: 44140 AS DICTATED", ["44140"]),
        ("CPT: 00840 GA, ASA 2", ["00840"]),
        ("Visit: 20610", []),
        ("Service: 90210", []),
        ("CPT: 99213 25 yo patient", ["99213"]),
        ("CPT: 99214 25 minutes", ["99214"]),
        ("CPT: 96374 50 mg", ["96374"]),
        # Spoken about, and not billed.
        ("See CPT 76377-26 for views made on a workstation.", []),
        ("CPT code 76377-26 is for views made on a workstation.", []),
        ("A limited scan is CPT 76380-26.", []),
    ],
)  # fmt: skip
def test_charge_lines(text: str, charges: list[str]) -> None:
    one = analyse(text + "\n", "txt")
    assert one.dialect is not None
    found = [
        "-".join([mention.line.code, *mention.line.modifiers])
        for record in one.records
        for mention in one.dialect.content(record).mentions
        if mention.billed
    ]
    assert found == charges


def test_a_modifier_that_stands_apart_is_taken_off_with_its_blank() -> None:
    one = analyse("CPT: 76380 52\n\nLimited CT of the orbits was performed for a foreign body.\n", "txt")
    (located,) = [found for found in one.findings() if found.finding.rule == "N1314"]
    (edit,) = edits_for(one, located, located.finding.fixes[0]) or []
    assert (edit.start.column, edit.end.column, edit.text) == (10, 13, "")


# -- sections ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "findings_and_impression",
    [
        "Findings\nNo hemorrhage.\n\nImpression\nNormal.\n",
        "**Findings**\nNo hemorrhage.\n",
        "IMP: Negative.\n",
        "FINAL INTERPRETATION: Negative.\n",
        "Findings: Negative. Impression: Negative.\n",
    ],
)
def test_sections_under_other_headings(findings_and_impression: str) -> None:
    head = "EXAM: CT head\nCPT: 70450-26\nHX: Headache.\nTECH: Axial images.\n"
    assert said(head, "N1320")
    assert not said(head + findings_and_impression, "N1320")


def test_labels_within_a_paragraph_open_their_sections() -> None:
    text = "HPI: Cough. A/P: Bronchitis. P: Rest."
    assert {(s.section, s.concept) for s in read_statements(text, "") if s.concept == "text"} == {
        ("history", "text"),
        ("assessment", "text"),
        ("plan", "text"),
    }


def test_soap_letters_are_sections() -> None:
    text = "CPT: 99213-25, 20610-RT\n\nS: Knee pain.\nO: Effusion.\n\nThe right knee was prepped and injected.\n"
    assert not said(text, "N1330")
    assert said(text.replace("S: Knee pain.\nO: Effusion.\n", ""), "N1330")


# -- what is denied ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "concept", "answer"),
    [
        # Two denials are none.
        ("No rendering was made without concurrent supervision of the radiologist.", "concurrent-supervision", "yes"),
        ("Rendering was never done without concurrent supervision.", "concurrent-supervision", "yes"),
        ("The images were not made without an independent workstation.", "independent-workstation", "yes"),
        ("No contrast was given and images were made without an independent workstation.", "independent-workstation", "no"),
        # What is open is not denied.
        ("Hematoma could not be ruled out.", "complication-named", "yes"),
        ("A hematoma cannot be excluded.", "complication-named", "yes"),
        ("Cannot rule out leak.", "complication-named", "yes"),
        ("Unable to exclude a leak.", "complication-named", "yes"),
        # What was ruled out is.
        ("Leak was ruled out.", "complication-named", "no"),
        ("Infection has been excluded.", "complication-named", "no"),
        ("No evidence of hematoma.", "complication-named", "no"),
        ("Negative for infection.", "complication-named", "no"),
        ("Free of infection.", "complication-named", "no"),
        # A list is denied to its end.
        ("The patient denies fever, chills, infection, or bleeding.", "complication-named", "no"),
        ("The patient denies infection or bleeding.", "complication-named", "no"),
        ("No 3D, MIP, or volume rendered images were made.", "render-3d", "no"),
        ("Neither MIP nor volume rendering was used.", "render-3d", "no"),
        ("No IV contrast, 3D images were made.", "render-3d", "yes"),
        ("No contrast; 3D images were made.", "render-3d", "yes"),
        ("3D images were made, with no complications.", "render-3d", "yes"),
        # Behind the thing itself, or in the next clause.
        ("3D reconstructions: not performed", "render-3d", "no"),
        ("3D reconstructions were deferred.", "render-3d", "no"),
        ("3D reconstructions were refused.", "render-3d", "no"),
        ("CTA was considered but not performed.", "angiography", "no"),
        ("Although an independent workstation was available, it was not used.", "independent-workstation", "no"),
        ("The independent workstation was down.", "independent-workstation", "no"),
        ("The independent workstation was unavailable.", "independent-workstation", "no"),
        ("Concurrent supervision by radiologist: N", "concurrent-supervision", "no"),
        ("Concurrent supervision by radiologist: Y", "concurrent-supervision", "yes"),
        ("Concurrent supervision could not be provided.", "concurrent-supervision", "no"),
    ],
)  # fmt: skip
def test_what_a_sentence_denies(text: str, concept: str, answer: str) -> None:
    assert stated(text, concept) == answer


def test_the_return_to_the_clinic_is_no_second_encounter() -> None:
    assert stated("Return to clinic in 2 weeks.", "distinct-encounter") == ""
    assert stated("She returned to work.", "distinct-encounter") == ""
    assert stated("She returned at night for a second scan.", "distinct-encounter") == "yes"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Injections L knee.", {"left"}),
        ("MRI RT KNEE", {"right"}),
        ("2 L of fluid.", set()),
        ("L4-5 foraminal stenosis.", set()),
        ("10 l hip flask", set()),
        ("R hand dominant.", set()),
        ("L lower lobe is clear.", set()),
        ("L lower leg wound.", {"left"}),
    ],
)
def test_sides_by_letter(text: str, side: set[str]) -> None:
    assert {s.value for s in read_statements(text, "") if s.concept == "side"} == side


# -- rules ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "text", "mend"),
    [
        ("11730-T5", "The left great toe was prepped, the nail avulsed.", "Replace T5 with TA"),
        ("11730-TA", "The right great toe was prepped, the nail avulsed.", "Replace TA with T5"),
        ("67800-E4", "The left lower lid was prepped and incised.", "Replace E4 with E2"),
        ("26055-F2", "The right long finger was prepped and incised.", "Replace F2 with F7"),
        ("11730-T5", "The right great toe was prepped, the nail avulsed.", ""),
        ("11730-T5, 11730-TA", "The left great toe was prepped, the nail avulsed.", ""),
        ("20610-LT", "L knee prepped and injected. Right hip is better.", ""),
        ("20610-LT", "R knee prepped and injected.", "Replace LT with RT"),
    ],
)
def test_sides_of_digits_and_lids(codes: str, text: str, mend: str) -> None:
    note = f"CPT: {codes}\n\nPROCEDURE: {text} She tolerated it well.\n"
    fixes = [fix.title for one in findings(note, "txt") if one.finding.rule == "N1323" for fix in one.finding.fixes]
    assert fixes == ([mend] if mend else [])


@pytest.mark.parametrize(
    ("code", "text", "right"),
    [
        ("99213", "Billing is based on time. I spent a total of 34 minutes on the date of the encounter.", "99214"),
        ("99202", "Level of service by time: 61 minutes in total on the date of the encounter.", "99205"),
        ("99214", "Billing is based on time. I spent a total of 34 minutes on the date of the encounter.", ""),
        ("99213", "I spent a total of 34 minutes on the date of the encounter.", ""),
        ("99213", "Billing is based on time. Total time 34 minutes.", ""),
        ("99213", "Billing is based on time. Low complexity. I spent a total of 34 minutes on the date of service.", ""),
        ("99213", "Billing is based on time. I spent a total of 34 minutes on the date of service, including nursing time.", ""),
        ("99211", "Billing is based on time. I spent a total of 34 minutes on the date of the encounter.", ""),
    ],
)  # fmt: skip
def test_time_that_reaches_a_higher_code(code: str, text: str, right: str) -> None:
    found = said(f"CPT: {code}\n\nHPI: Cough for a week.\n\nASSESSMENT: Bronchitis. {text}\n", "N1337")
    assert bool(found) is bool(right)
    assert not right or f"reach {right}" in found[0]


@pytest.mark.parametrize(
    ("technique", "asked"),
    [
        ("CT of the head with contrast.", True),
        ("CT of the head with IV contrast.", False),
        ("Contrast-enhanced CT of the head.", False),
        ("CT of the head with contrast, 75 mL.", False),
        ("CT of the head with contrast. Omnipaque.", False),
        ("CT of the head with contrast in the venous phase.", False),
    ],
)
def test_route_of_contrast(technique: str, asked: bool) -> None:
    text = f"CPT: 70460-26\n\nINDICATION: Headache.\n\nTECHNIQUE: {technique}\n\nFINDINGS: There is no mass.\n"
    assert bool(said(text, "N1322")) is asked
    assert not said(text.replace("70460", "70552").replace("CT", "MRI"), "N1322")


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ("40 mg triamcinolone was injected.", ""),
        ("Triamcinolone was injected.", "does not state the dose"),
        ("40 mg triamcinolone was given.", "does not state how the drug was given"),
        ("40 mg triamcinolone IM was given.", ""),
        ("Triamcinolone was given.", "neither the dose nor how"),
        ("Triamcinolone was given. Stage IV disease.", "neither the dose nor how"),
    ],
)
def test_dose_and_route(more: str, missing: str) -> None:
    found = said(f"HCPCS: J3301\n\nPLAN: {more} He tolerated it well.\n", "N1350")
    assert (missing in found[0]) if missing else not found


def test_a_missing_resident_is_a_warning_and_a_missing_assistant_is_not() -> None:
    text = "CPT: 44140-82\n\nPROCEDURE: The abdomen was prepped and opened. {} She tolerated it well.\n"
    for more, severity in (
        ("Dr. Lee assisted with closure.", "warning"),
        ("No qualified resident was available.", "information"),
        ("Dr. Lee assisted with closure. The surgeon has an across-the-board policy of working without residents.", ""),
    ):
        found = [one.finding.severity for one in findings(text.format(more), "txt") if one.finding.rule == "N1345"]
        assert found == ([severity] if severity else []), more


def test_nothing_is_asked_of_a_rendering_that_may_not_be_billed() -> None:
    text = "CPT: 71275-26, {}\n\nTECHNIQUE: CTA of the chest, MIP images.\n\nFINDINGS: No embolus is seen.\n"
    assert not [one for one in findings(text.format("76377-26"), "txt") if one.finding.rule[0] == "N"]
    assert said(text.replace("71275", "71260").format("76377-26"), "N1301")


@pytest.mark.parametrize("rule", ["N1304", "N1307", "N1308", "N1311", "N1315", "N1355"])
def test_every_gap_has_a_mend(rule: str) -> None:
    block = all_rules()[rule].sections()["Example"].split("```md\n")[1].split("```")[0]
    text = "\n".join(line for line in block.split("\n") if "^" not in line)
    one = analyse(text, "md", on=rule if all_rules()[rule].status == "off" else "")
    (located,) = [found for found in one.findings() if found.finding.rule == rule]
    assert located.finding.fixes
    for fix in located.finding.fixes:
        assert not fix.preferred and edits_for(one, located, fix)


def test_only_a_whole_scan_is_offered_as_a_technical_one() -> None:
    text = "CPT: {}\n\nINDICATION: Rule out pneumothorax.\n\nTECHNIQUE: Limited CT immediately after the biopsy.\n"
    for codes, titles in (("76380-26", 1), ("76380", 2)):
        (found,) = [one.finding for one in findings(text.format(codes), "txt") if one.finding.rule == "N1315"]
        assert len(found.fixes) == titles


# -- identifiers ------------------------------------------------------------------------------------------------------------


def test_identifiers_are_masked_wherever_they_stand_in_the_note() -> None:
    text = (
        "# Visit, MRN: 00451239\n\nCPT: 99213\n\n## History of present illness\nCough. SSN 219-09-9999.\n\n"
        "## Assessment\nBronchitis. MBI 1EG4-TE5-MK73, phone 555-867-5309.\n\n# Another visit\nMRN: 00451240\n"
    )
    one = analyse(text, "md", on="N1355")
    (located,) = [found for found in one.findings() if found.finding.rule == "N1355"]
    (fix,) = located.finding.fixes
    lines = text.split("\n")
    for edit in reversed(edits_for(one, located, fix) or []):
        assert edit.start.line == edit.end.line
        line = lines[edit.start.line]
        lines[edit.start.line] = line[: edit.start.column] + edit.text + line[edit.end.column :]
    assert lines == (
        text.replace("00451239", "[removed]", 1)
        .replace("219-09-9999", "[removed]")
        .replace("1EG4-TE5-MK73", "[removed]")
        .split("\n")
    )


def test_spans_of_identifiers() -> None:
    text = "İ Mrn# ab00451239 and 219-09-9999"
    assert [text[start:end] for start, end in identifier_spans(text)] == ["ab00451239", "219-09-9999"]


def test_marks_on_a_note_of_many_styles() -> None:
    check(
        """Inpatient consult. CPT 99222-GC
                             ^^ N1347
HPI: 70F w/ afib RVR. Exam: irregular. A/P: rate control. Resident: J. Smith PGY2. Attending: Dr. Brown.
""",
        "txt",
        only="N",
    )


# -- synonyms ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concept", "text", "answer"),
    [
        ("concurrent-supervision", "The radiologist worked with the technologist in creating the 3D images.", "yes"),
        ("concurrent-supervision", "I was actively involved in the 3D reconstruction.", "yes"),
        ("concurrent-supervision", "3D images were created under my direction.", "yes"),
        ("concurrent-supervision", "The rendering was monitored by the radiologist in real time.", "yes"),
        ("concurrent-supervision", "3D renderings were produced in conjunction with the radiologist.", "yes"),
        ("concurrent-supervision", "3D renderings were sent to the radiologist.", ""),
        ("independent-workstation", "3D was made on a stand alone workstation.", "yes"),
        ("limited-scope", "Coned-down CT of the orbit.", "yes"),
        ("limited-scope", "CT through the level of the drain only.", "yes"),
        ("limited-scope", "Selected images through the kidney.", "yes"),
        ("limited-scope", "Selected images were archived.", ""),
        ("render-findings", "3D: fragment rotated 20 degrees.", "yes"),
        ("render-findings", "3D reconstructions reviewed: depressed fragment.", "yes"),
        ("render-findings", "3D reconstructions requested by: orthopedics", ""),
        ("render-findings", "3D: performed", ""),
        ("surgery-decision", "Posted for surgery.", "yes"),
        ("surgery-decision", "Cholecystectomy in the morning.", "yes"),
        ("surgery-decision", "No surgery indicated.", "no"),
        ("excludes-procedures", "45 min, not counting procedures.", "yes"),
        ("excludes-procedures", "Critical care time 45 min (procedures excluded).", "yes"),
        ("no-video-reason", "Patient preferred audio only.", "yes"),
        ("substantive-part", "I personally made the MDM.", "yes"),
        ("reading-only", "Outside CT head for interpretation.", "yes"),
        ("postop-visit", "3 wks s/p L TKA.", "yes"),
        ("no-resident", "The surgeon never involves residents.", "yes"),
        ("direction-stated", "I was present at induction and emergence.", "yes"),
    ],
)  # fmt: skip
def test_ways_to_say_it(concept: str, text: str, answer: str) -> None:
    assert stated(text, concept) == answer


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Ther ex 1500-1515.", {"15:00", "15:15"}),
        ("Sedation 0910 to 0935.", {"09:10", "09:35"}),
        ("From 08:10 to 10:05.", {"08:10", "10:05"}),
        ("Treated 2018-2019.", set()),
        ("Fluids 1000-1200 mL.", set()),
        ("Phone 555-1500-1515.", set()),
    ],
)
def test_times_of_day(text: str, times: set[str]) -> None:
    assert {s.value for s in read_statements(text, "") if s.concept == "clock"} == times
