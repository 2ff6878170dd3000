"""The page: what it says, that nothing in it can act, and how it looks and works in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from govstats.catalog.rules import known_rules
from govstats.cli import _run
from govstats.display.look import Look
from govstats.model.audits import Entry
from govstats.renderers import render
from govstats.renderers._spool import Levels
from tests import audits

CONTRAST = 4.5
LEAST_WIDTH = 390
MOST_BYTES = 5_000_000


def page(entries: list[Entry] | Iterator[Entry], lang: str = "zh") -> str:
    return "".join(map(str, render("html", entries, Look(lang=lang))))


def parsed(entries: list[Entry], lang: str = "zh") -> LexborHTMLParser:
    return LexborHTMLParser(page(entries, lang))


def words(node: Any) -> str:
    return re.sub(r"\s+", " ", node.text())


def test_every_report_stands_where_it_belongs() -> None:
    tree = parsed(audits.audit())
    parts = {part.attributes["aria-labelledby"]: part for part in tree.css("section.part")}
    assert len(parts["findings"].css("section.report")) == len(audits.faulty())
    assert len(parts["clean"].css("li")) == len(audits.clean())
    assert "扫描件.png" in words(parts["unread"])
    assert "请提供文字版" in words(parts["unread"])
    assert "不能说明数字无误" in words(parts["unverified"])


def test_a_finding_has_its_table_with_marks_the_proposal_and_what_to_do() -> None:
    tree = parsed([audits.faulty()[0]])
    finding = next(each for each in tree.css("article.finding") if "T304" in words(each))
    marked = finding.css("td.wrong")
    assert marked
    assert all("✗" in words(cell) and "应为" in words(cell) for cell in marked)
    assert "印作 0，应为" in words(finding)
    assert "不成立的勾稽关系" in words(finding)
    assert "≠" in words(finding)
    assert "怎么改" in words(finding)
    assert all(header.attributes.get("scope") for header in tree.css("th"))


def test_what_may_be_wrong_is_not_called_wrong() -> None:
    entry = next(each for each in audits.faulty() if any(f.ties and not f.certain_cells for f in each.findings))
    finding = next(f for f in entry.findings if f.ties and not f.certain_cells)
    tree = parsed([replace(entry, findings=(finding,))])
    assert not tree.css("td.wrong")
    assert all("或应为" in words(cell) for cell in tree.css("td.maybe"))
    assert tree.css("td.maybe")
    assert "不能断定是哪一种" in words(tree.body)


def test_a_claim_stands_in_its_sentence_with_its_figures_marked() -> None:
    tree = parsed([audits.faulty()[0]])
    quote = next(each for each in tree.css("blockquote") if "通知公告" in words(each))
    assert [words(mark) for mark in quote.css("mark")] == ["12条", "8条", "5条", "4条"]


def test_whole_tables_are_folded() -> None:
    tree = parsed([audits.faulty()[0]])
    folded = tree.css("details")
    assert "open" not in folded[0].attributes
    assert any("收到和处理" in words(each.css_first("summary")) for each in folded)
    applications = next(each for each in folded if "收到和处理" in words(each))
    assert applications.css("td.wrong")
    assert len(applications.css("tbody tr")) > 25


def test_in_english_all_of_ours_is_english() -> None:
    text = page([audits.faulty()[1], *audits.clean(), audits.unread()], "en")
    tree = LexborHTMLParser(text)
    assert tree.css_first("html").attributes["lang"] == "en"
    for node in tree.css("[lang=zh-CN], .path, td, style, script, option, datalist"):
        node.decompose()
    ours = re.sub(r"[“‘].*?[”’]|国办公开办函〔\d+〕\d+号", "", words(tree.body))
    assert not re.search(r"[\u4e00-\u9fff]{3,}", ours), re.findall(r"[\u4e00-\u9fff].{0,20}", ours)[:5]


def test_the_same_audit_is_the_same_page() -> None:
    assert page(audits.audit()) == page(audits.audit())


def test_nothing_of_a_hostile_document_becomes_markup() -> None:
    tree = parsed(list(audits.hostile()))
    assert len(tree.css("script")) == 1
    assert not tree.css("img, iframe, object, embed, link, base")
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")]
    text = words(tree.body)
    assert '<script>document.title="owned"</script>' in text
    assert "{{ 7*7 }}" in text
    assert not re.search("[\x00-\x08\x1b\u202e\ufffe]", page(list(audits.hostile())))


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    text = page(audits.audit())
    assert "default-src 'none'" in text
    assert not re.search(r"""(?:src|href)=["']?[^"'#]|https?://""", text.split("</head>")[1])
    assert not re.search(r"url\(|@import", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_findings_of_every_rule_can_be_shown(lang: str) -> None:
    entries = list(audits.of_every_rule())
    tree = parsed(entries, lang)
    shown = [(words(each.css_first("a")), words(each)) for each in tree.css("article.finding")]
    assert len(shown) == sum(len(entry.findings) for entry in entries)
    assert {rule for rule, _ in shown} == set(known_rules())
    assert not re.search(r"None|nan|Text\(", " ".join(text for _, text in shown))
    assert words(tree.css_first("#unfiled"))
    assert tree.css_first("li.unfiled article")


def test_an_empty_audit_is_a_page_too() -> None:
    tree = parsed([])
    assert "核对了 0 份报告" in words(tree.body)
    assert not tree.css("section.part")


def test_levels_take_the_richest_that_fits() -> None:
    def chosen(room: int, pieces: int = 4) -> list[int]:
        with Levels(3, room) as levels:
            for _ in range(pieces):
                for at in reversed(levels.wanted):
                    levels.add(at, "政" * (at + 1))
            return levels.chosen()

    assert chosen(36) == [2] * 4
    assert chosen(35) == [2, 2, 2, 1]
    assert chosen(24) == [1] * 4
    assert chosen(15) == [1, 0, 0, 0]
    assert chosen(1) == [0] * 4


def test_ten_thousand_findings_stay_below_5_mb_and_what_is_left_out_is_said() -> None:
    text = page(audits.many(10_000))
    assert len(text.encode()) < MOST_BYTES
    assert text.count('class="finding') >= 10_000
    assert "份报告只列了" in text


def test_the_ending_of_the_file_chooses_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "audit.html"
    assert _run(["check", "--samples", "-o", str(target), "--lang", "en"]) == 1
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert not capsys.readouterr().out


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Entries → the page of them in the browser; errors on its console fail the test, as does any request."""
    contexts, told = [], []

    def shown(entries: list[Entry] | Iterator[Entry], lang: str = "zh", **options: Any) -> Any:
        target = tmp_path / "audit.html"
        target.write_text(page(entries, lang), "utf-8", newline="\n")
        context = browser.new_context(**options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: told.append(message.text))
        tab.on("pageerror", lambda error: told.append(str(error)))
        tab.on("request", lambda request: told.append(request.url) if request.url != target.as_uri() else None)
        tab.goto(target.as_uri())
        return tab

    yield shown
    for context in contexts:
        context.close()
    assert not told


def settled(tab: Any) -> None:
    """Until a filter has been applied and painted."""
    tab.wait_for_timeout(150)
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def visible(tab: Any, selector: str) -> int:
    count: int = tab.evaluate(
        "selector => [...document.querySelectorAll(selector)].filter(e => !e.closest('[hidden]')).length", selector
    )
    return count


def test_filters_narrow_what_is_shown_and_let_go_of_it(show: Any) -> None:
    tab = show(audits.audit())
    everything = visible(tab, ".finding"), visible(tab, ".report")
    tab.select_option("[name=rule]", "T304")
    settled(tab)
    assert visible(tab, ".finding") == sum(f.rule == "T304" for e in audits.faulty() for f in e.findings)
    assert visible(tab, "#clean") == 0
    assert "1 项、1 个问题" in tab.inner_text("output")
    tab.click("button[type=reset]")
    settled(tab)
    assert (visible(tab, ".finding"), visible(tab, ".report")) == everything
    tab.uncheck("[value=error]")
    tab.uncheck("[value=warning]")
    settled(tab)
    assert visible(tab, ".finding") == visible(tab, ".finding.info") > 0
    tab.click("button[type=reset]")
    tab.fill("[name=agency]", "宿迁")
    settled(tab)
    assert visible(tab, ".report") == len(audits.clean())
    tab.fill("[name=agency]", "")
    tab.fill("[name=text]", "约3 T303")
    settled(tab)
    assert visible(tab, ".finding") == 0
    assert "没有符合条件" in tab.inner_text("output")
    tab.fill("[name=text]", "约3")
    settled(tab)
    assert visible(tab, ".finding") >= len(audits.faulty())


def test_filters_work_with_the_keyboard_alone(show: Any) -> None:
    tab = show(audits.audit())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.name") == "text":
            break
    tab.keyboard.type("没有这样的字")
    settled(tab)
    assert visible(tab, ".report") == 0


def test_without_script_everything_is_shown_and_no_filter(show: Any) -> None:
    tab = show(audits.audit(), java_script_enabled=False)
    assert not tab.is_visible("form")
    assert all(each.is_visible() for each in tab.query_selector_all(".report"))


def test_marked_cells_have_an_outline_and_a_sign(show: Any) -> None:
    tab = show(audits.audit())
    for kind, sign, style in (("wrong", "✗", "solid"), ("maybe", "？", "dashed"), ("about", "●", "solid")):
        cell = tab.locator(f"article td.{kind}").first
        assert sign in cell.inner_text()
        drawn = cell.evaluate("cell => { const s = getComputedStyle(cell); return [s.outlineStyle, s.outlineWidth] }")
        assert drawn[0] == style
        assert float(drawn[1].removesuffix("px")) >= 2


_CONTRASTS = """() => {
  const colour = (text) => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n };
  const light = (c) => [0, 1, 2].map(i => c[i] / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (e) => { for (; e; e = e.parentElement) { const c = colour(getComputedStyle(e).backgroundColor);
    if (c[3] === 1) return c } return [255, 255, 255, 1] };
  const poor = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node; node = walker.nextNode();) {
    const e = node.parentElement;
    if (!node.textContent.trim() || e.closest('script, datalist')) continue;
    seen++;
    const style = getComputedStyle(e), a = light(colour(style.color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < %s || style.opacity !== '1') poor[e.tagName + '.' + e.className] = [ratio, e.textContent.slice(0, 20)];
  }
  return [seen, poor];
}""".replace("%s", str(CONTRAST))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(show: Any, scheme: str) -> None:
    tab = show([*audits.audit(), *audits.of_every_rule()], color_scheme=scheme)
    seen, poor = tab.evaluate(_CONTRASTS)
    assert seen > 500
    assert not poor
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground))) < 3 * 128) == (scheme == "dark")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_telephone_the_page_does_not_move_sideways(show: Any, lang: str) -> None:
    entries = [*audits.audit(), *audits.of_every_rule(), *audits.hostile(), audits.unread("x" * 300 + ".html")]
    tab = show(entries, lang, viewport={"width": LEAST_WIDTH, "height": 800})
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") == LEAST_WIDTH
    outside = tab.evaluate(
        "width => [...document.querySelectorAll('main *')].filter(e => !e.closest('.box') && "
        "e.getBoundingClientRect().right > width).map(e => e.outerHTML.slice(0, 80))",
        LEAST_WIDTH,
    )
    assert not outside


def test_a_hostile_agency_does_nothing(show: Any) -> None:
    tab = show(audits.hostile())
    settled(tab)
    assert tab.title() == "年度报告核对结果"
    assert tab.evaluate("document.images.length") == 0


def test_on_paper_filters_are_gone_and_tables_are_open(show: Any) -> None:
    tab = show(audits.audit())
    tab.emulate_media(media="print")
    assert not tab.is_visible("form")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.evaluate("[...document.querySelectorAll('details')].every(each => each.open)")
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not tab.evaluate("[...document.querySelectorAll('main .report details')].some(each => each.open)")


def test_the_counts_are_filters_and_cards_can_be_folded(show: Any) -> None:
    tab = show(audits.audit())
    shown = visible(tab, ".report")
    tab.click("[data-standing=error]")
    assert 0 < visible(tab, ".report") < shown
    assert visible(tab, ".report") == visible(tab, "section.report.error")
    tab.click("[data-standing=error]")
    assert visible(tab, ".report") == shown
    assert tab.is_visible("#r1 .finding")
    tab.click("[data-fold]")
    assert not any(each.is_visible() for each in tab.locator("section.report .finding").all())
    tab.click(".jumps a")
    assert tab.is_visible("#r1 .finding")
    assert not tab.is_visible("#r2 .finding")


def test_the_worst_report_stands_first() -> None:
    tree = parsed(audits.audit())
    cards = [each.attributes["id"] for each in tree.css("section.report")]
    assert cards == [f"r{number}" for number in range(1, len(cards) + 1)]
    errors = [len(each.css(".finding.error")) for each in tree.css("section.report")]
    assert errors == sorted(errors, reverse=True)


def test_ten_thousand_findings_load_and_filter(show: Any) -> None:
    tab = show(audits.many(10_000))
    tab.fill("[name=text]", "第77局")
    settled(tab)
    assert visible(tab, ".report") == 1
