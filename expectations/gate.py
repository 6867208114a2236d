"""The gate before publication: Great Expectations over every table, with Data Docs.

Rules on the tables gate; the catalogue's results stand in the same Data Docs and never do.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from expectations.catalogue import Catalogue, load_catalogue
from expectations.suites.data_docs import make_offline
from expectations.suites.front_page import SuiteLine, write_front_page
from expectations.suites.rules import load_rules

CATALOGUE_SUITE = "检查目录"


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate found.

    success: nothing that gates failed. failures: what did, in Chinese. watched: rules that failed without gating.
    check_failures: reports failing each check of the catalogue, as Great Expectations counted them. evaluated:
    expectations evaluated. data_docs_path: the page to open.
    """

    success: bool
    failures: tuple[str, ...]
    watched: tuple[str, ...]
    check_failures: Mapping[str, int]
    evaluated: int
    data_docs_path: Path


def run_gate(
    warehouse: Path | str | duckdb.DuckDBPyConnection,
    docs_dir: Path | str,
    catalogue: Catalogue | None = None,
) -> GateResult:
    """Check every table of the warehouse and write Data Docs to docs_dir (replaced whole).

    warehouse: a file nobody has open for writing, or an open connection of this process. A rule that cannot be
    evaluated fails.
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    catalogue = catalogue or load_catalogue()
    docs_dir = Path(docs_dir)
    docs_dir.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{docs_dir.name}-", dir=docs_dir.parent))
    try:
        with _address(warehouse) as address, warnings.catch_warnings():
            for noise in ("Did not recognize type", "`schema_name` is deprecated"):
                warnings.filterwarnings("ignore", message=noise)
            results = _run_checkpoint(address, fresh, catalogue)
        outcome = _judged(results, docs_dir)
        make_offline(fresh)
        _write_front_page(fresh, results, outcome, catalogue)
        fresh.chmod(0o755)
        shutil.rmtree(docs_dir, ignore_errors=True)
        fresh.replace(docs_dir)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return outcome


def _write_front_page(
    folder: Path, results: list[tuple[str, Any]], outcome: GateResult, catalogue: Catalogue
) -> None:
    evaluated = Counter(suite for suite, _ in results)
    failed = Counter(suite for suite, result in results if not result.success)
    lines = [SuiteLine(suite, count, failed[suite]) for suite, count in evaluated.items()]
    checks = {check.id: (check.title, outcome.check_failures.get(check.id, 0)) for check in catalogue}
    write_front_page(folder, lines, outcome.failures, outcome.watched, checks)


@contextmanager
def _address(warehouse: Path | str | duckdb.DuckDBPyConnection) -> Iterator[str]:
    from expectations import duckdb_dialect

    duckdb_dialect.register()
    is_open = isinstance(warehouse, duckdb.DuckDBPyConnection)
    con = warehouse if is_open else duckdb.connect(str(warehouse), read_only=True)
    name = duckdb_dialect.lend(con)
    try:
        yield f"{duckdb_dialect.NAME}:///{name}"
    finally:
        duckdb_dialect.take_back(name)
        if not is_open:
            con.close()


def _run_checkpoint(address: str, docs_dir: Path, catalogue: Catalogue) -> list[tuple[str, Any]]:
    """Every expectation's result with its table (or CATALOGUE_SUITE)."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from sqlalchemy.pool import StaticPool

    from expectations.suites.compiled import expectation_of, expectations_of

    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    context.add_data_docs_site(
        "local",
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs_dir)},
        },
    )
    engine: dict[str, Any] = {"poolclass": StaticPool, "pool_reset_on_return": None}
    source = context.data_sources.add_sql(
        "warehouse", connection_string=address, create_temp_table=False, kwargs=engine
    )
    suites = {table: [expectation_of(rule) for rule in rules] for table, rules in load_rules().items()}
    tables = {table: table for table in suites} | {CATALOGUE_SUITE: "judge.check_results"}
    suites[CATALOGUE_SUITE] = expectations_of(catalogue)
    validations = []
    for name, expectations in suites.items():
        schema, _, table = tables[name].partition(".")
        asset = source.add_table_asset(name, table_name=table, schema_name=schema)
        suite = context.suites.add(gx.ExpectationSuite(name=name, expectations=expectations))
        batch = asset.add_batch_definition_whole_table(name)
        validations.append(
            context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=suite))
        )
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name="gate",
            validation_definitions=validations,
            result_format={"result_format": "SUMMARY"},
        )
    )
    outcome = checkpoint.run()
    context.build_data_docs(
        site_names=["local"]
    )  # once: as an action it would rebuild the site for every table
    return [(run.suite_name, result) for run in outcome.run_results.values() for result in run.results]


def _judged(results: list[tuple[str, Any]], docs_dir: Path) -> GateResult:
    failures: list[str] = []
    watched: list[str] = []
    check_failures: dict[str, int] = {}
    for suite, result in results:
        meta = result.expectation_config.meta or {}
        count = _unexpected(result)
        if suite == CATALOGUE_SUITE:
            check_failures[meta["check_id"]] = count or 0
        elif not result.success:
            found = "无法检验" if count is None else f"{count} 行不符"
            (failures if meta.get("gates", True) else watched).append(
                f"表 {suite}：{meta.get('words', '')}，{found}"
            )
    return GateResult(
        success=not failures,
        failures=tuple(sorted(failures)),
        watched=tuple(sorted(watched)),
        check_failures=check_failures,
        evaluated=len(results),
        data_docs_path=docs_dir / "index.html",
    )


def _unexpected(result: Any) -> int | None:
    """Rows that broke the expectation; None where it could not be evaluated."""
    if result.exception_info and result.exception_info.get("raised_exception"):
        return None
    found = result.result or {}
    count = found.get("unexpected_count", found.get("observed_value"))
    return int(count) if isinstance(count, int | float) else None
