"""Every rule has its file, its check, and examples that do what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from govstats import checks, comparison
from govstats.catalog.rules import Example, get_rule, known_rules, load_rule, matching
from govstats.display.books.examples import example_findings
from govstats.errors import CatalogError, UsageError

EXAMPLES = [
    pytest.param(code, example, fails, id=f"{code}-{'fail' if fails else 'pass'}-{number}")
    for code, rule in known_rules().items()
    for fails, examples in ((False, rule.examples.passes), (True, rule.examples.fails))
    for number, example in enumerate(examples)
]


@pytest.mark.parametrize(("code", "example", "fails"), EXAMPLES)
def test_an_example_does_what_it_says(code: str, example: Example, fails: bool) -> None:
    found = example_findings(example)
    assert (code in {each.rule for each in found}) == fails, [str(each) for each in found]


@pytest.mark.parametrize(("code", "example", "fails"), [each for each in EXAMPLES if each.values[2]])
def test_messages_are_whole_in_both_languages(code: str, example: Example, fails: bool) -> None:
    for finding in example_findings(example):
        for text in (finding.message, finding.hint):
            assert text.zh
            assert text.en
            assert "{" not in text.zh + text.en
            assert not any("一" <= character <= "鿿" for character in text.en.split("“")[0])


def test_every_rule_is_applied_by_one_check_and_every_check_has_its_rules() -> None:
    applied = [code for check in checks.known_checks() for code in check.RULES]
    applied += comparison.RULES
    assert sorted(applied) == sorted(known_rules())


def test_rules_are_found_by_code_by_name_and_by_beginning() -> None:
    assert get_rule("t304") is get_rule("total-not-filled")
    assert matching(("T",)) == {"T301", "T302", "T303", "T304", "T305"}
    assert matching(("C10", "carry-balance")) >= {"C101", "B201"}


def test_an_unknown_rule_is_an_error_that_says_where_to_look() -> None:
    with pytest.raises(UsageError, match="Z999"):
        matching(("Z999",))


def test_a_faulty_rule_file_is_named_with_its_field(tmp_path: Path) -> None:
    path = tmp_path / "X100-thing.yaml"
    path.write_text("code: X100\nname: thing\nseverity: terrible\n", "utf-8")
    with pytest.raises(CatalogError, match=r"severity: .*terrible") as raised:
        load_rule(path)
    assert str(path) in str(raised.value)
