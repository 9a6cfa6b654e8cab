"""Drafts as they are dictated, in many styles and specialties: complete ones are left alone, gaps are found."""

from __future__ import annotations

import re

import pytest
from tests.harness import check, findings

DRAFTS = {
    "a rendering report in which everything stands": """\
CT RIGHT TIBIAL PLATEAU WITH 3D RECONSTRUCTIONS

CPT: 73700-26-RT, 76377-26

CLINICAL HISTORY: 44-year-old male, fall from ladder, tibial plateau fracture on plain film. Orthopedics (Dr. Marsh) has requested 3D reconstructions for preoperative planning.

COMPARISON: Right knee radiographs same day.

TECHNIQUE: Helical CT of the right knee was performed without intravenous contrast. Axial, coronal and sagittal reformats were generated. 3D volume-rendered images were created on an independent TeraRecon workstation under my concurrent supervision; I selected the segmentation thresholds and removed the femur and patella from the displayed volume.

FINDINGS:
There is a split depression fracture of the lateral tibial plateau (Schatzker II) with 7 mm of articular depression. No fracture of the medial plateau. The fibular head is intact. Moderate lipohemarthrosis.
3D: The volume-rendered images best demonstrate the posterolateral extent of the depressed fragment.

IMPRESSION:
1. Schatzker II fracture right lateral tibial plateau, 7 mm depression.

Electronically signed by: R. Okafor, MD
""",
    "bullets under headings without a colon, and a rendering of which nothing is said": """\
# CT maxillofacial

Charges
- 70486-26
- 76377-26
  ^^^^^ N1301 warning
  ^^^^^ N1302 warning
  ^^^^^ N1305 information
  ^^^^^ N1306 warning

- Indication: assault, facial swelling
- Technique: helical CT of the face without contrast; coronal, sagittal and 3D reformats obtained at the scanner
- Findings: left orbital floor fracture with herniation of fat. Nasal bones intact.
- Impression: left orbital floor blowout fracture
""",
    "a limited scan dictated in one paragraph": """\
CPT 76380-26 billed. Limited coronal CT of the paranasal sinuses was obtained for follow-up of chronic sinusitis after antibiotics, eight noncontiguous 3 mm images, no contrast. Compared with the CT of 3/4/2025 the left maxillary opacification has cleared. Ostiomeatal units are patent bilaterally. No bony destruction.
""",
    "a limited scan nine days after a drain: no check of the same session": """\
EXAM: LIMITED CT PELVIS
CODE: 76380

INDICATION: Pelvic abscess drain placed 9 days ago, drain output now less than 10 mL/day. Assess residual collection.

TECHNIQUE: 5 mm axial images were acquired through the pelvis only at the level of the drain. No oral or IV contrast.

COMPARISON: CT guided drainage 10/02/2025.

FINDINGS: Drain tip remains in the presacral space. The collection has resolved. No free air.

IMPRESSION: Resolved abscess. Drain may be removed.
""",
    "a limited scan that says what was not limited": """\
CT SINUSES
CPT 76380-26
    ^^^^^ N1310 warning

Clinical indication: chronic sinusitis, pre-op.

Technique: Axial and coronal images of the paranasal sinuses without contrast.

Findings: Mucosal thickening of the maxillary sinuses. Ostiomeatal complexes are occluded bilaterally.

Impression: Chronic sinusitis.
""",
    "capitals, and an independent workstation behind the lower code": """\
EXAMINATION: CT PELVIS WITH 3D
CPT CODES: 72192-26, 76376-26
                     ^^^^^ N1303 information
INDICATION: ACETABULAR FRACTURE. SURGICAL PLANNING.
TECHNIQUE: THIN SECTION CT OF THE PELVIS WITHOUT CONTRAST. DATA WERE TRANSFERRED TO A SEPARATE WORKSTATION WHERE 3D SHADED SURFACE DISPLAYS WERE CREATED WITH THE RADIOLOGIST SUPERVISING AND SELECTING THE PROJECTIONS.
FINDINGS: BOTH COLUMN FRACTURE LEFT ACETABULUM. 3D IMAGES SHOW A SPUR SIGN.
IMPRESSION: LEFT BOTH COLUMN ACETABULAR FRACTURE.
""",
    "capitals, and headings with nothing under them": """\
EXAM: MRI LUMBAR SPINE
CPT: 72148-26
     ^^^^^ N1320 warning
HISTORY: LOW BACK PAIN
TECHNIQUE: SAGITTAL T1, T2, STIR; AXIAL T2.
FINDINGS:
IMPRESSION:
""",
    "contrast without a route": """\
EXAM: CT HEAD WITH CONTRAST
CPT: 70460-26
     ^^^^^ N1322 information
HISTORY: HA
TECHNIQUE: Axial images with contrast.
FINDINGS: No mass.
IMPRESSION: Normal.
""",
    "views in the title": """\
EXAM: XR KNEE RIGHT 3 VIEWS
CPT: 73560-26-RT
     ^^^^^ N1326 information
HISTORY: pain. FINDINGS: No fracture. IMPRESSION: Normal.
""",
    "outside images": """\
CPT: 70450
     ^^^^^ N1321 information
EXAM: OUTSIDE CT HEAD FOR INTERPRETATION. HISTORY: trauma transfer. CT performed at Mercy Hospital on 10/1. FINDINGS: No hemorrhage. IMPRESSION: Negative.
""",
    "rendering of a billed angiogram: the claim rule alone speaks": """\
EXAM: CT ANGIOGRAM CHEST
CPT: 71275-26, 76377-26
INDICATION: SOB, r/o PE.
TECHNIQUE: Following 80 mL Isovue-370 IV, helical images were obtained. 3D MIP images were generated on an independent workstation under physician supervision.
FINDINGS: No filling defect. 3D MIP images confirm patent pulmonary arteries.
IMPRESSION: No PE.
""",
    "capitals, a visit and an injection": """\
OFFICE NOTE

CPT: 99213-25, 20610-RT, J3301 X 4

HISTORY OF PRESENT ILLNESS
68 YO F WITH KNOWN OA RIGHT KNEE PRESENTS WITH 3 WEEKS OF WORSENING PAIN. FAILED NSAIDS. ALSO REPORTS HER BLOOD PRESSURE HAS BEEN HIGH AT HOME.

EXAM
BP 158/92. RIGHT KNEE WITH MODERATE EFFUSION, NO WARMTH. ROM 5-110.

ASSESSMENT AND PLAN
1. OA RIGHT KNEE, FLARE. DISCUSSED OPTIONS, PATIENT ELECTS INJECTION.
2. HTN, UNCONTROLLED. INCREASE LISINOPRIL TO 20 MG.

PROCEDURE
AFTER VERBAL CONSENT THE RIGHT KNEE WAS PREPPED WITH CHLORAPREP AND 40 MG KENALOG WITH 4 ML 1% LIDOCAINE WAS INJECTED INTRA-ARTICULARLY VIA SUPEROLATERAL APPROACH. TOLERATED WELL.
""",
    "an injection with no visit in it": """\
Procedure note: CPT 99213-25, 20610-LT
                          ^^ N1330 warning

Pt here for scheduled 2nd of 3 Synvisc injections L knee. Site marked, timeout done. Skin prepped with betadine, 22g needle inserted lateral approach, Synvisc 2 mL injected without difficulty. Bandaid applied. Tolerated well. RTC 1 wk for #3.
""",
    "an injection in one paragraph, charges in front": """\
CPT: 20611-LT, J1030. Under sterile technique and ultrasound guidance, a 22-gauge needle was advanced into the left glenohumeral joint from a posterior approach and 40 mg of Depo-Medrol with 3 mL of 0.5% ropivacaine was injected. A permanent image was saved. The patient tolerated it well and noted immediate relief.
""",
    "the other side, written RT": """\
CPT: 73721-26-LT
              ^^ N1323 warning
MRI RT KNEE. HX: PAIN. TECHNIQUE: MULTIPLANAR MULTISEQUENCE. FINDINGS: MEDIAL MENISCUS TEAR. IMPRESSION: MEDIAL MENISCUS TEAR.
""",
    "the other foot": """\
PROCEDURE: Partial nail avulsion
CPT: 11730-T5
           ^^ N1323 warning
Pt with ingrown nail, left great toe medial border. Digital block with 3 mL 2% lidocaine. Left hallux prepped, medial border avulsed. Matrixectomy not performed. Tolerated well.
""",
    "one side of two": """\
CPT: 64493-50
           ^^ N1325 warning
Fluoro-guided L4-5 facet injection. Right L4-5 facet joint entered, 1 mL bupivacaine 0.5% injected. Tolerated well.
""",
    "an anesthesia record": """\
ANESTHESIA RECORD
CPT: 01402-AA-P3

Procedure: right total knee arthroplasty
ASA: 3   Anesthesia type: spinal with sedation
Anesthesia start 0731   Anesthesia end 0952
Pre-op: 71M, CAD s/p stent, DM2. NPO since midnight.
Spinal placed L3-4, 12 mg bupivacaine, one attempt. Propofol infusion. EBL 200. To PACU stable.
""",
    "an anesthesia note without times": """\
Anesthesia note

CPT: 00790-QK-P2
     ^^^^^ N1349 warning

General endotracheal anesthesia for laparoscopic cholecystectomy. Easy mask, Mac 3 grade 1 view, 7.0 ETT. Maintained on sevoflurane. Uneventful emergence, extubated, to PACU in stable condition.
""",
    "medical direction described": """\
Anesthesia record. CPT: 00811-QK-QS-P3
ASA III. MAC with propofol. Anes start 1002, anes stop 1031. CRNA J. Doe. I performed the pre-anesthesia evaluation, was present for induction and emergence and remained immediately available. No complications.
""",
    "medical direction billed and not described": """\
Anesthesia record. CPT: 00811-QY-P3
                              ^^ N1349 information
ASA III. MAC with propofol. Anes start 1002, anes stop 1031. CRNA J. Doe. No complications. Pt to PACU in stable condition.
""",
    "therapy by SOAP letters": """\
PHYSICAL THERAPY DAILY NOTE
Billing: 97110-GP x2, 97140-GP x1, 97112-GP x1

S: Pt reports R shoulder feels looser, pain 3/10.
O: Therapeutic exercise x 25 min: pulleys, wall slides, theraband ER/IR 3x10. Manual therapy x 15 min: GH joint mobs grade III inferior/posterior. Neuro re-ed x 13 min: scapular stabilization.
Total timed minutes: 53. Total treatment time: 60 minutes.
A: AROM flexion improved to 140. Tolerated well.
P: Continue 2x/wk x 4 wks.
""",
    "therapy without minutes": """\
PT visit note
CPT: 97110-GP x2, 97140-59-GP, 97530-GP
     ^^^^^ N1351 information
                        ^^ N1340 warning

Patient tolerated therapeutic exercise, manual therapy to the lumbar paraspinals and functional lifting activities. Pain 5/10 before and 3/10 after. Continue plan.
""",
    "therapy in one paragraph, too few minutes": """\
Speech/PT
CPT: 97110-GP x3
     ^^^^^ N1351 information
Subjective: Feeling better. Objective: Ther ex 35 minutes to R hip. Timed minutes 35. Assessment: progressing. Plan: cont.
""",
    "an infusion whose waste is nothing": """\
INFUSION NOTE
HCPCS: J9299-JW, J9299, 96413
             ^^ N1350 warning

58-year-old with metastatic melanoma here for cycle 4 nivolumab. Labs reviewed, ok to treat. Port accessed with good blood return. Nivolumab 240 mg IV in 100 mL NS infused over 30 minutes 10:05 - 10:38. Discarded 0 mg. No reaction. Port flushed.
""",
    "an injection with its dose and route": """\
Infusion Note

Charges: J0897-JZ x60, 96372

Prolia 60 mg SC given L posterior arm, prefilled syringe, lot 1123456, exp 08/2026. Calcium 9.4. No waste. Pt tolerated well, observed 15 min.
""",
    "an infusion without a dose": """\
Infusion visit
Codes: 96365, J1756
              ^^^^^ N1350 information
Pt here for iron. Labs reviewed. PIV placed L forearm, Venofer infused over 1 hour without reaction. IV removed.
""",
    "an infusion with waste": """\
CPT: J9035-JW, J9035, 96413
Bevacizumab 350 mg IV over 30 min, from one 400 mg vial; 50 mg wasted. Tolerated.
""",
    "waste against JZ": """\
HCPCS J9035-JZ, 96413
            ^^ N1350 warning
Bevacizumab 350 mg IV over 30 min, 50 mg wasted. Pt tolerated.
""",
    "a wound repair and a visit": """\
Charges: 99283-25; 12032
CC: laceration
HPI: 35 yo F cut L thigh on sheet metal 1 hr PTA. Tetanus UTD.
PE: 6 cm laceration L anterior thigh to subcutaneous fat, no FB, NVI distally.
Procedure: Consent obtained. 1% lido w/ epi 8 mL. Irrigated 500 mL NS. Layered closure: 4-0 Vicryl x4 deep, 4-0 nylon x9 skin. Repaired length 6 cm.
A/P: thigh laceration, repaired. Sutures out 10-12 d.
""",
    "two services on a wound, nothing that sets them apart": """\
CPT: 12032, 11042-59
                  ^^ N1340 warning
Procedure: wound repaired in layers after debridement of subcutaneous tissue. Tolerated well.
""",
    "two polyps, two techniques": """\
OPERATIVE REPORT

Procedure: Colonoscopy with snare polypectomy and biopsy
CPT: 45385, 45380-59

Indications: Screening, family history of colon cancer.

Description of procedure: After informed consent was obtained, the patient was placed in the left lateral position. The colonoscope was advanced to the cecum, identified by the appendiceal orifice and ileocecal valve. A 9 mm polyp in the ascending colon was removed by cold snare. A 3 mm polyp in the sigmoid was removed with cold forceps. Withdrawal time was 9 minutes. The patient tolerated the procedure well.
""",
    "a stopped colonoscopy": """\
COLONOSCOPY REPORT
CPT: 45378-53
INDICATION: Surveillance, personal history of polyps.
FINDINGS: Prep was poor with solid stool throughout. Scope could not be advanced beyond the sigmoid. Procedure aborted. Rescheduled with 2-day prep.
""",
    "a reduced endoscopy of which nothing is said": """\
EGD report
CPT: 43235-52
           ^^ N1343 warning
Indication: dysphagia
Findings: normal esophagus. Stomach normal.
Pt tolerated well.
""",
    "a video visit": """\
Telehealth visit
CPT: 99214-95
Patient seen via HIPAA-compliant video platform. Pt located at home in Ohio. Provider in clinic. Verbal consent obtained.
HPI: 39F f/u anxiety on sertraline 100 mg, sleeping better.
A/P: GAD, improved. Continue sertraline. RTC 3 mo.
Total time 31 min on date of service including chart review and documentation.
""",
    "a telephone visit": """\
CPT: 99213-93
           ^^ N1348 information
Pt called re: rash. Rash on arm x 3 days, itchy. A/P: contact derm, HC cream.
""",
    "a visit by time that does not reach": """\
CPT: 99215
     ^^^^^ N1333 warning

CC: f/u DM
HPI: A1c 9.2. Not taking metformin due to GI upset.
Assessment/Plan: T2DM uncontrolled. Start GLP-1. Long discussion.
I spent 35 minutes in total on the day of this encounter, including face-to-face and non face-to-face time.  E/M level chosen by time.
""",
    "a resident and an attending, no attestation": """\
Inpatient consult. CPT 99222-GC
                             ^^ N1347 warning
HPI: 70F w/ afib RVR. Exam: irregular. A/P: rate control w/ diltiazem, heparin gtt.
Resident: J. Smith PGY2. Attending: Dr. Brown.
""",
    "an attestation": """\
CPT 99222-GC
HPI: 70F w/ afib RVR. A/P: rate control.
Attending attestation: I saw and evaluated the patient. I agree with the resident's note except as noted. Dr. Brown
""",
    "a shared visit in one paragraph": """\
CPT: 99233-FS
           ^^ N1336 warning
Seen w/ Amy Lee NP. Pt w/ CHF exacerbation, improving. Lasix 40 IV BID. I agree w/ plan. Bob Ray MD.
""",
    "aftercare": """\
CPT: 99213-24
           ^^ N1332 information
HPI: 3 wks s/p L TKA. Wound healing, ROM 0-95. A/P: doing well, continue PT. RTC 3 wk.
""",
    "an operation for a complication, no operating room": """\
CPT: 49002-78
           ^^ N1346 information
Procedure: Exploratory laparotomy. Abdomen opened through prior incision. 500 mL clot evacuated. Bleeding mesenteric vessel ligated.
""",
    "two surgeons": """\
CPT: 22558-62
           ^^ N1344 information
Procedure: ALIF L5-S1. Retroperitoneal approach. Disc removed. Cage placed. EBL 100.
""",
}


