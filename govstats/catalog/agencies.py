"""schemas/agencies.yaml → Agencies: how one body is called in different reports, and what became of it."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from govstats.catalog import resources
from govstats.catalog.yamlfiles import BothSpec, Spec, load_yaml, rejected

_Words = Annotated[str, Field(min_length=2)]


class Short(Spec):
    """An abbreviation that can mean nothing else."""

    short: _Words
    full: _Words


class Renaming(Spec):
    """Bodies that were renamed, or made into one, from the reports of a year on."""

    old: tuple[_Words, ...] = Field(min_length=1)
    new: _Words
    since: int
    basis: _Words = Field(description="the decision that it rests on")


class Body(Spec):
    """A kind of body, by how the names of such bodies end."""

    body: Literal["government", "office", "department", "town", "street", "vertical", "zone", "institution"]
    name: _Words = Field(description="regular expression, looked for in the name")


class Otherwise(Spec):
    """Bodies whose report on disclosure follows another rule: the tables of the forms are not asked of them."""

    says: _Words = Field(description="regular expression, looked for in the opening of the report")
    name: _Words = Field(description="regular expression, looked for in the name; a name that is not known fits too")
    basis: BothSpec = Field(description="the rule that it follows")


class Agencies(Spec):
    """The file schemas/agencies.yaml."""

    short: tuple[Short, ...]
    renamed: tuple[Renaming, ...]
    bodies: tuple[Body, ...] = Field(description="the first that fits a name tells what the agency is")
    otherwise: tuple[Otherwise, ...] = Field((), description="the first that fits tells by which other rule it reports")
    ambiguous: tuple[_Words, ...] = Field(description="places of which there are several; alone they name nobody")


@cache
def agencies() -> Agencies:
    """The file, checked. Raises CatalogError."""
    path = resources.schemas() / "agencies.yaml"
    try:
        return Agencies.model_validate(load_yaml(path))
    except ValidationError as error:
        raise rejected(path, error) from error
