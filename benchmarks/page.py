"""The page of 10,000 findings in a headless Chromium: its size, its first paint, and what a filter takes.

A filter's time is from the click (or, of words, from when the page has waited for the last key) to the next frame that
is drawn; the page is left alone for a second first, as by a reader, but for the filter "at once". The middle of some
turns; the page of each turn is opened anew.

    python benchmarks/page.py [N]
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from govstats.renderers import render
from tests import audits

TURNS = 5
_LOOKS = 1000
"""Milliseconds in which a reader looks at the page."""
_PAINT = """async () => {
  const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
  while (!painted()) await new Promise((done) => setTimeout(done, 5));
  return painted().startTime / 1000;
}"""
_TAKES = """async (act) => {
  const form = document.getElementById("filters"), begun = performance.now();
  new Function("form", act)(form);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  return (performance.now() - begun) / 1000;
}"""
_APPLIED = 'form.dispatchEvent(new Event("submit", { cancelable: true }));'
"""What the page does once it has waited 120 ms for the last key."""
FILTERS = {
    "only with errors": 'document.querySelector("[data-standing=error]").click();',
    "all again": 'document.querySelector("[data-standing=error]").click();',
    "one rule": 'document.querySelector("[data-rule=T301]").click();',
    "two words": f'form.elements.rule.value = ""; form.elements.text.value = "自然人 总计"; {_APPLIED}',
    "two other words": f'form.elements.text.value = "自然人 上年结转"; {_APPLIED}',
    "one agency": f'form.elements.text.value = ""; form.elements.agency.value = "第77局"; {_APPLIED}',
    "one severity": f'form.elements.agency.value = ""; form.elements.severity[0].checked = false; {_APPLIED}',
}


def turn(browser: Any, page: Path) -> dict[str, float]:
    """Seconds of each thing, of two openings."""
    tab = _opened(browser, page)
    taken = {"two words, at once": tab.evaluate(_TAKES, FILTERS["two words"])}
    tab.close()
    tab = _opened(browser, page)
    taken["first paint"] = tab.evaluate(_PAINT)
    taken["ready"] = tab.evaluate("performance.getEntriesByType('navigation')[0].domComplete / 1000")
    tab.wait_for_timeout(_LOOKS)
    for name, act in FILTERS.items():
        taken[name] = tab.evaluate(_TAKES, act)
    tab.close()
    return taken


def _opened(browser: Any, page: Path) -> Any:
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(page.as_uri())
    tab.wait_for_function("() => document.readyState === 'complete' && !document.getElementById('filters').hidden")
    return tab


def main() -> None:
    """Print the size, and a line for each thing."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("there is no Chromium here")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        page = Path(folder) / "audit.html"
        page.write_text("".join(map(str, render("html", audits.many(count)))), "utf-8")
        print(f"{count:,} findings: {page.stat().st_size / 1e6:.2f} MB (aim: 5)")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        turns = [turn(browser, page) for _ in range(TURNS)]
        browser.close()
    for name in turns[0]:
        took = sorted(each[name] for each in turns)
        print(f"{name:28} {statistics.median(took):6.3f} s ({took[0]:.3f} to {took[-1]:.3f})")
    print("aims: first paint 1 s, a filter 0.2 s")


if __name__ == "__main__":
    main()
