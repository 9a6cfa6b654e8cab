"""Documentation rules over small clinical drafts: what satisfies them, what does not, and where they keep silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.harness import check, findings

from superbill.charges.statements import CONCEPTS, heading_kind, read_statements

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def rules(text: str, kind: str = "md") -> list[str]:
    """The documentation rules that speak of a text, each once, in order."""
    return sorted({one.finding.rule for one in findings(text, kind) if one.finding.rule.startswith("N")})


def speaks(rule: str, text: str, kind: str = "md") -> bool:
    return rule in rules(text, kind)


def stated(text: str, concept: str) -> str:
    """ "yes", "no" (denied) or "" (not spoken of)."""
    found = {s.negated for s in read_statements(text, "") if s.concept == concept}
    return "yes" if False in found else "no" if found else ""


# -- what counts as stated ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Images were made on an independent workstation.", "yes"),
        ("Images were sent to a dedicated 3-D work station.", "yes"),
        ("Processed on a stand-alone workstation; contrast was not used.", "yes"),
        ("CT without contrast, with rendering on a separate workstation.", "yes"),
        ("No complications. Rendering took place on a separate workstation.", "yes"),
        ("Independent workstation: yes", "yes"),
        ("Independent workstation used? Yes.", "yes"),
        ("[x] Independent workstation", "yes"),
        ("Volume rendering in Vitrea.", "yes"),
        ("The work was not done on the scanner but on an independent\nworkstation.", "yes"),
        ("An independent workstation was not required.", "no"),
        ("An independent workstation was **not** required.", "no"),
        ("An independent workstation wasn't used.", "no"),
        ("No independent workstation was used.", "no"),
        ("Done without use of an independent workstation.", "no"),
        ("Rendering did not need a separate workstation.", "no"),
        ("Independent workstation: no", "no"),
        ("Independent workstation: N/A", "no"),
        ("Independent workstation used? No.", "no"),
        ("Made at the console instead of an independent workstation.", "no"),
        ("Independent workstation: [yes/no]", ""),
        ("Independent workstation: ***", ""),
        ("Independent workstation: ____", ""),
        ("Independent workstation: {yes:no}", ""),
        ("Independent workstation: yes / no", ""),
        ("[ ] Independent workstation", ""),
        ("[ ] Independent workstation [x] scanner console", ""),
        ("[Physician to state: independent workstation used, yes or no]", ""),
        ("<!-- independent workstation used -->", ""),
        ("If 3D performed, state whether an independent workstation was used.", ""),
        ("State whether an independent workstation was used.", ""),
        ("The report must state an independent workstation.", ""),
        ("Please document the independent workstation.", ""),
        ("Template: rendered on an independent workstation.", ""),
        ("CPT: 76377-26 rendering on an independent workstation", ""),
        ("- 76377-26, rendering on an independent workstation", ""),
        ("Billing: 76377 with independent workstation", ""),
        ("The scanner console was used.", ""),
    ],
)
def test_independent_workstation(text: str, answer: str) -> None:
    assert stated(text, "independent-workstation") == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Under concurrent supervision of the radiologist.", "yes"),
        ("Concurrent physician supervision was provided.", "yes"),
        ("I personally supervised the rendering.", "yes"),
        ("Dr. Patel supervised the rendering as it was made.", "yes"),
        ("The technologist made the views, supervised by the radiologist.", "yes"),
        ("The interpreting radiologist participated in the post-processing.", "yes"),
        ("The 3D images were created by the radiologist.", "yes"),
        ("I created the volume rendered images myself.", "yes"),
        ("Radiologist-directed segmentation.", "yes"),
        ("Supervision: concurrent, by Dr. Kim", "yes"),
        ("Concurrent supervision was not provided.", "no"),
        ("Made by the technologist without concurrent supervision.", "no"),
        ("Concurrent supervision: [physician to complete]", ""),
        ("The technologist made the views.", ""),
        ("Supervisor of the department informed.", ""),
    ],
)
def test_concurrent_supervision(text: str, answer: str) -> None:
    assert stated(text, "concurrent-supervision") == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Limited CT of the sinuses.", "yes"),
        ("The scan was limited to the left adrenal.", "yes"),
        ("Five slices through the ostia.", "yes"),
        ("Images were obtained through the lower pelvis only.", "yes"),
        ("Focused CT of the collection.", "yes"),
        ("Localized re-scan of the drain.", "yes"),
        ("Scanning was confined to the right lung base.", "yes"),
        ("A single level was scanned.", "yes"),
        ("Evaluation is limited by motion.", ""),
        ("Limited sensitivity without contrast.", ""),
        ("The study was limited due to body habitus.", ""),
        ("The scan was not limited to one area.", "no"),
        ("CT of the abdomen was obtained.", ""),
        ("CPT: 76380-26 limited CT", ""),
    ],
)
def test_limited_scope(text: str, answer: str) -> None:
    assert stated(text, "limited-scope") == answer


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("The right knee was injected.", {"right"}),
        ("Left shoulder pain. Right hand dominant.", {"left"}),
        ("Right-handed. He left the clinic right away and felt all right.", set()),
        ("Bilateral knees.", {"both"}),
        ("Both knees, the left worse.", {"left", "both"}),
        ("Pain in the left upper quadrant.", set()),
        ("Right atrium normal, left lower lobe clear.", set()),
        ("She was left untreated.", set()),
    ],
)
def test_sides(text: str, sides: set[str]) -> None:
    assert {s.value for s in read_statements(text, "") if s.concept == "side"} == sides


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("I spent a total of 28 minutes on the date of the encounter.", {"28"}),
        ("Total time: 1 hour 5 minutes", {"65"}),
        ("Total time 45 min, of which 30 min counselling.", {"45"}),
        ("Time spent with the patient: 32 minutes", {"32"}),
        ("Total fluoroscopy time 12 minutes.", set()),
        ("Total tourniquet time: 40 minutes.", set()),
        ("Spent 5 minutes on smoking cessation today.", set()),
        ("Total time 30-39 minutes.", set()),
        ("Total time: [minutes] minutes", set()),
        ("Pain lasting 20 minutes in total.", set()),
        ("Nursing staff spent a total of 15 minutes.", set()),
        ("Follow up in 30 minutes.", set()),
    ],
)
def test_total_time(text: str, minutes: set[str]) -> None:
    assert {s.value for s in read_statements(text, "") if s.concept == "total-time"} == minutes


def test_every_concept_has_phrases_that_compile() -> None:
    for concept in CONCEPTS:
        read_statements("A limited CT was performed.", "", [concept])


def test_headings() -> None:
    assert heading_kind("## Findings".strip("# ")) == "findings"
    assert heading_kind("**CLINICAL  HISTORY:**") == "indication"
    assert heading_kind("HPI") == "history"
    assert heading_kind("Exam") == "exam"
    assert heading_kind("Assessment/Plan") == "assessment"
    assert heading_kind("Overview") == ""


# -- 3-D rendering ------------------------------------------------------------------------------------------------------------

GOOD_3D = """# CT face with 3-D

