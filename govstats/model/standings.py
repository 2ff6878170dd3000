"""How a document stands once it is checked: one word for each case, the same in every output."""

from __future__ import annotations

from govstats.lang import Text

ERROR, WARNING, INFO, KNOWN, UNVERIFIED, CLEAN = "error", "warning", "info", "known", "unverified", "clean"
UNREAD, UNFILED = "unread", "unfiled"
STANDINGS = {
    ERROR: Text("有错误", "with errors"),
    WARNING: Text("有警告", "with warnings"),
    INFO: Text("有提示", "with infos"),
    KNOWN: Text("只有已知的问题", "known findings only"),
    UNVERIFIED: Text("没有全部核对", "not fully verified"),
    CLEAN: Text("没有问题", "clean"),
    UNREAD: Text("没有读成", "not read"),
    UNFILED: Text("未见报告", "not filed"),
}
"""Of a document that was read: the gravest severity of its findings; without any, whether a baseline knows some, and
whether all relations of its tables were verified and hold (the rules in use may be a selection). `unread`: it is there,
and nothing of it could be read, as a damaged file or a scan. `unfiled`: an agency on the roster, no document of which
is there."""
FILES_NOT_READ = Text("没有读成的文件", "Files not read")
UNREAD_HEAD = Text("没有读成的文件（{n}）", "Files not read ({n})")
UNFILED_HEAD = Text("未见报告的单位（{n}）", "Not filed ({n})")
UNMATCHED_HEAD = Text("有文件、对不上的单位（{n}）", "A file is there that does not say so ({n})")
