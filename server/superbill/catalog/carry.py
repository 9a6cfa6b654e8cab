"""Carry facts from CMS's files into the catalog's source, for the codes that have an entry.

    python -m superbill.catalog.carry --fees PPRRVU2025_Oct.csv --units MCR_MUE_PractitionerServices….csv \\
        --addons AOC_V2024Q3-MCR.xlsx

For those who write entries: run it after adding one. Numbers and indicators are carried, wording never is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from superbill.catalog import facts, where
from superbill.catalog.build import entry_codes
from superbill.catalog.sources import addons, fees, units


def main() -> int:
    """Rewrite the facts files; print how many rows each holds and which entries have none."""
    parser = argparse.ArgumentParser(prog="python -m superbill.catalog.carry", description=__doc__)
    parser.add_argument("--fees", type=Path, help="CMS PFS relative value file, CSV")
    parser.add_argument("--units", type=Path, help="CMS NCCI MUE file, practitioner, CSV")
    parser.add_argument("--addons", type=Path, help="CMS NCCI add-on code edits, XLSX")
    options = parser.parse_args()
    folder = where.source() / "facts"
    codes = entry_codes(where.source())
    report = sys.stderr.write
    if options.fees:
        rows = [(code, row) for code, row in fees.read(options.fees) if code in codes]
        note = "Indicators by code and component, for the codes with an entry. Source: CMS PFS relative value file, October 2025."
        count = facts.write_fees(folder / facts.FEES, note, rows)
        missing = sorted(codes - {code for code, _ in rows})
        report(f"{count} fee schedule rows; no row for: {' '.join(missing) or 'none'}\n")
    if options.units:
        limits = [(code, limit) for code, limit in units.read(options.units) if code in codes]
        note = "Unit limits a day for the codes with an entry. Source: CMS NCCI MUE, practitioner, 2024 Q3."
        report(f"{facts.write_units(folder / facts.UNITS, note, limits)} unit limits\n")
    if options.addons:
        relations = [(code, one) for code, one in addons.read(options.addons) if code in codes]
        note = "Add-on codes with an entry: type, and the primary codes listed for them. Source: CMS NCCI AOC, 2024 Q3."
        report(f"{facts.write_addons(folder / facts.ADDONS, note, relations)} add-on codes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