CPT: 70486-26, {code}-26

INDICATION: Assault. 3D requested by the surgeon for operative planning.

TECHNIQUE: Thin sections without contrast. {technique}

COMPARISON: None.

FINDINGS: Left zygoma fracture. 3D images demonstrate 4 mm of depression.

IMPRESSION: Depressed zygoma fracture.
"""
FULL = (
    "Shaded surface images were made on an independent workstation under concurrent supervision of the radiologist, "
    "who selected the projections."
)
CONSOLE = FULL.replace("on an independent workstation", "at the scanner console")


@pytest.mark.parametrize(
    ("code", "technique", "expected"),
    [
        ("76377", FULL, []),
        ("76376", CONSOLE, []),
        ("76377", CONSOLE, ["N1302"]),
        ("76376", FULL, ["N1303"]),
        ("76376", CONSOLE + " An independent workstation was not needed.", []),
        ("76377", CONSOLE + " An independent workstation was not needed.", ["N1302"]),
        ("76377", CONSOLE + " If a workstation was used, state: independent workstation.", ["N1302"]),
        ("76377", CONSOLE + " [independent workstation]", ["N1302"]),
        ("76377", FULL.replace("concurrent supervision of ", "the eyes of "), ["N1301"]),
        ("76377", FULL.replace(", who selected the projections", ""), ["N1309"]),
        ("76377", FULL + " Coronal and sagittal reformats were made.", []),
    ],
)
def test_rendering_reports(code: str, technique: str, expected: list[str]) -> None:
    assert rules(GOOD_3D.format(code=code, technique=technique)) == expected


def test_technical_line_is_asked_for_no_reading() -> None:
    text = "CPT: 70486-TC, 76376-TC\n\nTECHNIQUE: CT of the face. Volume rendered images were made.\n"
    assert rules(text) == []


def test_rendering_without_anything_said_about_it() -> None:
    text = "CPT: 73700-26-RT, 76377-26\n\nFINDINGS: CT of the right knee. Tibial plateau fracture, 6 mm depression is seen.\n"
    assert rules(text) == ["N1301", "N1302", "N1305", "N1306"]


def test_flat_reformats_in_other_words() -> None:
    for technique in ("Multiplanar reformats", "Sagittal reconstructions", "MPR images", "Curved planar images"):
        text = (
            GOOD_3D.replace("3D requested", "Views requested").replace("3D images", "Images").replace(" with 3-D", "")
        )
        text = text.format(code="76376", technique=f"{technique} were made under concurrent supervision.")
        assert speaks("N1304", text), technique
        for third in ("MIP", "Volume rendered", "Segmentation", "Shaded surface", "Three-dimensional"):
            assert not speaks("N1304", text.replace(f"{technique} were", f"{technique} and {third} images were"))


def test_denied_3d_is_no_3d() -> None:
    text = (
        "CPT: 72192-26, 76376-26\n\nTECHNIQUE: CT of the pelvis. Coronal reformats were made. No 3D images were made.\n"
        "FINDINGS: There is no fracture.\n"
    )
    assert speaks("N1304", text)


@pytest.mark.parametrize(
    "sentence",
    [
        "The 3D images show a step of 4 mm.",
        "On 3-D views, a step of 4 mm.",
        "Volume rendered images confirm the step.",
        "3D findings: a step of 4 mm.",
        "MIP images demonstrate the aneurysm.",
        "No displaced fragment on the 3D images.",
        "The step is best seen on the volume rendered views.",
    ],
)
def test_reading_of_the_3d(sentence: str) -> None:
    text = "CPT: 73700-26-LT, 76376-26\n\nTECHNIQUE: CT of the left ankle. 3D images were made.\n\nFINDINGS: {}\n"
    assert not speaks("N1306", text.format(sentence))
    assert speaks("N1306", text.format("There is a step of 4 mm."))


def test_heading_of_the_3d_section() -> None:
    text = (
        "CPT: 73700-26-LT, 76376-26\n\n## Technique\nCT of the left ankle was performed.\n\n"
        "## 3D reconstructions\nThe volume rendered views show a step.\n"
    )
    assert not speaks("N1306", text)


@pytest.mark.parametrize(
    "reason",
    [
        "3D requested by Dr. Lee.",
        "Dr. Lee ordered 3D views.",
        "For operative planning.",
        "Ordered for arthroscopy planning.",
        "3D was needed to define the fragments.",
        "Complex acetabular fracture.",
        "Volume rendering to better delineate the margins.",
    ],
)
def test_reason_for_the_3d(reason: str) -> None:
    text = "CPT: 73700-26-LT, 76376-26\n\nTECHNIQUE: CT of the left ankle. Rendered images were made. {}\n"
    assert not speaks("N1305", text.format(reason))
    assert speaks("N1305", text.format("Six of them."))


def test_study_named_by_word_or_by_code() -> None:
    text = "CPT: {}\n\nTECHNIQUE: {} Surface rendered images were made.\nFINDINGS: The 3D images show a fracture.\n"
    assert speaks("N1307", text.format("76376-26", ""))
    assert not speaks("N1307", text.format("73700-26-LT, 76376-26", ""))
    for study in ("CT of the ankle.", "MRI of the ankle.", "Ultrasound of the uterus.", "Rotational angiography."):
        assert not speaks("N1307", text.format("76376-26", study)), study


@pytest.mark.parametrize(
    ("technique", "wrong"),
    [
        ("CT angiography of the chest.", True),
        ("CTA of the abdomen was performed.", True),
        ("MRA of the neck was performed.", True),
        ("CT of the chest. No CTA was performed.", False),
        ("CT of the chest, compared with CTA of last year.", False),
        ("CT of the chest. CTA may be considered if clinically needed.", False),
        ("CT of the chest. Consider CTA.", False),
        ("CT of the chest.", False),
    ],
)
def test_rendering_of_an_angiogram(technique: str, wrong: bool) -> None:
    text = GOOD_3D.replace("70486-26, ", "").format(code="76377", technique=technique + " " + FULL)
    assert speaks("N1308", text) is wrong


def test_angiogram_that_is_billed_is_left_to_the_claim_rule() -> None:
    text = GOOD_3D.replace("70486", "71275").format(code="76377", technique="CTA of the chest. " + FULL)
    found = [one.finding.rule for one in findings(text, "md")]
    assert found == ["L1017"]


def test_nuclear_study_and_a_third_one() -> None:
    text = GOOD_3D.format(code="76377", technique="SPECT was performed. " + FULL)
    assert not speaks("N1308", text)
    assert speaks("N1308", text.replace("70486-26, ", ""))


def test_history_of_angiography_is_not_this_study() -> None:
    text = GOOD_3D.format(code="76377", technique=FULL).replace("Assault.", "Assault. Had a CTA and a PET/CT before.")
    assert not speaks("N1308", text)


# -- limited CT -------------------------------------------------------------------------------------------------------------

LIMITED = """EXAM: CT pelvis
CPT: 76380-26

