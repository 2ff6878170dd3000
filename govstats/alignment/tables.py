"""Document → its Tables, each aligned with the form that it follows, and the words by which the form was known."""

from __future__ import annotations

from functools import lru_cache

from govstats.alignment.align import align
from govstats.alignment.detect import detect
from govstats.alignment.locate import locate
from govstats.alignment.plans import Found, Plans
from govstats.alignment.printedrow import printed_rows
from govstats.alignment.shapes import names_of, shape
from govstats.catalog.formats import known_formats
from govstats.model.document import Document
from govstats.model.forms import TableForm

Forms = tuple[TableForm, ...]


def read_tables(document: Document) -> Found:
    """All tables of a document. Documents of one shape are aligned twice; those after them follow its plan."""
    forms = tuple([form for known in known_formats().values() for form in known.tables.values()])
    shaped, plans = shape(document, _names(forms)), _plans(forms)
    plan = plans.find(shaped) if shaped else None
    if plan is not None and shaped is not None:
        return plan.found(shaped)
    found, by_shape = aligned(document)
    if shaped and by_shape:
        plans.learn(shaped, found)
    return found


def aligned(document: Document) -> tuple[Found, bool]:
    """All tables of a document, without a plan; and whether nothing but its shape decided."""
    printed = printed_rows(document)
    detected = detect([row for rows in printed for row in rows], known_formats().values())
    regions = locate(printed, [each.form for each in detected.values()])
    order = sorted(regions, key=lambda name: regions[name][0].place)
    tables = {name: align(regions[name], detected[name].rivals) for name in order}
    found = Found({name: each.table for name, each in tables.items()}, detected)
    return found, all(each.by_shape for each in tables.values())


@lru_cache(maxsize=4)
def _names(forms: Forms) -> frozenset[str]:
    return names_of(forms)


@lru_cache(maxsize=4)
def _plans(_: Forms) -> Plans:
    return Plans()
