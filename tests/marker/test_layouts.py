"""Charge files and price files as they come from elsewhere: what is read of each, with invented rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.harness import SUFFIX, analyse, check, findings

from superbill.charges.dialect import Hints
from superbill.charges.model import ServiceLine
from superbill.charges.reading import service_lines
from superbill.text.lines import split_lines


def lines(text: str, kind: str = "csv") -> list[ServiceLine]:
    """The service lines of a file; the analysis must count as many."""
    found = list(service_lines(split_lines(text), Hints(suffix=SUFFIX[kind])))
    assert analyse(text, kind).totals["lines"] == len(found)
    return found


def codes(text: str, kind: str = "csv") -> list[str]:
    return [one.code for one in lines(text, kind)]


# -- hospital price files ---------------------------------------------------------------------------------

TALL = """\
hospital_name,last_updated_on,version,location_name,hospital_address,license_number|NV,type_2_npi,"To the best of its knowledge, all is here",attester_name,,,,
Valley Clinic,1/2/2026,3.0.0,Valley Clinic|Valley Annex,"1 Elm Street, Reno, NV 89501",70551,0000000009,TRUE,A Person,,,,
description,code | 1,code | 1 | type,code | 2,code | 2 | type,code | 3,code | 3 | type,setting,standard_charge | gross,payer_name,plan_name,modifiers,standard_charge | negotiated_dollar
Brain scan,611,RC,70551,CPT,80100611,CDM,outpatient,1200,Plan A,PPO,,400
Brain scan,611,RC,70551,CPT,80100611,CDM,outpatient,1200,Plan B,HMO,26|TC,250
Hip joint,470,MS-DRG,,,,,inpatient,,Plan A,PPO,,49000
Room,90120,CDM,,,,,inpatient,5000,Plan A,PPO,,
Drug,J1450,HCPCS,12345,NDC,,,both,75,Plan A,PPO,,35
Tablet,10135,NDC,,,,,both,2,Plan A,PPO,,1
Both sides,,,,,,,both,,Plan A,PPO,50,
"""


def test_a_tall_price_file_by_the_kinds_of_its_codes() -> None:
    found = lines(TALL)
    assert [one.code for one in found] == ["70551", "70551", "J1450"]
    assert [one.mods for one in found] == [(), ("26", "TC"), ()]
    assert {one.purpose for one in found} == {"price"}
    assert found[0].setting == "facility"
    assert findings(TALL) == []


def test_the_code_is_where_its_kind_says_so() -> None:
    text = analyse(TALL)
    (spot,) = [record for record in text.records if "26|TC" in record.text]
    assert text.dialect is not None
    (code,) = [one for one in text.dialect.parts(spot) if one.part.name == "code"]
    assert spot.text[code.start : code.end] == "70551"


WIDE = """\
hospital_name,last_updated_on,version,hospital_location,hospital_address,license_number|NV,"To the best of its knowledge"
Valley Clinic,2025-01-02,2.0.0,Valley,"1 Elm Street, Reno, NV 89501",1|NV,true
description,code|1,code|1|type,code|2,code|2|type,modifiers,setting,standard_charge|gross,standard_charge|discounted_cash,standard_charge|Plan A|PPO|negotiated_dollar,standard_charge|Plan A|PPO|methodology,estimated_amount|Plan A|PPO,additional_payer_notes|Plan A|PPO
Scan,76380,CPT,352,RC,,outpatient,900,810,500,fee schedule,500,
Scan,76380,CPT,352,RC,TC,outpatient,900,810,500,fee schedule,500,
Stay,470,APR-DRG,,,,inpatient,9000,8100,5000,case rate,5000,
Local,99213,LOCAL,99214,HCPCS/CPT,,outpatient,9000,8100,5000,case rate,5000,
"""


def test_a_wide_price_file() -> None:
    assert codes(WIDE) == ["76380", "76380", "99214"]
    assert lines(WIDE)[1].mods == ("TC",)
    assert findings(WIDE) == []


def test_a_price_file_with_nothing_but_groups_of_diagnoses_at_the_top_is_read() -> None:
    head = "description,code|1,code|1|type,setting,standard_charge|gross\n"
    rows = "".join(f"Group {n},{n},MS-DRG,inpatient,1\n" for n in range(100, 160))
    assert codes(head + rows + "Scan,76380,CPT,outpatient,1\n") == ["76380"]


def test_three_codes_of_one_item_are_no_three_lines() -> None:
    head = "description,code|1,code|2,code|3,standard_charge|gross\n"
    assert codes(head + "Scan,352,76380,80100611,900\nVisit,510,99213,1,100\n") == ["76380", "99213"]


def test_a_claim_file_that_says_which_kind_its_codes_are() -> None:
    head = "claim_id,dos,code,code_type,units\n"
    assert codes(head + "A1,2025-10-15,99213,CPT,1\nA1,2025-10-15,00450,RC,1\nA1,2025-10-15,J1450,HC,1\n") == [
        "99213",
        "J1450",
    ]


# -- charge masters -----------------------------------------------------------------------------------------


def test_a_charge_master_bills_nothing_even_with_units() -> None:
    text = "Charge Code,Description,Rev Code,CPT Code,Mod,Qty,Charge\n" + "".join(
        f"{8000 + n},ITEM {n},0352,{code},{mod},1,100.00\n"
        for n, (code, mod) in enumerate([("76380", "50"), ("99213", "26"), ("", ""), ("J1450", "")])
    )
    found = lines(text)
    assert [one.code for one in found] == ["76380", "99213", "J1450"]
    assert {(one.purpose, one.setting) for one in found} == {("price", "facility")}
    assert findings(text) == []


def test_two_code_columns_with_little_numbers_in_one() -> None:
    text = "PROCEDURE,DESCRIPTION,STD AMOUNT,CPT,HCPC\n" + "".join(
        f"106000{n},ITEM,1,{cpt},{hcpc}\n"
        for n, (cpt, hcpc) in enumerate([("36569", ""), ("", "C1751"), ("", "0"), ("", "50"), ("43246", "GN")])
    )
    assert codes(text) == ["36569", "C1751", "43246"]


def test_headings_with_line_ends_in_quotes() -> None:
    text = (
        'Category,Charge Code,CPT/HCPCS Code," Inpatient \nPrice "\nOther,761,10021,$485.00 \nOther,762,,"$1,485.00 "\n'
    )
    assert codes(text) == ["10021"]
    assert lines(text)[0].purpose == "price"


def test_a_bar_separated_charge_master() -> None:
    text = "Service Area|Px Code|Description|Default Rev Code|CPT(R)/HCPCS Code|Default Mod|Unit Price\n" + (
        "AREA|80080450|SCAN|CT [0352]|76380|LT|371.00\nAREA|80080451|KIT|SUPPLY [0270]|||40.00\n"
    )
    assert [(one.code, one.mods, one.purpose) for one in lines(text, "psv")] == [("76380", ("LT",), "price")]


# -- claim lines of CMS -------------------------------------------------------------------------------------

CARRIER = (
    "DML_IND|BENE_ID|CLM_ID|NCH_CLM_TYPE_CD|CLM_FROM_DT|CLM_THRU_DT|PRNCPAL_DGNS_CD|ICD_DGNS_CD1|LINE_NUM|PRF_PHYSN_NPI"
    "|LINE_SRVC_CNT|LINE_PLACE_OF_SRVC_CD|LINE_1ST_EXPNS_DT|LINE_LAST_EXPNS_DT|HCPCS_CD|HCPCS_1ST_MDFR_CD"
    "|HCPCS_2ND_MDFR_CD|LINE_SBMTD_CHRG_AMT\n"
    "INSERT|-1|-9|71|30-May-2015|31-May-2015|R05|R05|1|1234567893|1|11|30-May-2015|30-May-2015|99213|25|GC|80.00\n"
    "INSERT|-1|-9|71|30-May-2015|31-May-2015|R05|R05|2|1234567893|1|11|31-May-2015|31-May-2015|71046|||60.00\n"
    "INSERT|-1|-9|71|30-May-2015|31-May-2015|R05|R05|3|1234567893|1|11|31-May-2015|31-May-2015||||60.00\n"
)


def test_carrier_claims() -> None:
    first, second = lines(CARRIER, "psv")
    assert (first.code, first.mods, first.place, first.setting) == ("99213", ("25", "GC"), "11", "professional")
    assert str(first.since) == str(first.until) == "2015-05-30" and str(second.since) == "2015-05-31"
    assert first.charge == Decimal("80.00") and first.provider == "1234567893"


OUTPATIENT = (
    "BENE_ID|CLM_ID|NCH_CLM_TYPE_CD|CLM_FROM_DT|CLM_THRU_DT|CLM_FAC_TYPE_CD|AT_PHYSN_NPI|PRNCPAL_DGNS_CD|CLM_LINE_NUM"
    "|REV_CNTR|REV_CNTR_DT|HCPCS_CD|HCPCS_1ST_MDFR_CD|HCPCS_2ND_MDFR_CD|REV_CNTR_UNIT_CNT|REV_CNTR_TOT_CHRG_AMT\n"
    "-1|-9|40|01-Oct-2025|31-Oct-2025|1|1234567893|R05|1|0450|02-Oct-2025|99283|25||1|400.00\n"
    "-1|-9|40|01-Oct-2025|31-Oct-2025|1|1234567893|R05|2|0352|09-Oct-2025|76380|||1|900.00\n"
    "-1|-9|40|01-Oct-2025|31-Oct-2025|1|1234567893|R05|3|0270|09-Oct-2025||||1|9.00\n"
)


def test_outpatient_claims_are_a_facilitys_and_each_line_has_its_day() -> None:
    found = lines(OUTPATIENT, "psv")
    assert [(one.code, one.setting, str(one.since), one.until) for one in found] == [
        ("99283", "facility", "2025-10-02", None),
        ("76380", "facility", "2025-10-09", None),
    ]
    assert lines(OUTPATIENT.replace("|40|", "||"), "psv")[0].setting == "facility"


def test_inpatient_claims_have_days_of_the_stay_only() -> None:
    text = (
        "BENE_ID|CLM_ID|CLM_FROM_DT|CLM_THRU_DT|CLM_ADMSN_DT|CLM_DRG_CD|CLM_LINE_NUM|REV_CNTR|HCPCS_CD|REV_CNTR_UNIT_CNT\n"
        "-1|-9|01-Oct-2025|05-Oct-2025|01-Oct-2025|470|1|0352|76380|1\n"
        "-1|-9|01-Oct-2025|05-Oct-2025|01-Oct-2025|470|2|0352|74177|1\n"
    )
    assert [(one.code, one.setting, one.until) for one in lines(text, "psv")] == [
        ("76380", "facility", None),
        ("74177", "facility", None),
    ]


def test_lines_of_a_claim_over_days_are_not_held_against_each_other() -> None:
    head = "bene_id,clm_id,clm_from_dt,clm_thru_dt,hcpcs_cd,hcpcs_1st_mdfr_cd,pos\n"
    row = "P1,A1,2025-10-01,{},76376,26,22\nP1,A1,2025-10-01,{},76377,26,22\n"
    assert "L1016" in [one.finding.rule for one in findings(head + row.format("2025-10-01", "2025-10-01"))]
    assert findings(head + row.format("2025-10-20", "2025-10-20")) == []


def test_claim_lines_of_all_kinds_in_one_file() -> None:
    text = (
        "CLM_UNIQ_ID,CLM_TYPE_CD,CLM_LINE_SRVC_UNIT_QTY,CLM_LINE_FROM_DT,CLM_LINE_THRU_DT,CLM_LINE_SBMT_CHRG_AMT,"
        "CLM_LINE_NUM,CLM_FROM_DT,CLM_POS_CD,CLM_LINE_HCPCS_CD,HCPCS_1_MDFR_CD,HCPCS_2_MDFR_CD,CLM_LINE_REV_CTR_CD,"
        "HCPCS_5_MDFR_CD\n"
        "1,71,1.0,2025-10-15,2025-10-15,80.5,1,2025-10-01,11,99213,25,,,\n"
        "2,40,1.0,2025-10-15,2025-10-15,80.5,1,2025-10-01,,76380,,,0352,\n"
        "3,1013,1.0,2025-10-15,2025-10-15,80.5,1,2025-10-01,,76380,,,0352,\n"
        "4,,1.0,2025-10-15,2025-10-15,80.5,1,2025-10-01,,76380,,,0352,\n"
        "5,,1.0,2025-10-15,2025-10-15,80.5,1,2025-10-01,11,71046,,,,CR\n"
        "6,3,2.0,2025-10-15,2025-10-15,0.5,1,2025-10-01,,,,,,\n"
    )
    found = lines(text)
    assert [one.setting for one in found] == ["professional", "facility", "facility", "facility", ""]
    assert found[4].mods == ("CR",) and str(found[0].since) == "2025-10-15"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("institutional", "facility"), ("131", "facility"), ("0851", "facility"), ("11X", "facility"), ("UB-04", "facility"),
        ("Outpatient", "facility"), ("Professional", "professional"), ("1500", "professional"), ("72", "professional"),
        ("CMS-1500", "professional"), ("something", "something"), ("", ""),
    ],
)  # fmt: skip
def test_kinds_of_claims(written: str, meant: str) -> None:
    text = f"claim_id,dos,claim_type,place_of_service,revenue_code,hcpcs_code\nA1,2025-10-15,{written},11,,99213\n"
    assert lines(text)[0].setting == meant


# -- wide files -----------------------------------------------------------------------------------------------


def numbered(name: str, count: int) -> str:
    return ",".join(f"{name}_{n}" for n in range(1, count + 1))


def test_a_carrier_claim_of_thirteen_lines_in_a_row() -> None:
    heading = (
        f"DESYNPUF_ID,CLM_ID,CLM_FROM_DT,CLM_THRU_DT,{numbered('ICD9_DGNS_CD', 8)},{numbered('PRF_PHYSN_NPI', 13)},"
        f"{numbered('TAX_NUM', 13)},{numbered('HCPCS_CD', 13)},{numbered('LINE_NCH_PMT_AMT', 13)},"
        f"{numbered('LINE_ICD9_DGNS_CD', 13)}\n"
    )
    row = [
        "P1", "A1", "20080105", "20080105", *(["4019"] * 8), *(f"100000{n:04d}" for n in range(13)), *(["99"] * 13),
        "99213", "71020", "", "G0008", *([""] * 9), *(["0"] * 13), *(f"78{n:02d}" for n in range(13)),
    ]  # fmt: skip
    text = heading + ",".join(row) + "\n" + ",".join(["P2", "A2", *([""] * (len(row) - 2))]) + "\n"
    found = lines(text)
    assert [(one.code, one.provider, one.diagnoses) for one in found] == [
        ("99213", "1000000000", ("7800",)),
        ("71020", "1000000001", ("7801",)),
        ("G0008", "1000000003", ("7803",)),
    ]
    assert {str(one.since) for one in found} == {"2008-01-05"} and {one.room for one in found} == {0}


def test_an_outpatient_claim_of_forty_five_lines_in_a_row() -> None:
    heading = (
        "DESYNPUF_ID,CLM_ID,SEGMENT,CLM_FROM_DT,CLM_THRU_DT,PRVDR_NUM,CLM_PMT_AMT,AT_PHYSN_NPI,"
        f"{numbered('ICD9_DGNS_CD', 10)},{numbered('ICD9_PRCDR_CD', 6)},{numbered('HCPCS_CD', 45)}\n"
    )
    row = "P1,A1,1,20080105,20080109,1234AB,50.00,1234567893," + ",".join(["4019"] * 10 + [""] * 6)
    text = heading + f"{row},{','.join(str(85000 + n) for n in range(45))}\n" + f"{row},99213{',' * 44}\n"
    found = lines(text)
    assert len(found) == 46 and found[44].code == "85044"
    assert {one.setting for one in found} == {"facility"}
    assert {one.until for one in found} == {None}


def test_groups_of_columns_that_say_their_line() -> None:
    text = (
        "claim_id,patient,dos,pos,cpt1,cpt1_mod1,cpt1_mod2,cpt1_units,cpt2,cpt2_mod1,cpt2_mod2,cpt2_units\n"
        "A1,P1,2025-10-15,22,76376,26,GC,1,74177,26,,2\n"
        "A2,P2,2025-10-15,22,76380,50,,1,,,,\n"
    )
    assert [(one.code, one.mods, one.units) for one in lines(text)] == [
        ("76376", ("26", "GC"), 1),
        ("74177", ("26",), 2),
        ("76380", ("50",), 1),
    ]
    (one,) = [one for one in findings(text) if one.finding.rule == "K520"]
    assert (one.start.line, one.start.column) == (2, 26)


def test_groups_that_name_the_line_first_and_letter_the_modifiers() -> None:
    text = (
        "claim_id,dos,line_1_cpt,line_1_units,line_2_cpt,line_2_units\nA1,2025-10-15,99213,1,71046,2\n"
        "A2,2025-10-15,99214,1,,\n"
    )
    assert [(one.code, one.units) for one in lines(text)] == [("99213", 1), ("71046", 2), ("99214", 1)]
    text = "claim_id,dos,cpt1,mod1a,mod1b,cpt2,mod2a,mod2b\nA1,2025-10-15,76376,26,GC,71046,TC,\n"
    assert [(one.code, one.mods) for one in lines(text)] == [("76376", ("26", "GC")), ("71046", ("TC",))]


def test_the_first_group_may_go_without_a_number() -> None:
    text = "claim_id,dos,cpt,mod,units,cpt2,mod2,units2\nA1,2025-10-15,99213,25,1,71046,26 59,2\n"
    assert [(one.code, one.mods, one.units) for one in lines(text)] == [
        ("99213", ("25",), 1),
        ("71046", ("26", "59"), 2),
    ]


# -- ragged rows ------------------------------------------------------------------------------------------------


def test_a_heading_that_ends_in_nothing_needs_no_fields_for_it() -> None:
    check("dos,cpt,mod,units,pos,,\n2025-10-15,76380,26,1,22\n2025-10-15,76380,26,1,22,\n", only="E")
    check(
        """dos,cpt,mod,units,pos,,