CLINICAL HISTORY: {history}

TECHNIQUE: {technique}

{rest}

FINDINGS: The collection measures 1.2 cm. {more}
"""


def limited(
    history: str = "Pelvic abscess, fever.",
    technique: str = "Limited CT: six slices through the lower pelvis.",
    rest: str = "COMPARISON: CT 10/02/2025.",
    more: str = "",
) -> list[str]:
    return rules(LIMITED.format(history=history, technique=technique, rest=rest, more=more))


def test_limited_ct_reports() -> None:
    assert limited() == []
    assert limited(technique="Axial images were obtained.") == ["N1310"]
    assert limited(technique="Axial images were obtained. [limited to ...]") == ["N1310"]
    assert limited(technique="Axial images were obtained. Evaluation is limited by motion.") == ["N1310"]


def test_no_earlier_study_is_asked_for() -> None:
    assert limited(rest="") == []


@pytest.mark.parametrize(
    ("history", "rest", "more", "missing"),
    [
        ("Follow-up of pelvic abscess.", "", "", True),
        ("Interval follow-up.", "COMPARISON:", "", True),
        ("Follow-up of pelvic abscess.", "COMPARISON: [prior]", "", True),
        ("Follow-up of pelvic abscess.", "COMPARISON: None.", "", False),
        ("Follow-up of pelvic abscess.", "COMPARISON: CT 10/02/2025", "", False),
        ("Follow-up of pelvic abscess.", "", "Decreased since the prior study.", False),
        ("Follow-up of pelvic abscess.", "", "Unchanged.", False),
        ("Abscess. Patient will follow up with surgery.", "", "", False),
        ("Abscess.", "", "Recommend follow-up CT in 3 months.", False),
    ],
)
def test_follow_up_and_comparison(history: str, rest: str, more: str, missing: bool) -> None:
    assert ("N1313" in limited(history=history, rest=rest, more=more)) is missing


@pytest.mark.parametrize(
    ("technique", "whole"),
    [
        ("Limited CT. The entire abdomen was scanned.", True),
        ("Complete CT of the pelvis was obtained.", True),
        ("Limited. Scanned from the diaphragm to the symphysis.", True),
        ("CT of the abdomen and pelvis was obtained.", True),
        ("Limited CT of the abdomen and pelvis through the collection.", False),
        ("Limited CT rather than a complete study of the pelvis.", False),
        ("Limited CT. The study is incomplete.", False),
        ("Limited CT. Compared with the complete CT of 2 October.", False),
        ("Limited CT. Recommend complete CT in 3 months.", False),
    ],
)
def test_described_as_complete(technique: str, whole: bool) -> None:
    assert ("N1311" in limited(technique=technique)) is whole


def test_reason_is_asked_for_only_where_there_is_no_trace_of_one() -> None:
    bare = "CPT: 76380-26\n\nLimited CT of the sinuses was performed.{}\n\nThe ostia are open.\n"
    assert speaks("N1312", bare.format(""))
    for reason in (
        " To look for obstruction.", " Nasal pain.", " Recheck of a cyst.", " Concern for abscess.", " R/O abscess.",
        "\n\nINDICATION: sinusitis", "\n\nHISTORY: sinusitis", " Known nodule.",
    ):  # fmt: skip
        assert not speaks("N1312", bare.format(reason)), reason


@pytest.mark.parametrize(
    ("codes", "technique", "check_scan"),
    [
        ("76380-26", "Limited CT immediately after the biopsy.", True),
        ("76380", "Limited post-procedure CT images.", True),
        ("76380-26", "Limited CT for completeness of the ablation.", True),
        ("76380-TC", "Limited CT immediately after the biopsy.", False),
        ("76380-26", "Limited CT, status post biopsy 3 days ago.", False),
        ("76380-26", "Limited CT to confirm drain position.", False),
        ("77012-26, 76380-26", "Limited CT to confirm drain position.", True),
        ("76380-26", "Limited CT. Biopsy is planned; post-procedure CT will be performed.", False),
        ("76380-26", "Limited CT. No post-procedure images were obtained.", False),
    ],
)
def test_check_after_a_procedure(codes: str, technique: str, check_scan: bool) -> None:
    text = LIMITED.format(history="Pain.", technique=technique, rest="", more="").replace("76380-26", codes)
    assert speaks("N1315", text) is check_scan


def test_limited_ct_with_52() -> None:
    check("dos,cpt,mod,units,pos\n2025-10-15,76380,26 52,1,22\n                    ^^ N1314\n", only="N")
    check("The claim had CPT 76380-52 on it.\n                        ^^ N1314\n", "md", only="N")
    assert rules("Never report 76380-52.\n") == []
    assert rules("CPT: 74177-52\n") == []


# -- reports, sides -----------------------------------------------------------------------------------------------------------

HEAD_CT = "EXAM: CT head\nCPT: {codes}\nINDICATION: Headache.\nTECHNIQUE: Axial images.\nCOMPARISON: None.\n{rest}\n"


@pytest.mark.parametrize(
    ("rest", "missing"),
    [
        ("FINDINGS:\nIMPRESSION:", True),
        ("FINDINGS: [radiologist to complete]\nIMPRESSION: ***", True),
        ("", True),
        ("FINDINGS: No hemorrhage.", False),
        ("IMPRESSION: Normal.", False),
        ("No acute intracranial abnormality.", False),
        ("The ventricles are unremarkable.", False),
        ("FINDINGS AND IMPRESSION: Old infarct.", False),
        ("INTERPRETATION: Old infarct.", False),
        ("CONCLUSION: Old infarct.", False),
    ],
)
def test_reading_without_report(rest: str, missing: bool) -> None:
    assert speaks("N1320", HEAD_CT.format(codes="70450-26", rest=rest)) is missing


def test_reading_rule_keeps_to_reports_and_to_26() -> None:
    assert not speaks("N1320", HEAD_CT.format(codes="70450", rest=""))
    assert not speaks("N1320", HEAD_CT.format(codes="70450-TC", rest=""))
    assert not speaks("N1320", "CPT: 70450-26\n\nOrder for tomorrow: CT head, headache.\n")
    assert not speaks("N1320", "CPT: 93010-26\nINDICATION: Chest pain.\nTECHNIQUE: Twelve leads.\n")


@pytest.mark.parametrize(
    ("codes", "text", "conflict"),
    [
        ("20610-LT", "The right shoulder was prepped and injected.", True),
        ("73721-26-RT", "MRI of the left knee was performed. There is a tear.", True),
        ("20610-LT", "The left shoulder was prepped and injected. Right hand dominant.", False),
        ("20610-LT", "The shoulder was injected. Right-hand dominant. He left the clinic well.", False),
        ("20610-LT", "The left shoulder was injected; the right one is fine.", False),
        ("20610-LT", "Both shoulders were examined. The right was injected.", False),
        ("20610-50", "The right knee was injected.", False),
        ("73562-LT, 73562-RT", "The right knee was imaged. There is no fracture.", False),
        ("20610", "The right knee was injected.", False),
        ("20610-LT", "The knee was injected.", False),
        ("20610-LT", "The [right] knee was injected.", False),
    ],
)
def test_side_conflict(codes: str, text: str, conflict: bool) -> None:
    assert speaks("N1323", f"CPT: {codes}\n\nPROCEDURE: {text}\n") is conflict


def test_side_of_another_part_is_no_conflict() -> None:
    text = "CPT: 20610-LT\n\nHPI: Knee pain; tingling of the right foot.\n\nPROCEDURE: The knee was injected.\n"
    assert not speaks("N1323", text)
    assert speaks("N1323", text.replace("The knee", "The right knee"))


# -- visits -------------------------------------------------------------------------------------------------------------------

INJECTION = "PROCEDURE: After consent the right knee was prepped and injected. She tolerated it well."


@pytest.mark.parametrize(
    "more",
    [
        "HPI: Knee pain for a month.",
        "ASSESSMENT: Osteoarthritis.",
        "PHYSICAL EXAM: Effusion of the right knee.",
        "Her blood pressure was also reviewed.",
        "Diabetes under good control.",
        "We discussed treatment options at length.",
        "Referred to physical therapy.",
        "A separate problem was addressed.",
        "MDM: moderate.",
        "X-rays were ordered.",
    ],
)
def test_visit_with_some_work_of_its_own(more: str) -> None:
    assert not speaks("N1330", f"CPT: 99213-25, 20610-RT\n\n{INJECTION}\n\n{more}\n")


@pytest.mark.parametrize(
    "more",
    [
        "",
        "New patient.",
        "Follow up in two weeks.",
        "ASSESSMENT: [to complete]",
        "No separate problem was addressed.",
        "EXAM:",
    ],
)
def test_visit_with_nothing_but_the_procedure(more: str) -> None:
    assert speaks("N1330", f"CPT: 99213-25, 20610-RT\n\n{INJECTION}\n\n{more}\n")


def test_visit_rule_needs_a_procedure_in_text_and_charges() -> None:
    assert not speaks("N1330", "CPT: 99213-25, 20610-RT\n\nShe was seen.\n")
    assert not speaks("N1330", f"CPT: 99213-25\n\n{INJECTION}\n")
    assert not speaks("N1330", f"CPT: 99213, 20610-RT\n\n{INJECTION}\n")
    assert not speaks("N1330", "- 99213-25\n- 20610-RT\n")


@pytest.mark.parametrize(
    ("code", "text", "severity"),
    [
        ("99214", "I spent a total of 28 minutes on the date of the encounter.", "information"),
        ("99214", "Total time 28 minutes. Level is based on total time.", "warning"),
        ("99205", "Level of service is based on time. Total time was 59 minutes.", "warning"),
        ("99213", "The visit is billed by time.", "warning"),
        ("99214", "Total time 28 minutes.", ""),
        ("99214", "I spent 28 minutes on the date of the encounter. Moderate medical decision making.", ""),
        ("99214", "I spent a total of 30 minutes on the date of the encounter.", ""),
        ("99202", "I spent a total of 15 minutes on the date of the encounter.", ""),
        ("99215", "Billed by time: total 1 hour 2 minutes.", ""),
        ("99214", "Spent 5 minutes on smoking cessation on the date of the encounter.", ""),
        ("99214", "Total fluoroscopy time 3 minutes on the date of service.", ""),
        ("99211", "I spent a total of 3 minutes on the date of the encounter.", ""),
        ("99214", "Total time: [minutes] on the date of the encounter.", ""),
        ("99214", "If time is used, state the total minutes on the date of the encounter.", ""),
        ("99214", "Total time 30-39 minutes on the date of the encounter.", ""),
    ],
)
def test_time_of_a_visit(code: str, text: str, severity: str) -> None:
    note = f"CPT: {code}\n\nHPI: Cough for a week.\n\nASSESSMENT: Bronchitis. {text}\n"
    found = [one.finding.severity for one in findings(note, "md") if one.finding.rule == "N1333"]
    assert found == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("minutes", "thresholds"),
    [(9, 8), (10, 7), (14, 7), (15, 6), (20, 5), (30, 3), (39, 3), (40, 2), (45, 1), (60, 0)],
)
def test_time_thresholds(minutes: int, thresholds: int) -> None:
    short = 0
    for code in ("99202", "99203", "99204", "99205", "99212", "99213", "99214", "99215"):
        note = f"CPT: {code}\n\nASSESSMENT: Stable. Billed by time, total time {minutes} minutes.\n"
        short += speaks("N1333", note)
    assert short == thresholds


def test_time_offers_the_code_that_is_reached() -> None:
    note = "CPT: 99215\n\nASSESSMENT: Stable. Billed by time, total time 31 minutes.\n"
    (one,) = [one.finding for one in findings(note, "md") if one.finding.rule == "N1333"]
    assert [(fix.title, fix.preferred) for fix in one.fixes] == [("Change 99215 to 99214", False)]


# -- distinct services ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "text", "unexplained"),
    [
        ("11102, 17000-59", "A papule was shaved. One keratosis was frozen.", True),
        ("11102, 17000-59", "A papule of the cheek was shaved. One keratosis of the scalp was frozen.", False),
        ("11102, 17000-59", "A papule was shaved. A separate lesion was frozen.", False),
        ("11102, 17000-XS", "A papule was shaved. Another lesion was frozen.", False),
        ("11102, 17000-59", "A papule was shaved. No separate lesion was frozen.", True),
        ("11102, 17000-59", "A papule was shaved. [separate site: ...] One keratosis was frozen.", True),
        ("20610-RT, 20610-LT-59", "The right knee was injected, then the left knee.", False),
        ("97530-GP, 97140-59-GP", "Manual therapy was done for 15 minutes, activities for 23 minutes.", False),
        ("97530-GP, 97140-59-GP", "Manual therapy was done. Activities were done.", True),
        ("74177-26, 76380-26-59", "CT of the abdomen and pelvis and limited CT of the liver were performed.", True),
        ("74177-26, 76380-26-XE", "CT of the abdomen was performed. She returned at night for a limited CT.", False),
        ("74177-26, 76380-26-59", "CT at 08:10 was performed, limited CT at 16:40.", False),
        ("74177-26, 76380-26-59", "CT in the morning, limited CT that evening were performed.", False),
        ("76705-26, 76380-26-59", "Ultrasound of the liver and limited CT of the pelvis were performed.", False),
        ("11102, 17000-XP", "A papule was shaved. One keratosis was frozen.", True),
        ("11102, 17000-XP", "A papule was shaved. Another lesion was frozen.", True),
        ("11102, 17000-XP", "A papule was shaved. One keratosis was frozen by A. Lee, PA-C.", False),
        ("11102, 17000-XP", "A papule was shaved. One keratosis was frozen by a colleague.", False),
        ("11102, 17000-XP", "A papule was shaved at 08:10. One keratosis was frozen at 16:00.", False),
        ("17000-59", "One keratosis was frozen.", False),  # the other service stands elsewhere
    ],
)
def test_distinct_service(codes: str, text: str, unexplained: bool) -> None:
    assert speaks("N1340", f"CPT: {codes}\n\n{text}\n") is unexplained


# -- texts that are no drafts ------------------------------------------------------------------------------------------------

REFERENCE = """Three-dimensional views, code 76377

