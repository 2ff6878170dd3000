"""The prose of a page beside the reading of the same page: milliseconds for 5,000 characters.

The page is the shipped 宿迁 2023 sample with 5,000 characters of sentences, as dense in figures as real reports are.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import govstats
from govstats.pipeline import parse
from govstats.prose.cells import About
from govstats.prose.claims import claims

TURNS = 40
LENGTH = 5_000
_SENTENCES = (
    "2023年，全市共收办政府信息公开申请3607件，其中自然人申请3493件，法人或其他组织申请114件，均在法定期限内办理。",
    "主动公开政府信息5230条，其中：财政预决算120条、重大项目85条、民生领域325条、其他4700条。",
    "坚持以公开为常态、不公开为例外，围绕优化营商环境、乡村振兴、生态环境保护等重点领域，及时发布解读，回应社会关切。",
    "收到建议提案46件，办结46件，办结率100%；其中主办件20件，占43.48%。",
    "加强组织领导，完善工作机制，压实各部门责任，推动政务公开工作有力有序开展，切实保障公众的知情权、参与权和监督权。",
    "进一步规范政府信息公开申请的接收、登记、审核、办理、答复、归档等环节，加强与申请人的沟通，提高答复质量。",
)


def median(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    times = []
    for _ in range(TURNS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return sorted(times)[TURNS // 2] * 1e3


def main() -> None:
    """Print both."""
    sample = next(path for path in govstats.samples() if "suqian-2023" in path.name)
    paragraphs = [_SENTENCES[at % len(_SENTENCES)] for at in range(LENGTH // 50)]
    while sum(map(len, paragraphs)) > LENGTH:
        paragraphs.pop()
    prose = "".join(f"<p>{text}</p>" for text in paragraphs)
    data = sample.read_text("utf-8").replace("</body>", f"{prose}</body>").encode()
    report = parse("page", data)
    about = About(report.tables, report.year, report.agency)
    reading, asking = median(lambda: parse("page", data)), median(lambda: claims(report.document, about))
    length = sum(len(paragraph.text) for paragraph in report.document.paragraphs)
    print(f"{length:,} characters of prose, {len(report.stated)} claims; median of {TURNS}")
    print(f"read, locate, align   {reading:6.2f} ms")
    print(f"claims of the prose   {asking:6.2f} ms   {asking / length * LENGTH:5.2f} for 5,000 characters (aim: 1.5)")


if __name__ == "__main__":
    main()
