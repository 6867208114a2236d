"""What a data engineer may set, from the environment. Each setting is explained in docs/settings.md."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from variables with the prefix JIXIAO_ (JIXIAO_WORKERS=4); a command's own options come first."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_", frozen=True, extra="ignore")

    home: Path = Path("jixiao-home")
    """Folder of everything a run keeps: archive, warehouse, decisions, published."""
    workers: int = Field(default=0, ge=0)
    """Reading processes at a time; 0 takes one a core."""
    batch_files: int = Field(default=50, ge=1)
    """Files a batch at most: one batch is one Prefect task and one folder of Parquet."""
    extract_retries: int = Field(default=1, ge=0)
    """How often a batch is tried again when its task fails (never because of a bad file)."""
    task_runner: str = "threads"
    """Where batches run: `threads` (this machine), `dask:ADDRESS` or `ray:ADDRESS` (needs PREFECT_API_URL)."""
    timezone: str = "Asia/Shanghai"
    """Clock of deadlines, of `received_at` and of the schedules."""
    min_free_mb: int = Field(default=500, ge=0)
    """Free disk space below which a run does not begin to write."""
    calendar: Path = Path("deploy/calendar.yaml")
    """Reporting window, deadline, and the dates that letters name."""
    roster: Path | None = None
    """Roster of the units expected (CSV or xlsx), where the command names none."""
    approved_budgets: Path | None = None
    """Approved budgets and adjustments (CSV or xlsx), where the command names none; docs/handed-in.md."""
    approved_targets: Path | None = None
    """Approved performance targets (CSV or xlsx), where the command names none."""
    final_accounts: Path | None = None
    """Final accounts (CSV or xlsx), where the command names none."""
    last_year: Path | None = None
    """Last year's warehouse or snapshot (DuckDB), or a table of its indicators (CSV or xlsx)."""
    checks: Path | None = None
    """Which checks and profiles are switched off or weigh otherwise (YAML), else the home's `checks.yaml`."""
    limits: dict[str, float] = {}
    """Bounds of reading that differ from the defaults, as JSON: `{"seconds": 30}`; names in docs/settings.md."""
    server_wait_seconds: int = Field(default=90, ge=5)
    """How long to wait for Prefect's embedded server to come up."""

    @property
    def worker_count(self) -> int:
        """Reading processes in all, at least one."""
        return self.workers or len(os.sched_getaffinity(0))

    @property
    def clock(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.timezone)

    def today(self) -> date:
        """The day by the clock."""
        return datetime.now(self.clock).date()
