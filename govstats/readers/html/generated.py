"""What a page's style writes before and behind elements (`content`) → text in the tree's cells.

What nobody can tell (a counter, a picture, a letter of a font of pictures, what floats) is a THING.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborNode

from govstats.readers.html.markup import BREAK
from govstats.readers.html.style import Effects, declared, effects, important, pressing
from govstats.text.labels import has_han
from govstats.text.unseen import THING

PARTS = ("before", "after")
_PART = re.compile(r"::?(before|after)\s*$", re.IGNORECASE)
WRITES = re.compile(
    rb"""(?<![-\w])content\s*:\s*(?:"(?=[^"]*[^\s".])|'(?=[^']*[^\s'.])|(?!none|normal|in|un|rev)[a-z-])""",
    re.IGNORECASE,
)
"""A style writes something: neither nothing nor a dot, by which blocks are made to hold what floats in them."""
_OF_FONTS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_TELLING = re.compile(r"[^\W_]|[-+−－＋—–./％%()（）]")
"""Letters, digits, and signs that belong to figures."""
_NOTHING = {"none", "normal"}
_IN_LINE = {"inline", "inline-block", "inline-flex", "contents", "initial", "unset", "revert"}
_ADRIFT = {"position": {"absolute", "fixed"}, "float": {"left", "right"}}
_WITHOUT_PARTS = {"img", "input", "br", "hr", "select", "textarea", "col"}
_Content = tuple[tuple[str, str], ...]


def part_of(selector: str) -> tuple[str, str]:
    """`td::before` → `td` and `before`; the selector and nothing where it means a whole element."""
    match = _PART.search(selector)
    return (selector[: match.start()] or "*", match[1].lower()) if match else (selector, "")


@lru_cache(maxsize=1024)
def effects_of(part: str, declarations: str) -> Effects:
    """The declarations of a rule for a part → what they do, each under the part's name."""
    return _under(part, declared(declarations), effects(declarations))


@lru_cache(maxsize=1024)
def pressing_of(part: str, declarations: str) -> Effects:
    """What those of them do that count more than any other."""
    return _under(part, important(declarations), pressing(declarations)) if "!" in declarations else {}


def _under(part: str, read: dict[str, str], does: Effects) -> Effects:
    found: Effects = dict(does)
    if "content" in read:
        found["content"] = _content(read["content"])
    if "display" in read:
        found["apart"] = read["display"] not in _IN_LINE
    found.update({f"adrift {name}": read[name] in values for name, values in _ADRIFT.items() if name in read})
    return {f"{part} {effect}": does for effect, does in found.items()}


def _content(value: str) -> _Content:
    """The pieces of what is written: `text`, the name of an `attribute`, or a `thing`."""
    import tinycss2

    pieces: list[tuple[str, str]] = []
    for node in tinycss2.parse_component_value_list(value, skip_comments=True):
        if node.type == "literal" and node.value == "/":  # Behind it stands what is read aloud.
            break
        if node.type == "string":
            pieces.append(("text", node.value))
        elif node.type == "function" and node.lower_name == "attr":
            pieces.append(("attribute", tinycss2.serialize(node.arguments).strip()))
        elif not (node.type == "whitespace" or (node.type == "ident" and node.lower_value in _NOTHING)):
            pieces.append(("thing", ""))
    return tuple(pieces)


def writes(does: Effects) -> bool:
    """Is anything written in an element of which this is said?"""
    return any(does.get(f"{part} content") for part in PARTS)


def said_of(does: Effects, part: str) -> Effects:
    """Of what is said of an element, that which is said of a part of it."""
    return {name.removeprefix(f"{part} "): told for name, told in does.items() if name.startswith(f"{part} ")}


def text_of(node: LexborNode, cell: LexborNode, said: Effects) -> str:
    """What is written there; empty if nothing is, or only what adorns a text that is there."""
    if not said.get("content") or node.tag in _WITHOUT_PARTS:
        return ""
    text = _OF_FONTS.sub(THING, "".join(_piece(node.attributes, *each) for each in said["content"]))
    beside = cell.text().strip()
    if not text.strip() or (beside and not _TELLING.search(text) and (THING not in text or has_han(beside))):
        return ""
    if any(said.get(f"adrift {name}") for name in _ADRIFT):
        return "" if has_han(beside) else THING
    return f"{BREAK}{text}{BREAK}" if said.get("apart") or said.get("raised") else text


def _piece(attributes: dict[str, Any], kind: str, value: str) -> str:
    if kind == "attribute":
        return attributes.get(value) or ""
    return value if kind == "text" else THING


def write(node: LexborNode, part: str, text: str) -> None:
    """Put a text at the beginning of an element, or at its end."""
    first = node.first_child
    if part == "before" and first is not None:
        first.insert_before(text)
    else:
        node.insert_child(text)
