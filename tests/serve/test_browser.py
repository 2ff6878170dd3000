"""The clerks' page in a browser: drop, look, take the mended copy; hostile uploads; who cannot see or use a mouse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import govstats
from tests.conftest import SHARED
from tests.containers.word import by_library
from tests.serve.serving import CLEAN, LATER, ZHAOTONG, server, zipped
from tests.stories import story

pytest.importorskip("starlette", reason="the extra `serve` is not installed")
pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")

SERIOUS = {"serious", "critical"}
NARROW, WIDE = 390, 1280


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(tmp_path_factory.mktemp("spool"), "--jobs", "2") as (found, _):
        yield found


@pytest.fixture
def visit(browser: Any, url: str) -> Iterator[Any]:
    """The first page in a tab of its own; anything on its console fails the test, as does a request elsewhere."""
    contexts, told = [], []

    def visited(path: str = "/", **options: Any) -> Any:
        context = browser.new_context(accept_downloads=True, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: told.append(message.text) if "status of 4" not in message.text else None)
        tab.on("pageerror", lambda error: told.append(str(error)))
        tab.on("request", lambda request: None if request.url.startswith(url) else told.append(request.url))
        tab.goto(url + path)
        return tab

    yield visited
    for context in contexts:
        context.close()
    assert not told


def drop(tab: Any, files: dict[str, bytes]) -> None:
    """Files dragged onto the page."""
    held = tab.evaluate_handle(
        """files => { const held = new DataTransfer();
        for (const [name, text] of files) {
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          held.items.add(new File([bytes], name));
        } return held }""",
        [[name, _base64(content)] for name, content in files.items()],
    )
    tab.dispatch_event("#drop", "dragover", {"dataTransfer": held})
    assert "over" in tab.get_attribute("#drop", "class")
    tab.dispatch_event("#drop", "drop", {"dataTransfer": held})
    assert tab.locator("#chosen li").count() == len(files)


def _base64(content: bytes) -> str:
    from base64 import b64encode

    return b64encode(content).decode()


def check(tab: Any, files: dict[str, bytes]) -> None:
    """Files dropped, and what came of them."""
    drop(tab, files)
    tab.click("button[type=submit]")
    tab.wait_for_selector(".done, .stopped", timeout=60_000)
    tab.wait_for_load_state()


def alive(tab: Any, url: str) -> None:
    """The page still checks a report."""
    tab.goto(url)
    check(tab, {"clean.html": CLEAN.read_bytes()})
    assert tab.locator("section.report.clean").count() == 1


def broken_report() -> Path:
    """昭通 2021 as published, where it lies beside the project; else the shipped page of the same figures."""
    return next((SHARED / "seeds").glob("003_*.txt"), ZHAOTONG)


def test_drop_a_wrong_report_and_a_right_one_and_mend_it(visit: Any, url: str, tmp_path: Path) -> None:
    tab = visit()
    source = broken_report()
    check(tab, {source.name: source.read_bytes(), CLEAN.name: CLEAN.read_bytes()})
    red, green = tab.locator("section.report.error"), tab.locator("section.report.clean")
    assert (red.count(), green.count()) == (1, 1)
    error, good = ("161, 18, 18", "23, 96, 47")
    for card, colour in ((red, error), (green, good)):
        assert colour in card.evaluate("card => getComputedStyle(card).borderTopColor")
    marked = tab.locator("article:has-text('T304') td.wrong i").all_inner_texts()
    assert [re.sub(r"\D", "", each) for each in marked] == ["78", "3", "81"]
    assert tab.url.startswith(f"{url}/results/")
    assert not tab.is_visible(".progress")
    with tab.expect_download() as download:
        tab.locator("a[href$='0.docx']").click()
    copy = tmp_path / "copy.docx"
    download.value.save_as(copy)
    assert "改正稿" in download.value.suggested_filename
    tab.goto(url)
    check(tab, {"改正稿.docx": copy.read_bytes()})
    assert tab.locator("section.report.clean").count() == 1
    assert tab.locator("section.report.error").count() == 0


def test_drop_a_word_file_take_it_back_and_drop_it_again(visit: Any, url: str, tmp_path: Path) -> None:
    tab = visit()
    told = story(govstats.read(ZHAOTONG).to_dict()["tables"], "昭通市人民政府办公室2021年政府信息公开工作年度报告")
    check(tab, {"年报.docx": by_library(told)})
    card = tab.locator(".own")
    assert "您自己的文件，改好 3 格，其余照旧" in card.inner_text()
    assert "改动是修订，逐处接受或拒绝即可" in card.inner_text()
    assert card.locator("li").all_inner_texts()[0] == "“(七)总计”行“自然人”列：0 → 78"
    with tab.expect_download() as download:
        card.locator("a[href$='0.own']").click()
    assert download.value.suggested_filename == "年报.改正稿.docx"
    download.value.save_as(tmp_path / "copy.docx")
    tab.goto(url)
    check(tab, {"年报.改正稿.docx": (tmp_path / "copy.docx").read_bytes()})
    assert tab.locator("section.report.clean").count() == 1
    assert tab.locator("section.report.error").count() == 0


def test_without_script_files_can_be_chosen_and_text_pasted(visit: Any) -> None:
    tab = visit(java_script_enabled=False)
    tab.set_input_files("#files", [str(ZHAOTONG), str(CLEAN)])
    tab.fill("#text", LATER.read_text("utf-8"))
    tab.click("button[type=submit]")
    tab.wait_for_selector(".done")
    assert tab.locator("section.report").count() == 3
    assert not tab.is_visible(".progress")


def test_a_table_from_word_or_a_web_page_can_be_pasted(visit: Any) -> None:
    tab = visit()
    tab.evaluate(
        """html => { const held = new DataTransfer(); held.setData("text/html", html); held.setData("text/plain", "x");
        document.getElementById("text").dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true })) }""",
        ZHAOTONG.read_text("utf-8"),
    )
    assert "粘贴的表格" in tab.inner_text("#chosen")
    tab.click("button[type=submit]")
    tab.wait_for_selector(".done")
    assert tab.locator("td.wrong").count() >= 3


def test_with_the_keyboard_alone(visit: Any) -> None:
    tab = visit()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    seen = []
    for _ in range(12):
        tab.keyboard.press("Tab")
        seen.append(tab.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert [each for each in seen if each in {"files", "text", "开始核对"}] == ["files", "text", "开始核对"]
    tab.focus("#text")
    tab.keyboard.insert_text(LATER.read_text("utf-8"))
    tab.focus("button[type=submit]")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".done")
    assert tab.locator("section.report.clean").count() == 1


def test_nothing_chosen_and_too_much_are_told_before_anything_is_sent(visit: Any, url: str) -> None:
    tab = visit()
    tab.click("button[type=submit]")
    assert "请先选择文件" in tab.inner_text("#state")
    drop(tab, {f"{n}.html": b"x" for n in range(1001)})
    assert "一次最多 1000 份" in tab.inner_text("#state")
    tab.click("button[type=submit]")
    assert tab.url == f"{url}/"
    tab.click("#clear")
    assert tab.locator("#chosen li").count() == 0


def test_a_hostile_agency_and_name_do_nothing(visit: Any, url: str) -> None:
    attack = "&lt;script&gt;document.title='owned'&lt;/script&gt;市教育局"
    report = ZHAOTONG.read_text("utf-8").replace("昭通市人民政府办公室", attack)
    tab = visit()
    check(tab, {"<img src=x onerror=document.title='owned'>.html": report.encode()})
    assert tab.title() == "核对结果"
    assert tab.evaluate("document.images.length") == 0
    alive(tab, url)


def test_a_zip_bomb_is_told_and_the_page_lives(visit: Any, url: str) -> None:
    tab = visit()
    check(tab, {"bomb.zip": zipped(a__html=bytes(60 * 2**20), b__html=CLEAN.read_bytes())})
    assert "bomb.zip/a.html" in tab.inner_text("[aria-labelledby=unread]")
    assert tab.locator("section.report.clean").count() == 1
    alive(tab, url)


def test_a_page_of_100_000_tags_is_told_and_the_page_lives(visit: Any, url: str) -> None:
    tab = visit()
    tags = b"<b>" * 100_000 + "政府信息公开工作年度报告".encode()
    check(tab, {"tags.html": tags, "clean.html": CLEAN.read_bytes()})
    assert "tags.html" in tab.inner_text("main")
    assert tab.locator("section.report.clean").count() == 1
    alive(tab, url)


def test_300_files_at_once(visit: Any, url: str) -> None:
    tab = visit()
    check(tab, {f"{n}.html": (ZHAOTONG if n % 3 == 0 else CLEAN).read_bytes() + b"<!--%d-->" % n for n in range(300)})
    assert "核对了 300 份报告" in tab.inner_text(".lead")
    assert tab.locator("section.report").count() == 300
    alive(tab, url)


def test_a_roster_tells_who_is_missing(visit: Any) -> None:
    tab = visit()
    tab.click("summary")
    sheet = {
        "name": "名单.csv",
        "mimeType": "text/csv",
        "buffer": "单位,上级\n宿迁市人民政府,\n宿迁市教育局,宿迁市人民政府\n".encode(),
    }
    tab.set_input_files("#roster", sheet)
    check(tab, {"a.html": CLEAN.read_bytes()})
    assert "宿迁市教育局" in tab.inner_text("[aria-labelledby=unfiled]")


def sent(tab: Any) -> None:
    """A page with cards of all kinds."""
    files = {"a.html": ZHAOTONG.read_bytes(), "b.html": CLEAN.read_bytes(), "c.txt": LATER.read_bytes()}
    wrong = ZHAOTONG.read_text("utf-8").replace("2021", "2022").replace(">78<", ">77<", 1)
    check(tab, {**files, "d.html": wrong.encode(), "扫描件.png": b"\x89PNG\r\n\x1a\n" + bytes(64)})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_nobody_is_shut_out(visit: Any, width: int, scheme: str) -> None:
    """axe-core finds no serious fault on any page, and no page moves sideways."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python (extra `test`) is not installed")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")
    for path in ("/", "/?lang=en", "/api", "/nowhere", "results"):
        tab = visit("/" if path == "results" else path, viewport={"width": width, "height": 900}, color_scheme=scheme)
        if path == "results":
            sent(tab)
            tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert tab.evaluate("document.documentElement.scrollWidth") == width, path
        tab.evaluate(script)
        found = json.loads(tab.evaluate("axe.run().then((found) => JSON.stringify(found.violations))"))
        serious = {
            each["id"]: [node["html"] for node in each["nodes"]][:3] for each in found if each["impact"] in SERIOUS
        }
        assert not serious, path


def test_on_paper_there_are_only_the_reports(visit: Any) -> None:
    tab = visit()
    sent(tab)
    tab.emulate_media(media="print")
    assert not tab.is_visible("nav")
    assert not tab.locator(".actions:visible").count()
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.evaluate("[...document.querySelectorAll('details')].every(each => each.open)")