2025-10-15,76380,26,1
^^^^^^^^^^^^^^^^^^^^^ E250
""",
        only="E",
    )


def test_ragged_rows_of_a_price_file_are_said_of_the_file() -> None:
    (one,) = findings(TALL + "Scan,76380,CPT\n")
    assert (one.finding.rule, one.start.line) == ("E250", 10)


# -- what the settings say of columns -----------------------------------------------------------------------------


def told(text: str, *columns: tuple[str, str, int], suffix: str = ".csv") -> list[ServiceLine]:
    return list(service_lines(split_lines(text), Hints(suffix=suffix, columns=columns)))


GERMAN = "Fall;Tag;Leistung;M-A;M-B;Anz;Ort\nP1;2025-10-15;76380;50;;1;11\nP1;2025-10-15;99213;25;GC;1;11\n"
MAPPED = (
    ("leistung", "code", 0), ("m_a", "modifier", 1), ("m_b", "modifier", 2), ("anz", "units", 0), ("tag", "date", 0),
    ("ort", "place", 0), ("fall", "patient", 0),
)  # fmt: skip


@pytest.mark.parametrize("suffix", [".csv", ".txt"])
def test_headings_that_nobody_could_guess(suffix: str) -> None:
    assert told(GERMAN, suffix=suffix) == []
    first, second = told(GERMAN, *MAPPED, suffix=suffix)
    assert (first.code, first.mods, first.units, first.place) == ("76380", ("50",), 1, "11")
    assert second.mods == ("25", "GC") and str(second.since) == "2025-10-15"


def test_what_is_said_wins_over_what_is_guessed() -> None:
    text = "dos,cpt,real,mod,flag\n2025-10-15,99213,71046,26,25\n"
    (one,) = told(text, ("real", "code", 0))
    assert (one.code, one.mods) == ("71046", ("26",))
    (one,) = told(text, ("flag", "modifiers", 0))
    assert (one.code, one.mods) == ("99213", ("25",))
    (one,) = told(text, ("absent", "code", 0))
    assert one.code == "99213"


def test_several_code_columns_that_are_said_are_alternatives() -> None:
    text = "Tag,A,B,Anz\n2025-10-15,99213,,1\n2025-10-15,,71046,1\n2025-10-15,local,76380,1\n"
    found = told(text, ("a", "code", 1), ("b", "code", 2), ("tag", "date", 0))
    assert [one.code for one in found] == ["99213", "71046", "76380"]


def test_likely_columns_are_offered_where_none_is_known() -> None:
    text = "patient,dos,what_was_done,mod,units,pos,zip,words\n" + "".join(
        f"P{n},2025-10-15,{code},26,1,22,{zip_},abc\n"
        for n, (code, zip_) in enumerate([("76380", "1"), ("74177-26", "")])
    )
    (one,) = findings(text)
    assert one.finding.rule == "E251" and "It may be what_was_done. " in one.finding.message
    assert [fix.title for fix in one.finding.fixes] == ["Column 'what_was_done' holds the procedure code"]
    (one,) = findings("patient,dos,what_was_done,mod,units,pos\n")
    assert one.finding.fixes == () and "may be" not in one.finding.message
