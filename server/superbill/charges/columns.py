"""What a column, key or field is called in charge files, and which field of a service line it means.

The names were gathered from real files: practice exports, CMS claim layouts (CCW, BFD, SynPUF), Tuva, Synthea, OMOP,
hospital charge masters and price files. Names are compared in lower case with everything else than letters and
digits turned into `_`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

Role = Literal[
    "code", "modifier", "modifiers", "units", "date", "date_to", "place", "charge", "diagnosis", "pointer", "claim",
    "line_number", "patient", "provider", "payer", "setting", "revenue", "note", "description", "price", "code_type",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)


class Column(NamedTuple):
    """A role, which of several (modifier 1, 2, ...; 0 when unnumbered), how sure the name is (lower is surer), and, in
    files with several service lines in a row, the number of the line when the name gives both (`cpt1_mod2`)."""

    role: Role
    number: int = 0
    rank: int = 0
    group: int = 0


def _names(text: str) -> list[str]:
    return text.split()


# Order within a role is the order of preference when a file has several.
_SYNONYMS: dict[Role, list[str]] = {
    "code": _names(
        """cpt cpt_code cptcode cpt_hcpcs_code cpt_hcpcs hcpcs_cpt_code hcpcs_cpt hcpcs_code hcpcs hcpc hcpcs_cd
        clm_line_hcpcs_cd cpt_r_hcpcs_code cpt4 cpt4_code cpt_hcpcs_cd cpt_cd cpts procedure_code_hcpcs proc_code
        procedure_code procedurecode proc_cd prcdr_cd px_code px billing_code svc_code service_code line_item_code
        procedure_source_value code procedure proc charge_code"""
    ),
    "modifiers": _names(
        """modifiers modifier_cds mods modifier_codes cpt_modifiers hcpcs_modifiers proc_mods modifier_list
        billing_code_modifier"""
    ),
    "modifier": _names(
        """mod modifier m mdfr mdfr_cd hcpcs_modifier hcpcs_mdfr_cd cpt_mod cpt_modifier proc_mod default_mod
        procedure_modifier procedure_code_hcpcs_modifier procedure_code_hcps_modifier modifier_code modifier_source_value
        modifier_cd line_modifier px_mod svc_mod"""
    ),
    "units": _names(
        """units unit qty quantity service_unit_quantity line_srvc_cnt clm_line_srvc_unit_qty rev_cntr_unit_cnt srvc_units
        srvc_cnt days_or_units unit_count billed_units units_billed service_units units_of_service uos num_units"""
    ),
    "date": _names(
        """dos date_of_service service_date svc_date service_dt dos_from from_dos from_date fromdate from_dt service_from
        service_from_date date_from claim_line_start_date line_1st_expns_dt clm_line_from_dt rev_cntr_dt start_date
        begin_date clm_from_dt procedure_date charge_date posting_dos servicedate dateofservice service_start_date date"""
    ),
    "date_to": _names(
        """dos_to to_dos to_date todate thru_date thru_dt line_last_expns_dt clm_line_thru_dt clm_thru_dt
        claim_line_end_date service_to service_to_date date_to end_date service_end_date"""
    ),
    "place": _names(
        """pos pos_code place_of_service placeofservice place_of_service_code line_place_of_srvc_cd clm_pos_cd
        plc_of_srvc place_of_svc pos_cd"""
    ),
    "charge": _names(
        """charge charges charge_amount charge_amt billed_amount billed_amt total_charge line_charge
        line_sbmtd_chrg_amt clm_line_sbmt_chrg_amt amount unitamount unit_charge billed fee rev_cntr_tot_chrg_amt
        submitted_charge submitted_amount"""
    ),
    "diagnosis": _names(
        """dx icd icd10 icd_10 icd10_code diagnosis diagnosis_code icd_dgns_cd line_icd_dgns_cd clm_line_dgns_cd
        diagnoses diag diag_code dx_code prncpal_dgns_cd icd9_dgns_cd line_icd9_dgns_cd"""
    ),
    "pointer": _names("dx_pointer diagnosis_pointer dx_ptr diagnosisref pointer pointers diag_pointer"),
    "claim": _names(
        """claim_id claim_number claim_no clm_id claimid claim clm_uniq_id clm_num_sk encounter_id encounter encounter_no
        account account_no account_number acct visit_id visit invoice invoice_no accession accession_number case_id
        superbill_id"""
    ),
    "line_number": _names("claim_line_number clm_line_num line line_no line_number lineno line_num row"),
    "patient": _names(
        """patient_id patientid patient mrn person_id member_id memberid bene_id desynpuf_id subscriber_id patient_no
        patient_number medical_record_number chart chart_no"""
    ),
    "provider": _names(
        """npi rendering_npi provider_npi provider_id rendering_provider rendering_provider_id rendering_provider_npi
        prf_physn_npi provider billing_npi tax_id tax_num"""
    ),
    "payer": _names("payer payer_name payer_id plan insurance financial_class payor payor_name primary_payer"),
    "setting": _names(
        """setting claim_type claim_type_code claim_type_cd nch_clm_type_cd clm_type_cd bill_type bill_type_code
        type_of_bill tob"""
    ),
    "revenue": _names(
        """revenue_code rev_code rev_cd revenue_center_code revenue_center rev_center rev_cntr rev_cntr_cd
        clm_line_rev_ctr_cd default_rev_code ub_rev_code"""
    ),
    "note": _names("notes line_note comment comments remark remarks note"),
    "description": _names(
        """description desc charge_description procedure_description proc_desc code_description service_description
        item_description short_description long_description name procedure_name"""
    ),
    "price": _names(
        """price unit_price standard_charge gross_charge std_amount std_price inpatient_price outpatient_price
        rate allowed_amount negotiated_rate average_price cash_price discounted_cash_price list_price
        standard_charge_gross standard_charge_discounted_cash fee_schedule_amount"""
    ),
    "code_type": _names("code_type billing_code_type procedure_code_type proc_code_type code_system code_set"),
}

_EXACT: dict[str, Column] = {
    name: Column(role, 0, rank) for role, names in _SYNONYMS.items() for rank, name in enumerate(names)
}
_ORDINAL = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "first": 1, "second": 2, "third": 3, "fourth": 4}
_NUMBERED: tuple[Role, ...] = ("modifier", "modifiers", "diagnosis", "pointer", "code", "units", "place", "charge",
                               "date", "date_to", "provider")  # fmt: skip
_TRAILING = re.compile(r"(.*?)_?(\d{1,2})")
_MDFR = re.compile(r"(?:clm_line_)?hcpcs_(\d|1st|2nd|3rd|4th|5th)_mdfr_cd")
_TYPE = re.compile(r"(?:billing_)?code_(?:(\d{1,2})_type|type_(\d{1,2}))")
_LINE = re.compile(r"(?:line|ln|svc|service|proc|procedure|cpt|hcpcs|charge|item|code)_?(\d{1,2})_(\D.*)")
_LETTERED = re.compile(r"(?:mod|modifier)_?(\d{1,2})_?([a-d])")
_PRICES = ("standard_charge", "negotiated_", "estimated_amount", "median_amount", "de_identified_m", "deidentified_m",
           "payer_specific_negotiated", "gross_charge", "discounted_cash")  # fmt: skip
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_NO_LETTER = re.compile(r"[\W_]+")
_LONGEST_NAME = 60
_LONGEST = 200


def normalise(name: str) -> str:
    """A column name in the form that the synonyms have: `" CPT/HCPCS\\nCode "` becomes `cpt_hcpcs_code`."""
    return _NOT_WORD.sub("_", name.lower().replace("®", "")).strip("_")


def identify(name: str) -> str:
    """A column name as the settings compare it: like `normalise`, but letters of all scripts count.

    >>> identify(" Menge\\n(Stück)"), identify("#")
    ('menge_stück', '#')
    """
    return _NO_LETTER.sub("_", name.casefold()).strip("_") or name.strip()


def column(name: str) -> Column | None:
    """What a column called `name` holds, or None when the name says nothing.

    >>> column("CPT/HCPCS Code"), column("Mod2"), column("HCPCS_2ND_MDFR_CD")
    (Column(role='code', number=0, rank=3, group=0), Column(role='modifier', number=2, rank=0, group=0), Column(role='modifier', number=2, rank=0, group=0))
    """
    return _column(name) if len(name) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _column(name: str) -> Column | None:
    key = normalise(name)
    return _meaning(key) if (key and len(key) <= _LONGEST_NAME) or key.startswith(_PRICES) else None


def _meaning(key: str) -> Column | None:
    found = _EXACT.get(key)
    if found:
        return found
    match = _MDFR.fullmatch(key)
    if match:
        return Column("modifier", _ORDINAL.get(match.group(1)) or int(match.group(1)))
    match = _TYPE.fullmatch(key)
    if match:
        return Column("code_type", int(match.group(1) or match.group(2)))
    if key.startswith(_PRICES):
        return Column("price", 0, 50)
    for word, number in _ORDINAL.items():
        if key.startswith(word + "_"):
            rest = _EXACT.get(key[len(word) + 1 :])
            if rest and rest.role in _NUMBERED:
                return rest._replace(number=number)
    match = _TRAILING.fullmatch(key)
    if match:
        rest = _EXACT.get(match.group(1))
        if rest and rest.role in _NUMBERED:
            return rest._replace(number=int(match.group(2)))
    match = _LETTERED.fullmatch(key)
    if match:
        return Column("modifier", "abcd".index(match.group(2)) + 1, 0, int(match.group(1)))
    match = _LINE.fullmatch(key)
    if match:
        rest = _meaning(match.group(2))
        if rest and rest.role in _NUMBERED and not rest.group:
            return rest._replace(group=int(match.group(1)))
    return None
