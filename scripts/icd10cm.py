"""Makes src/fhir/terminology/icd10cmCategories.ts of ICD-10-CM's tabular list, which CMS and the CDC publish without copyright.

    pip install simple-icd-10-cm==1.5.0    # MIT; it has the list of April 2026 as the CDC publishes it
    python3 scripts/icd10cm.py

For a newer list: a newer version of the package, and its date below.
"""

import importlib.resources
import pathlib
import xml.etree.ElementTree as ET

EDITION = "April 2026"
TABULAR = "icd10c-tabular-April-1-2026.xml"
TARGET = pathlib.Path("src/fhir/terminology/icd10cmCategories.ts")
# A manifestation is never coded without the disease that it belongs to.
MANIFESTATION = "classified elsewhere"


def by_letter(categories):
    letters = {}
    for category in sorted(categories):
        letters.setdefault(category[0], []).append(category[1:])
    return letters


def table(name, docstring, categories):
    rows = "".join(f"  {letter}: '{''.join(rest)}',\n" for letter, rest in by_letter(categories).items())
    return f"/** {docstring} */\nexport const {name}: Readonly<Record<string, string>> = {{\n{rows}}};\n"


def is_divided(category):
    return category.find("diag") is not None or category.find("sevenChrDef") is not None


source = importlib.resources.files("simple_icd_10_cm") / "data" / TABULAR
categories = [d for d in ET.fromstring(source.read_bytes()).iter("diag") if len(d.find("name").text) == 3]
divided = [c.find("name").text for c in categories if is_divided(c)]
whole = [c.find("name").text for c in categories if not is_divided(c) and MANIFESTATION not in c.find("desc").text]
TARGET.write_text(
    "// Made by scripts/icd10cm.py from the tabular list of ICD-10-CM (CMS and CDC, public domain); do not edit.\n"
    + table("DIVIDED", f"Categories of ICD-10-CM, {EDITION}, that are codes only with what follows the dot: by letter, two characters each.", divided)
    + "\n"
    + table("WHOLE", "Categories that are codes by themselves, but for manifestations, which are never coded alone.", whole)
)
print(f"{len(divided)} divided, {len(whole)} whole")
