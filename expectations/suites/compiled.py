"""Rules and catalogue as Great Expectations expectations. Imports Great Expectations: only inside the gate."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from great_expectations.expectations.row_conditions import Column

from expectations.catalogue import Catalogue
from expectations.suites.rules import Rule

# Great Expectations builds these classes at run time; a type checker sees none of their fields.
gxe: Any = import_module("great_expectations.expectations")


def expectation_of(rule: Rule) -> Any:
    """The expectation that says a rule. Great Expectations' severity critical stands for what gates."""
    common: dict[str, Any] = {
        "severity": "critical" if rule.gates else "warning",
        "description": rule.words,
        "meta": {"words": rule.words, "gates": rule.gates},
    }
    match rule.kind:
        case "unique" if len(rule.columns) == 1:
            return gxe.ExpectColumnValuesToBeUnique(column=rule.columns[0], **common)
        case "unique":
            return gxe.ExpectCompoundColumnsToBeUnique(column_list=list(rule.columns), **common)
        case "not_null":
            return gxe.ExpectColumnValuesToNotBeNull(column=rule.columns[0], **common)
        case "values":
            return gxe.ExpectColumnValuesToBeInSet(
                column=rule.columns[0], value_set=list(rule.values), **common
            )
        case "between":
            return gxe.ExpectColumnValuesToBeBetween(
                column=rule.columns[0], min_value=rule.low, max_value=rule.high, **common
            )
        case _:
            return gxe.UnexpectedRowsExpectation(unexpected_rows_query=rule.query, **common)


def expectations_of(catalogue: Catalogue) -> list[Any]:
    """One expectation a check over judge.check_results: no report fails it. Shown, never gating."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="answer",
            value_set=["pass", "not_applicable"],
            row_condition=Column("check_id") == check.id,
            severity="info",
            description=f"{check.id} {check.title}",
            meta={
                "check_id": check.id,
                "severity": check.severity,
                "class": check.klass,
                "basis": check.basis,
            },
        )
        for check in catalogue
    ]
