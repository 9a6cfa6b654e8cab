"""Invented charge files, one of each kind, that tests share."""

from __future__ import annotations

import json

_ISA = (
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *251015*1200*^*00501*000000001*0*P*:~\n"
    "GS*HC*SENDER*RECEIVER*20251015*1200*1*X*005010X222A1~\n"
)

#: A professional 837 with a segment on each line: two subscribers, three claims, five lines, two findings of fit.
X12 = (
    _ISA
    + """\
ST*837*0001*005010X222A1~
BHT*0019*00*1*20251016*1200*CH~
NM1*41*2*BILLING SERVICE*****46*1234~
NM1*40*2*RECEIVER*****46*5678~
HL*1**20*1~
NM1*85*2*IMAGING GROUP*****XX*1234567893~
HL*2*1*22*0~
SBR*P*18*******MB~
NM1*IL*1*MUSTER*ZOË*A***MI*1EG4TE5MK73~
DMG*D8*19500101*F~
NM1*PR*2*MEDICARE B*****PI*00435~
CLM*A1*420***22:B:1*Y*A*Y*Y~
HI*ABK:K5720*ABF:R109~
NM1*82*1*READER*ANN****XX*1987654321~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
REF*6R*L1~
LX*2~
SV1*HC:76380:50*150*UN*1***1:2~
DTP*472*D8*20251015~
LX*3~
SV1*HC:99213:25*150*UN*1*11**2~
DTP*472*D8*20251016~
CLM*A2*90***11:B:1*Y*A*Y*Y~
HI*ABK:M1711~
LX*1~
SV1*HC:20610:RT*90*UN*1***1~
DTP*472*RD8*20251020-20251021~
NTE*ADD*RIGHT KNEE~
HL*3*1*22*0~
SBR*P*18*******CI~
NM1*IL*1*DOE*JON****MI*77~
NM1*PR*2*PLAN*****PI*99~
CLM*A3*55***11:B:1*Y*A*Y*Y~
HI*ABK:R05~
LX*1~
SV1*HC:71046:26:TC*55*UN*1***1~
DTP*472*D8*20251017~
SE*40*0001~
GE*1*1~
IEA*1*000000001~
"""
)
#: The same in one line, with control characters for separators.
X12_ONE_LINE = X12.replace("\n", "").replace("*", "\x1d").replace(":", "\x1f").replace("~", "\x1c")
#: The same wrapped at 80 characters.
X12_WRAPPED = "\r\n".join(
    X12.replace("\n", "")[start : start + 80] for start in range(0, len(X12.replace("\n", "")), 80)
)

#: Two HL7 messages: five charges, a credit, one modifier joined wrongly, one that does not fit.
HL7 = r"""MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03^DFT_P03|M1|P|2.5.1
EVN|P03|20251016
PID|1||P1^^^HOSP^MR||MUSTER^ZOË||19500101|F
PV1|1|O|CT^1^1||||1234^READER^ANN|||||||||||V77
FT1|1|T1||20251015^20251015|20251016|CG|4711^CT SMALL^L|||1|120&USD||||||||R10.9^Belly pain^I10~K57.20^^I10|1234^READER^ANN|||||76380^Limited CT^C4|26
FT1|2|T2||202510151200+0215|20251016|CG|4712^3D^L|||2|||||||||||||||76377^3D^C4|26~50
FT1|3|T3||20251015|20251016|CG|4713^KNEE^L|||1|90||||||||||||||20610^Shot^C4|RT,59
NTE|1||both sides looked at
FT1|4|T4||20251015|20251016|CR|4714^XR^L|||-1|||||||||||||||71046^Chest^C4|26
DG1|1||R10.9^Belly pain^I10
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|M2|P|2.3
PID|1||P2
FT1|1|||20251017||CG|99213||||1
FT1|2|||20251017||CG|626.2|||1||||||||||||||||93000^ECG^C4
PR1|1||93000^ECG^C4||20251017
"""
#: The same as sent: segments end with CR, in the frame of the lower layer protocol.
HL7_SENT = "\x0b" + HL7.replace("\n", "\r") + "\x1c\r"

