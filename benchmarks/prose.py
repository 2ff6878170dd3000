"""The prose of a page beside the reading of the same page: milliseconds for 5,000 characters.

The page is the shipped 宿迁 2023 sample with 5,000 characters of sentences of which no two are alike: once as dense in
figures as the five real reports that the grammar was tried on (68 in 5,000 characters), once twice as dense. It prints
how many figures and claims there are.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from itertools import product

import govstats
from govstats.model.document import Document, Paragraph
from govstats.pipeline import parse
from govstats.prose.answers import About
from govstats.prose.claims import claims
from govstats.prose.passages import prose

TURNS = 40
LENGTH = 5_000
_DENSE = 3
"""A sentence with so many digits has figures that may make each other."""
_SENTENCES = (
    "一年来，先后召开专题会议3次，研究部署重点任务，印发工作要点1份，推动公开工作落细落实，形成齐抓共管的工作格局。",
    "编发公报12期，刊载文件56份，政务微信推送信息1185条，不断拓展公开渠道，提升公开质效，满足公众多样化的信息需求。",
    "常态化开展网站和新媒体检查，全年通报4次，督促整改问题35个，关停长期不更新的账号6个，切实防范信息安全风险。",
    "严格执行公开前的保密审查制度，落实先审后发的要求，规范信息发布流程，做到公开内容依法、准确、及时、有效。",
    "充分发挥门户网站第一平台的作用，优化栏目设置，整合信息资源，完善检索功能，方便公众及时查阅和获取政府信息。",
    "组织业务培训2期，围绕条例解读、案例分析、答复规范等内容开展交流，提升队伍的专业能力和服务水平。",
    "在政务服务大厅设立公开专区11处，配备查询设备23台，为群众提供信息查询、政策咨询、申请接收等服务。",
    "健全考核评议制度，将公开工作纳入年度考核，权重不低于4%，邀请第三方开展评估，及时公布结果，推动以评促改。",
    "坚持问题导向，存在的主要问题：一是解读形式不够丰富，二是公开的时效性有待提高，三是基层力量较为薄弱。",
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
    _print_page("as dense as five real reports", 5)
    _print_page("twice as dense", 1)
    print(f"from 10^5 to 10^6 characters the time grows with the length to the power of {exponent():.2f} (linear: 1)")


def _print_page(name: str, every: int) -> None:
    sample = next(path for path in govstats.samples() if "suqian-2023" in path.name)
    told = "".join(f"<p>{text}</p>" for text in sentences(every))
    data = sample.read_text("utf-8").replace("</body>", f"{told}</body>").encode()
    report = parse("page", data)
    about = About(report.tables, report.year, report.agency)
    reading, asking = median(lambda: parse("page", data)), median(lambda: claims(prose(report.document), about))
    length = sum(len(paragraph.text) for paragraph in report.document.paragraphs)
    count = sum(len(passage.figures) for passage in prose(report.document).passages)
    print(f"{name}: {length:,} characters, {count} figures, {len(report.stated)} claims; median of {TURNS}")
    print(f"  read, locate, align   {reading:6.2f} ms")
    print(f"  claims of the prose   {asking:6.2f} ms   {asking / length * LENGTH:5.2f} for 5,000 characters (aim: 1.5)")


def sentences(every: int) -> list[str]:
    """5,000 characters of sentences, each of a place of its own; of those with claims one in `every` is taken."""
    chosen: list[str] = []
    for text in _of_places(every):
        if sum(map(len, chosen)) + len(text) > LENGTH:
            break
        chosen.append(text)
    return chosen


def _of_places(every: int) -> Iterator[str]:
    places = (f"{first}{second}{kind}" for kind, first, second in product("县区镇乡", "青白东西南北", "山水河原岭林"))
    for at, place in enumerate(places):
        text = _SENTENCES[at % len(_SENTENCES)]
        if sum(map(str.isdigit, text)) < _DENSE or (at // len(_SENTENCES)) % every == 0:
            yield place + text


def exponent() -> float:
    """How the time grows with the length of the text."""
    return math.log10(seconds(1_000_000) / seconds(100_000))


def seconds(length: int) -> float:
    """Processor time for the claims of so many characters, a paragraph a line; below the limit of figures."""
    plain = [text for text in _SENTENCES if not any(map(str.isdigit, text))]
    every = 25  # one paragraph in so many has figures: of more the rest of 10^6 characters would not be read
    texts = [plain[at % len(plain)] if at % every else _SENTENCES[9] for at in range(length // 55)]
    document = Document("text", "utf-8", tuple(Paragraph(text, line) for line, text in enumerate(texts, 1)))
    return min(_once(document) for _ in range(3))


def _once(document: Document) -> float:
    begin = time.process_time()
    claims(prose(document), About({}))
    return time.process_time() - begin


if __name__ == "__main__":
    main()
