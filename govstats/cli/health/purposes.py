"""Library → what govstats needs it for, and the module that it is imported by."""

from __future__ import annotations

from typing import NamedTuple

from govstats.lang import Text


class Purpose(NamedTuple):
    """`module` is what is imported; `readers` are those that do not work without it."""

    text: Text
    module: str
    readers: tuple[str, ...] = ()


PURPOSES = {
    "click": Purpose(Text("命令行", "the command line"), "click"),
    "fsspec": Purpose(Text("网址、对象存储", "URLs and object stores"), "fsspec"),
    "jinja2": Purpose(Text("网页输出", "the page of an audit"), "jinja2"),
    "loky": Purpose(Text("多进程读取", "worker processes"), "loky"),
    "lxml": Purpose(
        Text("Word、OpenDocument、Excel、畸形网页", "Word, OpenDocument, Excel, broken pages"),
        "lxml.etree",
        ("docx", "odt", "excel", "html", "mhtml", "jsonpage"),
    ),
    "markupsafe": Purpose(Text("网页输出", "the page of an audit"), "markupsafe"),
    "numpy": Purpose(Text("勾稽关系的计算", "the relations"), "numpy"),
    "olefile": Purpose(Text("旧版 Word、Excel、WPS", "old Word, Excel and WPS files"), "olefile", ("doc", "excel")),
    "opencc": Purpose(Text("繁体转简体", "Traditional to Simplified"), "opencc"),
    "openpyxl": Purpose(Text("写建议表、改正稿", "proposals and corrected workbooks"), "openpyxl"),
    "packaging": Purpose(Text("govstats doctor 比较版本", "versions in govstats doctor"), "packaging"),
    "pandas": Purpose(Text("DataFrame", "DataFrames"), "pandas"),
    "pandera": Purpose(Text("govstats schema、df.gov.check", "govstats schema, df.gov.check"), "pandera"),
    "pdfplumber": Purpose(Text("PDF（疑难页）", "PDF (hard pages)"), "pdfplumber", ("pdf",)),
    "platformdirs": Purpose(Text("缓存文件夹", "the cache folder"), "platformdirs"),
    "pyarrow": Purpose(Text("Parquet", "Parquet"), "pyarrow.parquet"),
    "pydantic": Purpose(Text("规则、格式、配置的校验", "rules, forms and settings"), "pydantic"),
    "pypdfium2": Purpose(Text("PDF", "PDF"), "pypdfium2", ("pdf",)),
    "python-calamine": Purpose(Text("读 Excel", "reading Excel"), "python_calamine", ("excel",)),
    "python-docx": Purpose(Text("写 .docx", "writing .docx"), "docx"),
    "PyYAML": Purpose(Text("规则和格式的文件", "the files of rules and forms"), "yaml"),
    "rich": Purpose(Text("终端里的表格", "tables at a terminal"), "rich"),
    "scipy": Purpose(Text("许多空白、许多错格的推断", "what many blanks or wrong cells can be"), "scipy.optimize"),
    "tinycss2": Purpose(Text("网页的样式", "styles of web pages"), "tinycss2", ("html", "mhtml", "jsonpage")),
    "selectolax": Purpose(Text("网页", "web pages"), "selectolax.lexbor", ("html", "mhtml", "jsonpage")),
    "xlsxwriter": Purpose(Text("写核对结果的工作簿", "the workbook of an audit"), "xlsxwriter"),
}
"""Of every library that setup.cfg requires."""

EXTRAS = {
    "duckdb": Text("govstats panel -o x.duckdb、docs/queries.md 的查询", "govstats panel -o x.duckdb, queries"),
    "dask": Text("govstats check --engine dask：许多机器", "govstats check --engine dask: many machines"),
    "ocr": Text(
        "识别扫描件、照片和图片（.pdf .png .jpg .tif .bmp .webp）",
        "recognising scans, photographs and pictures (.pdf .png .jpg .tif .bmp .webp)",
    ),
    "plot": Text("govstats.plots：画图", "govstats.plots: plots"),
    "notebook": Text("notebooks/ 里的笔记本", "the notebooks"),
    "serve": Text("govstats serve：网页服务", "govstats serve: the clerks' page"),
    "docs": Text("生成文档（make docs）", "building the docs (make docs)"),
    "fuzz": Text("模糊测试（make fuzz）", "fuzzing (make fuzz)"),
    "test": Text("运行测试（make test）", "running the tests (make test)"),
}
"""Extra → what it brings. One that setup.cfg does not have is not told."""