#: A Bundle of two claims, an explanation of benefit, and something that bills nothing.
FHIR = """\
{
  "resourceType": "Bundle",
  "type": "collection",
  "entry": [
    {
      "fullUrl": "urn:uuid:1",
      "resource": {
        "resourceType": "Patient",
        "id": "1",
        "name": [{"family": "MUSTER {not a brace}", "given": ["ZOË \\"Z\\""]}]
      }
    },
    {
      "resource": {
        "resourceType": "Claim",
        "id": "c1",
        "status": "active",
        "type": {"coding": [{"code": "professional"}]},
        "patient": {"reference": "Patient/1"},
        "insurer": {"display": "PLAN"},
        "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"code": "K57.20"}]}}],
        "item": [
          {
            "sequence": 1,
            "diagnosisSequence": [1],
            "productOrService": {
              "coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]
            },
            "modifier": [
              {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "26"}]},
              {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "50"}]}
            ],
            "servicedDate": "2025-10-15",
            "locationCodeableConcept": {"coding": [{"code": "22"}]},
            "quantity": {"value": 1},
            "net": {"value": 120.01, "currency": "USD"}
          },
          {
            "sequence": 2,
            "productOrService": {
              "coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "73030"}]
            },
            "servicedDate": "2025-10-15",
            "locationCodeableConcept": {"coding": [{"code": "22"}]},
            "quantity": {"value": 1},
            "net": {"value": 30, "currency": "USD"}
          }
        ],
        "total": {"value": 150.01, "currency": "USD"}
      }
    },
    {
      "resource": {
        "resourceType": "ExplanationOfBenefit",
        "id": "e1",
        "status": "active",
        "patient": {"reference": "Patient/1"},
        "item": [
          {
            "sequence": 1,
            "productOrService": {"coding": [{"system": "https://www.ama-assn.org/go/cpt", "code": "99213-25"}]},
            "servicedPeriod": {"start": "2025-10-16T08:00:00Z", "end": "2025-10-16T09:00:00Z"},
            "detail": [
              {"sequence": 1, "productOrService": {"coding": [{"code": "36415"}]}, "servicedDate": "2025-10-16"}
            ]
          }
        ]
      }
    },
    {
      "resource": {
        "resourceType": "ChargeItem",
        "id": "h1",
        "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "71046"}]},
        "occurrenceDateTime": "2025-10-16",
        "quantity": {"value": 1}
      }
    }
  ]
}
"""
#: The same in one line, and a resource to a line.
FHIR_ONE_LINE = json.dumps(json.loads(FHIR), separators=(",", ":"), ensure_ascii=False)
FHIR_LINES = "".join(json.dumps(entry["resource"], ensure_ascii=False) + "\n" for entry in json.loads(FHIR)["entry"])

#: A sheet of claims with lines in several styles, and one of lines alone with what holds for all.
YAML = """\
# charges of the day
payer: PLAN
dos: 2025-10-15
claims:
  - claim_id: A1
    patient: P1
    pos: 22
    dx: [K57.20, R10.9]
    lines:
      - cpt: "76380"
        mods: [26, 50]
        units: 1
        charge: 120.01
      - {code: 76377, modifiers: "26", units: 1}
      - code: 99213
        mods:
          - 25
          - GC
        note: ZOË 😀
  - claim_id: A2
    patient: P2
    dos: 2025-10-16
    lines:
      - cpt: 00142
        mod1: AA
        mod2: QS
        units: 45

  # the last one
  - claim_id: A3
    patient: P1
    lines:
      - cpt: 71046
"""
YAML_LINES = """\
- cpt: 76380
  mod: 26
  dos: 2025-10-15
  pos: 22
  patient: P1
- cpt: 73030
  mods: LT RT
  dos: 2025-10-15
  units: 2
  charge: 30
  patient: P1
"""
JSON_SHEET = """\
{"practice": "x", "lines": [
  {"cpt": "76380", "mods": ["26", "50"], "dos": "2025-10-15", "units": 1, "pos": "22", "patient": "P1"},
  {"cpt": "73030", "mods": [], "dos": "2025-10-15", "units": 1, "patient": "P1"}
]}
"""