@pytest.mark.parametrize("title", DRAFTS)
def test_dictated_drafts(title: str) -> None:
    check(DRAFTS[title], "txt", only="N")


#: Drafts in which everything stands.
COMPLETE = {
    "catheterization": """\
CARDIAC CATHETERIZATION REPORT
CPT: 93458-26
Indication: NSTEMI. Access: right radial. Findings: LM normal. LAD 80% mid. LCX mild. RCA 30%. LVEDP 18. Impression: Single vessel disease. Plan: PCI LAD, see separate report.
""",
    "MR report": """\
MRI OF THE LEFT SHOULDER WITHOUT CONTRAST
CPT 73221-26-LT
CLINICAL HISTORY: Left shoulder pain. Right-hand dominant.
TECHNIQUE: Multiplanar multisequence MRI on a 3T magnet without intravenous contrast.
COMPARISON: Radiographs of 09/12/2025.
FINDINGS: Full-thickness supraspinatus tear, 14 mm. Biceps tendon intact. No labral tear.
IMPRESSION: Full-thickness supraspinatus tear.
""",
    "two X-ray studies": """\
EXAM: Right knee 3 views, right tibia and fibula 2 views
CPT: 73562-26-RT, 73590-26-RT
HISTORY: fall
FINDINGS: Right knee, 3 views: no fracture. Tib-fib, 2 views: no fracture.
IMPRESSION: Negative.
""",
    "contrast by vein and by mouth": """\
CT ABDOMEN PELVIS W IV AND ORAL CONTRAST
CPT: 74177
REASON FOR EXAM: abdominal pain
TECHNIQUE: 100 mL Isovue 370 given IV. Oral contrast also given. Portal venous phase.
FINDINGS: Diverticulosis without diverticulitis.
IMPRESSION: No acute process.
""",
    "an excision and a wound": """\
PROCEDURE NOTE
CPT: 11602, 12032-59
Pre-op dx: BCC right cheek, 1.2 cm. Anesthesia 1% lido w epi. Excised with 4 mm margins, defect 2.0 cm. Separate laceration of the left forearm, 4 cm, from a fall this morning, repaired in layers w/ 4-0 Vicryl and 5-0 Prolene. Hemostasis w/ cautery. Tolerated well. Wound care discussed.
""",
    "skin visit": """\
OFFICE VISIT
CPT: 99213-25, 17000, 17003 x3
CC: skin check
HPI: 71M hx SCC. New scaly spots on scalp. Also itchy rash both shins x2 mo.
Exam: 4 AKs scalp. Eczematous plaques bilateral shins.
A/P: 1) AKs - LN2 x4, 2 freeze-thaw cycles each. 2) Stasis dermatitis - triamcinolone 0.1% BID, compression.
""",
    "spinal injection": """\
PROCEDURE: Left L4 and L5 transforaminal epidural steroid injection
CPT: 64483-LT, 64484-LT, J1100 x10
Indication: left L4-5 radiculopathy. Consent. Prone, prepped, draped. Fluoroscopy with AP, oblique and lateral views. 22g needle to left L4-5 foramen, Omnipaque 1 mL confirmed epidural spread. Dexamethasone 5 mg with 1 mL lidocaine injected at each level. Tolerated well, no complications.
""",
    "chemotherapy": """\
INFUSION CLINIC
Charges: 96413, 96415, 96367, J9263 x340, J0640
FOLFOX C3. Port accessed. Zofran 8 mg/dex 10 mg IVPB. Oxaliplatin 170 mg IV 10:15-12:20, leucovorin 800 mg IV concurrently. 5-FU bolus 800 mg. Pump connected. No reaction.
""",
    "therapy evaluation": """\
PHYSICAL THERAPY INITIAL EVALUATION
CPT: 97161-GP, 97110-GP
Hx: L ankle sprain 2 wks ago. PMH neg. Exam: swelling 1 cm, ROM DF 5. Low complexity. Tx: ther ex 12 min incl. HEP instruct. Total tx time 40 min. POC: 2x/wk x 4.
""",
    "video visit with psychotherapy": """\
Psychiatry follow up
99214-95 and 90833-95 billed
Video visit, pt at home in TX, provider in office, consents to telehealth. HPI: MDD improved on sertraline 100. MSE: euthymic. A/P: MDD, recurrent, partial remission - increase to 150 mg. GAD. Psychotherapy: 20 min supportive, CBT, separate from E/M.
""",
    "critical care": """\
ICU PROGRESS NOTE
99291 billed
58F septic shock d/t pyelo on levophed 12 mcg. Vented AC 18/450/5/40%. Critical care time 38 min excluding procedures and teaching.
""",
    "assistant at surgery": """\
OPERATIVE REPORT
CPT: 44204-AS
Surgeon: R Kim MD. First assistant: L Ortiz PA-C.
Procedure: lap sigmoid. The PA provided camera navigation, retraction and bowel exposure and closed port sites, as no resident was available. EBL 50.
""",
    "colonoscopy, two polyps": """\
Colonoscopy
CPT 45385-PT, 45380-59-PT
Screening. To cecum. Ascending 8 mm polyp cold snared. Sigmoid 2 mm polyp cold biopsy. Prep good. WT 8 min.
""",
    "both wrists": """\
PROCEDURE: B/L CTR
CPT 64721-50
Bilateral carpal tunnel release. Left: 2 cm incision, ligament divided. Right: same. Tolerated well.
""",
    "teaching physician first": """\
Attending: "I saw the patient with Dr. Lee (PGY3), reviewed and agree with above." CPT: 99223-GC. HPI: 67M w/ CVA. A/P: admit stroke unit.
""",
    "second tracing": """\
EKG
CPT: 93010-76
Second tracing at 14:20 for recurrent chest pain. NSR 78, no ST change from 11:05.
""",
    "limited CT": """\
EXAM: LIMITED CT LEFT HIP
CPT 76380-26-LT
REASON: known lesion on bone scan, correlate
TECHNIQUE: 3 mm axial slices through left femoral neck only, no contrast.
COMPARISON: bone scan yesterday
FINDINGS: 9 mm sclerotic focus, bone island.
IMP: bone island
""",
    "rendering of an ultrasound": """\
CPT 76376-26, 76805-26
OB US 20 wks. Anatomy survey normal. 3D rendering of the fetal face was requested for suspected cleft lip, performed on the machine by Dr. Wu, who selected the planes and removed the overlying cord. 3D images show an intact lip.
""",
    "fracture set in the emergency department": """\
CPT: 99284-57, 25605-LT
HPI: FOOSH. Exam: dinner fork deformity L wrist. XR: displaced distal radius fx. MDM: closed reduction under hematoma block discussed, pt agrees. Procedure: reduced with traction, sugar tong splint. Post films good alignment.
""",
    "labor epidural": """\
ANESTHESIA: labor epidural. CPT 01967-AA. Placed 0312, delivered 0945. ASA 2. Face to face time documented. No complications.
""",
    "discarded toxin": """\
CPT 64615, J0585 x155, J0585-JW x45
Chronic migraine. 155 units Botox injected per PREEMPT, 31 sites. 45 units discarded from 200 unit vial. Tolerated well.
""",
}
#: What is taken out of a complete draft, what is put in its place, and the rule that then speaks.
GAPS = [
    ("MR report", "left shoulder", "right shoulder", "N1323"),
    (
        "contrast by vein and by mouth",
        "100 mL Isovue 370 given IV. Oral contrast also given. Portal venous phase.",
        "Oral contrast only.",
        "N1322",
    ),
    (
        "an excision and a wound",
        "Separate laceration of the left forearm, 4 cm, from a fall this morning, repaired",
        "Repaired",
        "N1340",
    ),
    ("video visit with psychotherapy", "consents to telehealth", "seen", "N1348"),
    ("critical care", "38 min", "20 min", "N1352"),
    ("critical care", " excluding procedures and teaching", "", "N1352"),
    (
        "assistant at surgery",
        "The PA provided camera navigation, retraction and bowel exposure and closed port sites, as no resident was available.",
        "Stapled anastomosis.",
        "N1345",
    ),
    (
        "teaching physician first",
        "I saw the patient with Dr. Lee (PGY3), reviewed and agree with above.",
        "Admitted by Dr. Lee (PGY3).",
        "N1347",
    ),
    (
        "second tracing",
        "Second tracing at 14:20 for recurrent chest pain. NSR 78, no ST change from 11:05.",
        "NSR 78, no ST change.",
        "N1341",
    ),
    (
        "rendering of an ultrasound",
        "performed on the machine by Dr. Wu, who selected the planes and removed the overlying cord",
        "performed on the machine",
        "N1301",
    ),
    ("rendering of an ultrasound", "3D images show an intact lip.", "Lip intact.", "N1306"),
    (
        "fracture set in the emergency department",
        "closed reduction under hematoma block discussed, pt agrees",
        "distal radius fracture",
        "N1331",
    ),
    ("labor epidural", "Placed 0312, delivered 0945.", "Placed without difficulty.", "N1349"),
    ("discarded toxin", "45 units discarded from 200 unit vial.", "", "N1350"),
    ("two X-ray studies", "Right knee, 3 views: no fracture", "Right knee, 2 views: no fracture", "N1326"),
]


@pytest.mark.parametrize("title", COMPLETE)
def test_complete_drafts_are_left_alone(title: str) -> None:
    check(COMPLETE[title], "txt", only="N")


@pytest.mark.parametrize(("title", "taken", "put", "rule"), GAPS)
def test_a_gap_is_found(title: str, taken: str, put: str, rule: str) -> None:
    text = re.sub(re.escape(taken), lambda _: put, COMPLETE[title], flags=re.IGNORECASE)
    assert text != COMPLETE[title]
    assert {one.finding.rule for one in findings(text, "txt") if one.finding.rule[0] == "N"} == {rule}
