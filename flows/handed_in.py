"""The files handed in beside the submissions: named by option, by setting, or laid into the home."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path

from flows.calendar import calendar_file
from flows.errors import WrongUsageError
from flows.home import Home
from flows.settings import Settings
from flows.versions import file_digest

TITLES = {
    "roster": "名册",
    "approved_budgets": "批复预算",
    "approved_targets": "批复绩效目标",
    "final_accounts": "部门决算",
    "last_year": "上年数据",
    "checks": "检查配置",
    "calendar": "报送日历",
}
ROSTER_NAMES = ("roster", "名册", "单位名册")
TABLE_ENDINGS = (".csv", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The files of one run. roster and the tables: csv or xlsx; last_year also a DuckDB file; checks, calendar: YAML.

    None: none was named; a roster or table taken over earlier stays in force.
    """

    roster: Path | None = None
    approved_budgets: Path | None = None
    approved_targets: Path | None = None
    final_accounts: Path | None = None
    last_year: Path | None = None
    checks: Path | None = None
    calendar: Path | None = None

    @property
    def named(self) -> dict[str, Path]:
        """Kind -> file, of those that are there."""
        return {kind: path for kind, path in asdict(self).items() if path is not None}

    def digests(self) -> dict[str, str]:
        """Kind -> digest of the file's content. Raises WrongUsageError for a file that is not there."""
        found = {}
        for kind, path in self.named.items():
            try:
                found[kind] = file_digest(path)
            except OSError as error:
                raise WrongUsageError(
                    f"{TITLES[kind]}文件 {path} 无法读取：{error.strerror or error}"
                ) from error
        return found

    def completed(self, home: Home, settings: Settings) -> HandedIn:
        """The same with what the settings name, else what lies in the home's inputs/, where nothing was named."""
        found = {
            field.name: getattr(self, field.name)
            or getattr(settings, field.name)
            or laid_into(home, field.name)
            for field in fields(self)
            if field.name != "calendar"
        }
        calendar = self.calendar or calendar_file(settings.calendar)
        return HandedIn(**found, calendar=calendar if self.calendar or calendar.exists() else None)


def laid_into(home: Home, kind: str) -> Path | None:
    """The file of a kind in the home: `checks.yaml`, or a table in inputs/ under one of its names.

    Raises WrongUsageError when several could be meant.
    """
    if kind == "checks":
        return home.checks if home.checks.exists() else None
    if not home.inputs.is_dir():
        return None
    found = sorted(
        path
        for path in home.inputs.iterdir()
        if path.is_file() and path.stem.lower() in _names(kind) and path.suffix.lower() in _endings(kind)
    )
    if len(found) > 1:
        shown = "、".join(path.name for path in found)
        raise WrongUsageError(f"{home.inputs} 中有多个{TITLES[kind]}文件（{shown}），请只保留一个")
    return found[0] if found else None


def _names(kind: str) -> tuple[str, ...]:
    if kind == "roster":
        return ROSTER_NAMES
    from warehouse.handed_in.kinds import handed_in_words

    return handed_in_words().kinds[kind].file_names


def _endings(kind: str) -> tuple[str, ...]:
    return (*TABLE_ENDINGS, ".duckdb") if kind == "last_year" else TABLE_ENDINGS