Billing Code Overview

CPT code 76377-26 is for views made from a CT on a workstation. Bill 76377 when the doctor reads them.

Clinical Context

A patient was seen and CT angiography was performed. Images were reviewed. 76376-26 and 76380-26 are related.

- 76380-26
- 99213-25

| CPT | Modifier |
|---|---|
| 76377 | 26 |
| 17000 | 59 |
"""


@pytest.mark.parametrize("kind", ["md", "txt"])
def test_reference_text_is_no_note(kind: str) -> None:
    assert rules(REFERENCE, kind) == []
    # The same text without its heading is a note of a sort, so the heading is what keeps it quiet.
    assert rules(REFERENCE.replace("Billing Code Overview", "Monday"), kind) != []


@pytest.mark.parametrize(
    "text",
    [
        "# Charges of Monday\n\n- 76377-26\n- 74177-26\n- 99213-25\n- 20610-RT\n- 17000-59\n",
        "| CPT | Modifier | Units |\n|---|---|---|\n| 76377 | 26 | 1 |\n| 76380 | 26 | 1 |\n| 99213 | 25 | 1 |\n",
        "---\ncpt: 76380-26\n---\n\nTo do.\n",
        "```charges\n76377-26\n76380-26\n```\n",
        "# How we code\n\nBill 76377-26 when the images come from a workstation.\nBill 76380-26 for a limited scan.\n"
        "\n## Documentation\n\nThe report must state the supervision.\n",
    ],
)
def test_lists_and_guides_are_no_notes(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize("name", ["cpt-76376-brief.txt", "cpt-76380-brief.txt"])
def test_briefs_give_no_finding(name: str) -> None:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the code briefs used for comparison are not part of the project")
    text = path.read_text(encoding="utf-8")
    for kind in ("txt", "md"):
        assert findings(text, kind) == []


def test_each_note_of_a_file_is_judged_alone() -> None:
    good = GOOD_3D.format(code="76377", technique=FULL)
    bad = GOOD_3D.format(code="76377", technique=CONSOLE)
    found = [one for one in findings(good + "\n" + bad, "md") if one.finding.rule[0] == "N"]
    assert [(one.finding.rule, one.start.line > good.count("\n")) for one in found] == [("N1302", True)]


def test_a_code_said_twice_is_found_once() -> None:
    text = GOOD_3D.format(code="76377", technique=CONSOLE) + "\nBilled: 76377-26\n"
    assert len([one for one in findings(text, "md") if one.finding.rule == "N1302"]) == 1


def test_wording_accuses_nobody_and_mends_assert_nothing() -> None:
    notes = [
        "CPT: 73700-26-RT, 76377-26\n\nFINDINGS: CT of the right knee. There is a fracture.\n",
        LIMITED.format(history="Follow-up of abscess.", technique="Axial images were obtained.", rest="", more=""),
        HEAD_CT.format(codes="70450-26", rest=""),
        f"CPT: 99213-25, 20610-RT\n\n{INJECTION}\n",
        "CPT: 11102, 17000-59\n\nA papule was shaved. One keratosis was frozen.\n",
    ]
    seen = set()
    for text in notes:
        for one in findings(text, "md"):
            if one.finding.rule[0] != "N":
                continue
            seen.add(one.finding.rule)
            assert one.finding.severity != "error"
            assert "not done" not in one.finding.message and "not performed" not in one.finding.message
            for fix in one.finding.fixes:
                assert not fix.preferred
                for operation in fix.operations:
                    text_to_insert = getattr(operation, "text", "")
                    if "placeholder" in fix.title:
                        assert text_to_insert.startswith("[") and text_to_insert.endswith("]")
    assert {"N1301", "N1302", "N1310", "N1313", "N1320", "N1330", "N1340"} <= seen


@pytest.mark.parametrize(
    "text",
    [
        "CPT: 73700-26-RT, 76377-26\n\nFINDINGS: CT of the right knee. There is a fracture.\n",
        LIMITED.format(history="Follow-up of abscess.", technique="Axial images were obtained.", rest="", more=""),
        "CPT: 76380-26\n\nCT of the sinuses was performed. The ostia are open.\n",
        HEAD_CT.format(codes="70450-26", rest=""),
        f"CPT: 99213-25, 20610-RT\n\n{INJECTION}\n",
        "CPT: 11102, 17000-59\n\nA papule was shaved. One keratosis was frozen.\n",
    ],
)
def test_placeholders_do_not_satisfy_the_rules_that_offer_them(text: str) -> None:
    before = rules(text)
    inserted = [
        operation.text  # type: ignore[union-attr]
        for one in findings(text, "md")
        for fix in one.finding.fixes
        if "placeholder" in fix.title
        for operation in fix.operations
    ]
    assert inserted
    line = next(line for line in text.split("\n") if line.startswith("CPT"))
    assert rules(text.replace(line, "\n".join([line, *inserted]), 1)) == before


def test_a_denial_in_the_next_sentence_does_not_unbill_a_code() -> None:
    check(
        """# CT abdomen with 3-D
CPT: 74176-26, 76377-26
               ^^^^^ N1302
No contrast was given.

## Technique
Volume rendered 3D images were made under concurrent supervision of the radiologist, requested for surgical planning.

## Findings
On the 3D images the mass abuts the renal vein.
""",
        "md",
        only="N1302",
    )
