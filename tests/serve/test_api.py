"""The interface for programs, against its own OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, settings

from tests import audits
from tests.serve.serving import CLEAN, ZHAOTONG, client, part

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis (extra `test`) is not installed")
pytest.importorskip("starlette", reason="the extra `serve` is not installed")

from govstats.serve import application  # noqa: E402
from govstats.serve.api import openapi  # noqa: E402
from govstats.serve.settings import Options  # noqa: E402


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    with client() as made:
        yield made


def test_the_document_is_what_is_served(page: Any) -> None:
    assert page.get("/api/openapi.json").json() == openapi()
    assert openapi()["info"]["version"]


def report_schema() -> dict[str, Any]:
    return {**openapi()["components"]["schemas"]["Report"], "components": openapi()["components"]}


def test_what_is_told_of_every_rule_fits_the_document() -> None:
    known = openapi()["components"]["schemas"]["Finding"]["properties"]
    for entry in [*audits.of_every_rule(), *audits.clean(), audits.unread()]:
        told = entry.to_dict()
        jsonschema.validate(told, report_schema())
        for finding in told["findings"]:
            assert set(finding) <= set(known)


def test_the_document_tells_what_does_not_fit() -> None:
    told = audits.faulty()[0].to_dict()
    told["findings"][0]["severity"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, report_schema())


def test_reports_by_http_fit_the_document(page: Any) -> None:
    answer = page.post("/api/check?lang=en", files=[part(ZHAOTONG), part(CLEAN), part("a.png", b"\x89PNG\r\n\x1a\n")])
    for told in answer.json():
        jsonschema.validate(told, report_schema())
    assert "6 relations fail" in answer.json()[0]["findings"][0]["message"]
    assert answer.json()[2]["error"]


def sendable() -> dict[str, Any]:
    """The document without the roster: what a sheet must hold no schema can say."""
    known = deepcopy(openapi())
    body = known["paths"]["/api/check"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    del body["properties"]["roster"]
    return known


schema = schemathesis.openapi.from_dict(sendable())
schema.app = application(Options(jobs=1))


@schema.parametrize()
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered_as_the_document_says(case: Any) -> None:
    checks = import_module("schemathesis.specs.openapi.checks")
    in_a_form_all_is_text = checks.negative_data_rejection
    case.call_and_validate(base_url="http://127.0.0.1", excluded_checks=[in_a_form_all_is_text])
