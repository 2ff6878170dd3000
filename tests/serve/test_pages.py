"""The clerks' page, in process: what it shows, what can be taken from it, whom it refuses, and what it keeps."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any
from urllib.parse import quote

import numpy as np
import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

import govstats
from govstats.cli import _run
from govstats.corpus import entries
from govstats.corpus.engines import Limits
from govstats.errors import UsageError
from govstats.model.audits import Audited
from govstats.renderers import render
from govstats.sources import Source
from tests import audits, factory
from tests.containers import odf, sheets, word
from tests.containers.pdf import pdf
from tests.factory import document
from tests.folders import ROOT
from tests.serve.serving import CLEAN, LATER, URL, ZHAOTONG, client, part, zipped
from tests.stories import Story, story

pytest.importorskip("starlette", reason="the extra `serve` is not installed")

from govstats.serve import Bounds, Options
from govstats.serve.kept import Kept, Result
from govstats.serve.originals import originals_of

TOKEN = "a-long-enough-token"  # noqa: S105 - of the tests only
MIB = 2**20


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    with client() as made:
        yield made


@pytest.fixture(scope="module")
def narrow() -> Iterator[Any]:
    """A page with small bounds."""
    bounds = Bounds(files=3, file=MIB, upload=2 * MIB, unpacked=MIB, document=Limits(seconds=1.0, memory=2**28))
    with client(bounds=bounds) as made:
        yield made


def words(node: Any) -> str:
    return re.sub(r"\s+", " ", node.text())


def checked(page: Any, *files: Any, **fields: str) -> LexborHTMLParser:
    response = page.post("/check", files=list(files) or None, data=fields)
    assert response.status_code == 200, response.text
    return LexborHTMLParser(response.text)


def link(tree: LexborHTMLParser, ending: str) -> str:
    return next(a.attributes["href"] for a in tree.css("a") if a.attributes["href"].endswith(ending))


def test_the_first_page_has_a_form_that_works_without_script(page: Any) -> None:
    tree = LexborHTMLParser(page.get("/").text)
    form = tree.css_first("form")
    assert (form.attributes["action"], form.attributes["method"]) == ("./check", "post")
    assert form.attributes["enctype"] == "multipart/form-data"
    for field in tree.css("form input, form textarea"):
        assert tree.css_first(f"label[for={field.attributes['id']}]"), field.html


def test_a_report_with_an_error_and_one_without_are_a_red_and_a_green_card(page: Any) -> None:
    tree = checked(page, part(ZHAOTONG), part(CLEAN))
    assert words(tree.css_first(".lead")) == "核对了 2 份报告：1 份有错误，1 份没有问题。"
    red, green = tree.css("section.report")
    assert "error" in red.attributes["class"]
    assert "clean" in green.attributes["class"]
    wrong = [words(cell) for cell in red.css("article td.wrong")]
    assert [re.sub(r"\D", "", each.split("应为")[1]) for each in wrong] == ["78", "3", "81"]
    assert "没有发现问题" in words(green)


def test_each_report_is_told_as_soon_as_it_is_read(page: Any) -> None:
    lines = [words(each) for each in checked(page, part(ZHAOTONG), part(CLEAN)).css(".progress li")]
    assert "发现 1 个错误" in lines[0]
    assert "没有发现问题" in lines[1]


def test_the_corrected_copy_dropped_again_is_green(page: Any) -> None:
    tree = checked(page, part(ZHAOTONG))
    for format_ in ("docx", "xlsx", "html"):
        response = page.get(link(tree, f"/copies/0.{format_}"))
        assert "%E6%94%B9%E6%AD%A3%E7%A8%BF" in response.headers["content-disposition"]
        again = checked(page, part(f"copy.{format_}", response.content))
        assert [each.attributes["class"] for each in again.css("section.report")] == ["report clean"]


DOCUMENTS = {"r.docx": word.by_library, "r.xlsx": sheets.one_sheet, "r.odt": odf.odt}


def wrong() -> Story:
    """昭通 2021 as published: the totals row is 0."""
    return story(govstats.read(ZHAOTONG).to_dict()["tables"], "昭通市人民政府办公室2021年政府信息公开工作年度报告")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_itself_comes_back_corrected_and_dropped_again_is_green(page: Any, name: str) -> None:
    tree = checked(page, part(name, DOCUMENTS[name](wrong())))
    told = [words(each) for each in tree.css(".own li")]
    assert told == [
        f"“(七)总计”行“{column}”列：0 → {n}" for column, n in (("自然人", 78), ("商业企业", 3), ("总计", 81))
    ]
    response = page.get(link(tree, "/copies/0.own"))
    assert quote(f"r.改正稿{name[1:]}") in response.headers["content-disposition"]
    (again,) = checked(page, part(name, response.content)).css("section.report")
    # A sheet made by the factory does not say whose it is.
    assert again.attributes["class"] == ("report warning" if name == "r.xlsx" else "report clean")
    commented = page.get(link(tree, "/copies/0.comments"))
    assert quote(f"r.批注稿{name[1:]}") in commented.headers["content-disposition"]
    assert (
        govstats.read(commented.content).to_dict()["tables"]
        == govstats.read(DOCUMENTS[name](wrong())).to_dict()["tables"]
    )


def test_a_text_comes_back_with_its_list(page: Any) -> None:
    text = document(govstats.read(ZHAOTONG).to_dict()["tables"], "A1").encode("gb18030")
    tree = checked(page, part("r.txt", text))
    own = link(tree, "/copies/0.own")
    response = page.get(own)
    assert not [a for a in tree.css("a") if a.attributes["href"].endswith(".comments")], "a text has no place for them"
    assert page.get(own.replace(".own", ".comments")).status_code == 404, "and no figure is changed instead"
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        assert packed.namelist() == ["r.改正稿.txt", "r.改正稿.改动说明.txt"]
        assert govstats.check(packed.read("r.改正稿.txt")).ok


def test_a_member_of_an_archive_comes_back_and_what_cannot_be_corrected_is_not_offered(page: Any) -> None:
    packed = zipped(某局__docx=word.by_library(wrong()))
    assert govstats.check(page.get(link(checked(page, part("r.zip", packed)), "/copies/0.own")).content).ok
    tree = checked(page, part("r.pdf", pdf(wrong())))
    assert tree.css(".own") == []
    assert link(tree, "/copies/0.docx")


def test_no_more_is_kept_than_allowed() -> None:
    data = word.by_library(wrong())
    sources = [Source(f"{n}.docx", data) for n in range(3)]
    entries = [Audited(replace(govstats.read(data), path=f"{n}.docx"), govstats.check(data).findings) for n in range(3)]
    assert list(originals_of(sources, entries, 2 * len(data))) == ["0.docx", "1.docx"]


def test_the_workbook_the_page_and_the_json_are_those_of_the_command_line(page: Any) -> None:
    tree = checked(page, part(ZHAOTONG), part(CLEAN))
    expected = list(entries([Source(path.name, path.read_bytes()) for path in (ZHAOTONG, CLEAN)]))
    assert page.get(link(tree, "audit.html")).text == "".join(map(str, render("html", expected)))
    assert page.get(link(tree, "audit.json")).json() == [each.to_dict() for each in expected]
    book = openpyxl.load_workbook(io.BytesIO(page.get(link(tree, "audit.xlsx")).content))
    assert book.sheetnames[:3] == ["汇总", "问题", "报告"]


def test_a_result_can_be_looked_at_again_in_the_other_language_which_stays(page: Any) -> None:
    with client() as other:
        again = next(a for a in checked(other, part(ZHAOTONG)).css("a") if "English" in words(a)).attributes["href"]
        tree = LexborHTMLParser(other.get(again).text)
        assert words(tree.css_first(".lead")) == "1 report checked: 1 with errors."
        assert not tree.css(".progress")
        assert "Check annual reports" in other.get("/").text
        assert "核对年度报告" in other.get("/?lang=zh").text
        assert "核对年度报告" in other.get("/").text


def test_what_could_not_be_read_stands_apart_with_what_to_do(page: Any) -> None:
    tree = checked(page, part("扫描件.png", b"\x89PNG\r\n\x1a\n" + bytes(99)), part(CLEAN))
    unread = tree.css_first("[aria-labelledby=unread]")
    assert "扫描件.png" in words(unread)
    assert "怎么办" in words(unread)
    assert len(tree.css("section.report")) == 1


def test_two_years_of_one_agency_are_compared(page: Any) -> None:
    figures = factory.as_figures(factory.random_valid(np.random.default_rng(2), 0.4))
    first = factory.document(figures, title="某市教育局2022年政府信息公开工作年度报告")
    second = factory.document(figures, title="某市教育局2023年政府信息公开工作年度报告")
    found = page.post(
        "/api/check", files=[part("2022.html", first.encode()), part("2023.html", second.encode())]
    ).json()
    alone = page.post("/api/check", files=[part("2023.html", second.encode())]).json()
    expected = list(entries([Source("2022.html", first.encode()), Source("2023.html", second.encode())]))
    assert found == [each.to_dict() for each in expected]
    assert len(found[1]["findings"]) > len(alone[0]["findings"])


def test_a_roster_shows_who_is_missing(page: Any) -> None:
    sheet = "单位,上级\n宿迁市人民政府,\n宿迁市教育局,宿迁市人民政府\n".encode("gb18030")
    tree = checked(page, part(CLEAN), ("roster", ("名单.csv", sheet)))
    assert "宿迁市教育局" in words(tree.css_first("[aria-labelledby=unfiled]"))
    link = tree.css_first(".lead a[href='#unfiled']")
    assert words(link) == "1 个单位未见报告", "the way from the summary to who it is"


def test_a_roster_that_contradicts_itself_is_told(page: Any) -> None:
    response = page.post("/check", files=[part(CLEAN), ("roster", ("名单.csv", b"a,b\n1,2\n"))])
    assert response.status_code == 422
    assert "名单.csv" in response.text
    assert "Its columns are" in response.text
    endless = "单位,上级\n".encode() + b'"' + b"x" * 200_000
    assert page.post("/check", files=[part(CLEAN), ("roster", ("名单.csv", endless))]).status_code == 422


def test_a_pasted_report_is_read(page: Any) -> None:
    pasted = LATER.read_text("utf-8")
    tree = checked(page, part(CLEAN), text=pasted)
    assert len(tree.css("section.report")) == 2
    assert "粘贴的内容" in words(tree.body)


def test_what_programs_left_beside_documents_is_counted_and_not_read(page: Any) -> None:
    left = [part(name, b"\0\1") for name in ("Thumbs.db", "desktop.ini", "~$报告.docx", ".DS_Store", "._a.html")]
    tree = checked(page, part(ZHAOTONG), *left)
    assert len(tree.css(".report")) == 1
    assert "5 个程序留下的文件" in words(tree.body)
    assert "Thumbs.db×1" in words(tree.body)
    answer = page.post("/api/check", files=[part(ZHAOTONG), *left])
    assert (len(answer.json()), answer.headers["x-passed-over"]) == (1, "5")
    alone = page.post("/api/check", files=left)
    assert alone.status_code == 422
    assert "Thumbs.db" in alone.json()["error"]["zh"]


def test_a_roster_among_the_reports_is_pointed_to(page: Any) -> None:
    sheet = "单位,上级\n宿迁市人民政府,\n宿迁市教育局,宿迁市人民政府\n".encode()
    tree = checked(page, part(CLEAN), part("单位名单.csv", sheet))
    assert "“单位名单.csv”是单位名单" in words(tree.body)


def test_a_picture_is_called_what_it_is(page: Any) -> None:
    (entry,) = page.post("/api/check", files=[part("年报.jpg", b"\xff\xd8\xff\xe0" + bytes(99))]).json()
    assert "JPEG 图片" in entry["error"]


def test_an_archive_is_unpacked(page: Any) -> None:
    held = zipped(a__html=ZHAOTONG.read_bytes(), b__html=CLEAN.read_bytes(), c__exe=b"MZ")
    tree = checked(page, part("报告.zip", held))
    assert [words(each) for each in tree.css("section .path")] == ["报告.zip/a.html", "报告.zip/b.html"]


def test_the_interface_gives_what_the_command_line_gives(page: Any, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.chdir(ZHAOTONG.parent)
    _run(["check", ZHAOTONG.name, "--format", "json", "--no-cache"])
    expected = json.loads(capsys.readouterr().out)
    assert page.post("/api/check", files=[part(ZHAOTONG)]).json() == expected


def test_markup_in_names_and_reports_stays_text(page: Any) -> None:
    for attack in audits.HOSTILE:
        report = ZHAOTONG.read_text("utf-8").replace("昭通市人民政府办公室", attack.replace("<", "&lt;"))
        name = re.sub(r"[\r\n]", "", attack)
        response = page.post("/check", files=[("files", (name, report.encode("utf-8", "replace")))], data={})
        tree = LexborHTMLParser(response.text)
        assert [each.attributes["src"] for each in tree.css("script")] == [
            f"./static/{name}.js" for name in ("fold", "filters", "page")
        ]
        assert not tree.css("img, iframe, object, embed, base, style")
        for node in tree.css("*"):
            assert not [each for each in node.attributes if each.startswith("on") or each == "style"]
        assert not re.search("[\x00-\x08\x1b\u202e\ufffe]", response.text)


def test_every_answer_has_the_headers_that_keep_it_to_itself(page: Any) -> None:
    for path in ("/", "/api", "/api/openapi.json", "/static/page.css", "/healthz", "/nowhere", "/results/x", "/check"):
        headers = page.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_no_page_has_anything_inline_or_from_elsewhere(page: Any) -> None:
    texts = [page.get(path).text for path in ("/", "/api", "/nowhere")]
    texts.append(page.post("/check", files=[part(ZHAOTONG)]).text)
    for text in texts:
        assert not re.search(
            r"<style|style=|<script(?! src=\"[./]+static/(?:filters|fold|page).js\" defer></script>)", text
        )
        assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", text)
    assert not re.search(r"url\(|@import|https?:", page.get("/static/serve.css").text)


def test_other_names_for_this_machine_are_refused(page: Any) -> None:
    assert page.get("/", headers={"host": "evil.example:8765"}).status_code == 421
    assert page.get("/", headers={"host": "127.0.0.1.evil.example"}).status_code == 421
    for host in ("localhost:8765", "127.0.0.1", "[::1]:8765"):
        assert page.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site", "origin": URL},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_forms_of_other_sites_are_refused(page: Any, headers: dict[str, str]) -> None:
    for path in ("/check", "/api/check", "/token"):
        assert page.post(path, files=[part(CLEAN)], headers=headers).status_code == 403


def test_our_own_form_is_taken(page: Any) -> None:
    for headers in ({"origin": URL}, {"origin": URL, "sec-fetch-site": "same-origin"}):
        assert page.post("/api/check", files=[part(CLEAN)], headers=headers).status_code == 200


def test_without_the_token_nothing_is_shown_or_read() -> None:
    with client(host="0.0.0.0", token=TOKEN) as page:  # noqa: S104 - never bound
        for path in ("/", "/results/x", "/results/x/audit.html", "/api", "/api/openapi.json"):
            assert page.get(path).status_code == 401
        assert page.post("/api/check", files=[part(CLEAN)]).json().keys() == {"error"}
        assert page.get("/healthz").text == "ok\n"
        wrong = {"authorization": "Bearer nonsense"}
        assert page.get("/", headers=wrong).status_code == 401
        right = {"authorization": f"Bearer {TOKEN}"}
        assert page.post("/api/check", files=[part(CLEAN)], headers=right).status_code == 200
        assert page.get("/token?token=nonsense").status_code == 401
        assert page.post("/token", data={"token": "口令"}).status_code == 401


@pytest.mark.parametrize("way", ["link", "form"])
def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_can_use(way: str) -> None:
    with client(host="0.0.0.0", token=TOKEN) as page:  # noqa: S104
        response = page.get(f"/token?token={TOKEN}") if way == "link" else page.post("/token", data={"token": TOKEN})
        assert (response.status_code, response.headers["location"]) == (303, "./")
        told = response.headers["set-cookie"]
        assert "HttpOnly" in told
        assert "samesite=strict" in told.lower()
        assert TOKEN not in told
        assert page.get("/").status_code == 200


def test_who_can_be_reached_from_elsewhere_needs_a_token() -> None:
    for host, names in (("0.0.0.0", ()), ("::", ()), ("192.168.1.5", ()), ("127.0.0.1", ("office.example",))):  # noqa: S104
        with pytest.raises(UsageError, match="--token"):
            Options(host, names=names).checked()
        assert Options(host, TOKEN, names).checked()
    for host in ("127.0.0.1", "127.8.8.8", "::1", "localhost"):
        assert Options(host).checked()
    with pytest.raises(UsageError, match="16"):
        Options("0.0.0.0", "short").checked()  # noqa: S104


def test_the_command_says_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["serve", "--host", "0.0.0.0"]) == 2  # noqa: S104
    assert "--token" in capsys.readouterr().err


def test_too_many_files_are_refused_in_both_languages(narrow: Any) -> None:
    for answer in (
        narrow.post("/check", files=[part(f"{n}.html", b"x") for n in range(4)]),
        narrow.post("/check", files=[part(f"{n}.html", b"x") for n in range(40)]),
    ):
        assert answer.status_code == 413
        assert "一次最多核对 3 份文件" in answer.text
        assert "At most 3 files" in answer.text
    many = zipped(**{f"{n}__html": b"x" for n in range(9)})
    assert "一次最多核对 3 份文件" in narrow.post("/check", files=[part("a.zip", many)]).text
    assert narrow.post("/api/check", files=[part("a.zip", many)]).status_code == 413


def test_too_large_files_are_refused(narrow: Any) -> None:
    one = narrow.post("/check", files=[part("大.html", bytes(MIB + 1))])
    assert one.status_code == 413
    assert "“大.html”不能超过 1 MB" in one.text
    assert narrow.post("/api/check", files=[part(f"{n}.html", bytes(MIB)) for n in range(3)]).status_code == 413
    assert "合计不能超过 2 MB" in narrow.post("/check", files=[part(f"{n}.html", bytes(MIB)) for n in range(4)]).text
    assert narrow.post("/token", data={"token": "x" * 3 * MIB}).status_code == 413


def test_a_body_that_does_not_say_its_length_is_counted(narrow: Any) -> None:
    def endless() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        for _ in range(8):
            yield bytes(MIB)

    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert narrow.post("/api/check", content=endless(), headers=kind).status_code == 413


def test_a_bomb_costs_itself_only(narrow: Any) -> None:
    bomb = zipped(a__html=bytes(30 * MIB))
    assert "bomb.zip/a.html" in narrow.post("/check", files=[part("bomb.zip", bomb)]).text
    assert narrow.post("/api/check", files=[part(CLEAN)]).json()[0]["findings"] == []


def test_what_is_no_form_is_refused(page: Any) -> None:
    assert page.post("/api/check", content=b"{}", headers={"content-type": "application/json"}).status_code == 415
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert page.post("/api/check", content=b"nonsense", headers=kind).status_code == 400
    assert page.post("/api/check", content=b"x", headers={"content-type": "multipart/form-data"}).status_code == 400
    assert page.post("/api/check", data={"text": "  "}, files={"files": ("", b"")}).status_code == 422
    assert page.post("/api/check", files=[("other", ("a", b"x"))]).status_code == 422
    assert page.get("/check").status_code == 405
    assert set(page.get("/api/nothing").json()["error"]) == {"zh", "en"}


def test_results_are_dropped_after_a_while_and_when_there_are_too_many() -> None:
    now = [0.0]
    kept = Kept(Bounds(kept_seconds=10.0, kept_results=2, kept_bytes=100), lambda: now[0])
    kept.put("a", Result((), 10))
    assert kept.get("a")
    now[0] = 11.0
    assert kept.get("a") is None
    for name in "bcd":
        kept.put(name, Result((), 10))
    assert [kept.get(name) is not None for name in "bcd"] == [False, True, True]
    kept.put("e", Result((), 95))
    assert [kept.get(name) is not None for name in "cde"] == [False, False, True]
    kept.put("f", Result((), 101))
    assert kept.get("f") is None


def test_a_result_that_is_gone_says_so(page: Any) -> None:
    tree = checked(page, part(CLEAN))
    base = link(tree, "audit.html").rpartition("/")[0]
    for path in ("/results/nothing", f"{base}/audit.exe", f"{base}/copies/7.docx", f"{base}/copies/0.exe"):
        answer = page.get(path)
        assert answer.status_code == 404
        assert "重新核对一次" in answer.text
        assert "Audit the reports again" in answer.text


def test_an_audit_that_takes_too_long_is_ended_and_told() -> None:
    with client(bounds=Bounds(seconds=0.0)) as page:
        answer = page.post("/check", files=[part(CLEAN)])
        assert "没有核对完" in answer.text
        assert "Not done after" in answer.text
        assert page.post("/api/check", files=[part(CLEAN)]).status_code == 503


def test_findings_of_every_rule_can_be_shown_in_both_languages() -> None:
    from govstats.serve.pages import View

    every = (*audits.of_every_rule(), *audits.hostile(), audits.unread())
    for lang in ("zh", "en"):
        text = "".join(View(lang, Bounds()).result(Result(tuple(every)), "x"))
        assert not re.search(r"\bNone\b|\bnan\b|Text\(", LexborHTMLParser(text).body.text())


def test_the_files_of_the_page_are_ours_alone(page: Any) -> None:
    assert page.get("/static/page.js").headers["content-type"].startswith("text/javascript")
    tag = page.get("/static/page.css").headers["etag"]
    assert page.get("/static/page.css", headers={"if-none-match": tag}).status_code == 304
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/", "/static/card.html.jinja"):
        assert page.get(path).status_code == 404


def test_the_docs_name_every_option_and_the_bounds_in_force() -> None:
    text = (ROOT / "docs" / "serve.md").read_text("utf-8")
    command = import_module("govstats.cli.serve").serve
    for option in (name for parameter in command.params for name in parameter.opts):
        assert f"`{option}" in text
    bounds = Bounds()
    for told in (
        f"{bounds.files} |",
        f"{bounds.file // MIB} MB |",
        f"{bounds.upload // MIB} MB，解压后 unpacked {bounds.unpacked // MIB} MB",
        f"{bounds.seconds:g} s |",
        f"{bounds.document.seconds:g} s，{bounds.document.memory // MIB} MB",
        f"{bounds.at_once}，另有 {bounds.waiting} 个排队",
        f"{bounds.kept_seconds / 60:g} 分钟后，或超过 {bounds.kept_results} 份、{bounds.kept_bytes // MIB} MB",
    ):
        assert told in text
    assert bounds.seconds == bounds.upload_seconds
