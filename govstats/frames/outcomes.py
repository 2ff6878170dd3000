"""Table → DataFrame of what each of its relations came to."""

from __future__ import annotations

import pandas as pd

from govstats.lang import speaking
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.table import Table
from govstats.model.wording import evidence_of, line_name, relation_text


def outcomes_frame(table: Table, lang: str | None = None) -> pd.DataFrame:
    """A relation a row: rule, line, relation (in words), left, right (Float64), outcome."""
    outcomes = evaluate(table.form, table.values[None], table.states[None])[0]
    rows = []
    with speaking(lang):
        for number, relation in enumerate(table.form.relations):
            evidence = evidence_of(table, number)
            told = str(relation_text(table.form, evidence))
            outcome = Outcome(int(outcomes[number])).name.lower()
            line = str(line_name(table.form, number))
            rows.append((relation.rule, line, told, evidence.left, evidence.right, outcome))
    names = ["rule", "line", "relation", "left", "right", "outcome"]
    return pd.DataFrame(rows, columns=names).astype({"left": "Float64", "right": "Float64"})
