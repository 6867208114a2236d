"""The `jixiao` command. Exit status: 0 done (bad files are results), 1 the run failed, 2 wrong usage.

Only typer is imported at the start: what a command needs is imported when it is called.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="jixiao",
    help="部门整体支出绩效自评：读取、检查、评分、汇总。 Yearly run over performance self-evaluations.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="数据目录，默认 $JIXIAO_HOME 或 ./jixiao-home", show_default=False),
]
YearOption = Annotated[
    int | None, typer.Option("--year", min=1990, max=2100, help="只评价这一年度，默认收到的全部年度")
]
RosterOption = Annotated[
    Path | None, typer.Option("--roster", exists=True, dir_okay=False, help="应报送单位名册（csv 或 xlsx）")
]
BudgetsOption = Annotated[
    Path | None,
    typer.Option("--approved-budgets", exists=True, dir_okay=False, help="批复的预算及调整（csv 或 xlsx）"),
]
TargetsOption = Annotated[
    Path | None,
    typer.Option("--approved-targets", exists=True, dir_okay=False, help="批复的绩效目标（csv 或 xlsx）"),
]
AccountsOption = Annotated[
    Path | None,
    typer.Option("--final-accounts", exists=True, dir_okay=False, help="部门决算（csv 或 xlsx）"),
]
LastYearOption = Annotated[
    Path | None,
    typer.Option(
        "--last-year",
        exists=True,
        dir_okay=False,
        help="上年数据：上年的 warehouse.duckdb、review.duckdb，或指标表（csv 或 xlsx）",
    ),
]
ChecksOption = Annotated[
    Path | None,
    typer.Option(
        "--checks",
        exists=True,
        dir_okay=False,
        help="停用或调整检查的配置（yaml），默认数据目录下的 checks.yaml",
    ),
]
CalendarOption = Annotated[
    Path | None, typer.Option("--calendar", help="报送日历（yaml）：报送期、更正期限、催报日")
]
DateOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="以这一天计算期限，默认今天（北京时间）"),
]
WorkersOption = Annotated[int, typer.Option("--workers", min=0, help="同时读取的进程数，0 为每核一个")]
CsvOption = Annotated[bool, typer.Option("--csv", help="输出 CSV")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]


@app.command()
def run(
    inbox: Annotated[str, typer.Option("--inbox", help="收件目录，或任何 fsspec 地址")],
    home: HomeOption = None,
    year: YearOption = None,
    roster: RosterOption = None,
    approved_budgets: BudgetsOption = None,
    approved_targets: TargetsOption = None,
    final_accounts: AccountsOption = None,
    last_year: LastYearOption = None,
    checks: ChecksOption = None,
    calendar: CalendarOption = None,
    as_of: DateOption = None,
    workers: WorkersOption = 0,
) -> None:
    """从收件目录到问题清单和汇总表。 The whole job, from the inbox to queue and rollup.

    附表也可放在数据目录的 inputs/ 下，每次运行自动使用；格式见 docs/handed-in.md。
    Tables may also be laid into the home's inputs/; formats: docs/handed-in.md.
    """
    from flows.handed_in import HandedIn
    from flows.run import carry_out

    handed_in = HandedIn(
        roster, approved_budgets, approved_targets, final_accounts, last_year, checks, calendar
    )
    carry_out(inbox, home, year, handed_in, as_of.date() if as_of else None, workers)


@app.command()
def demo(
    home: HomeOption = None,
    folder: Annotated[Path, typer.Option("--folder", help="样例材料写到哪里")] = Path("inbox/demo"),
    count: Annotated[int, typer.Option("--count", min=2, help="大约多少个文件")] = 60,
    seed: Annotated[int, typer.Option("--seed", help="同一个数给出同样的材料")] = 1,
    workers: WorkersOption = 0,
) -> None:
    """生成多种格式的样例材料并运行。 Makes sample submissions in many formats, then runs the job."""
    from flows.demo import carry_out

    carry_out(home, folder, count, seed, workers)


@app.command()
def serve(
    inbox: Annotated[str, typer.Option("--inbox", help="收件目录，或任何 fsspec 地址")],
    home: HomeOption = None,
    calendar: CalendarOption = None,
    roster: RosterOption = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Prefect 页面的端口")] = 4200,
    host: Annotated[str, typer.Option("--host", help="Prefect 页面的地址，容器内用 0.0.0.0")] = "127.0.0.1",
) -> None:
    """按日历定时运行，并提供 Prefect 页面。 The schedules, served on this machine, with Prefect's UI."""
    from flows.serving import serve_schedules

    serve_schedules(inbox, home, calendar, roster, port, host)


@app.command()
def status(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """上次运行、收件和问题概况。 The last runs, what came in, what is open."""
    from flows.desk.status import tell

    tell(home, as_json)


@app.command()
def queue(
    home: HomeOption = None,
    severity: Annotated[
        str | None,
        typer.Option("--severity", help="blocker major minor query info，或退回级 重大 一般 询问 提示"),
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="单位名称或其中一部分")] = None,
    check: Annotated[str | None, typer.Option("--check", help="检查编号，如 FUN-04")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多几行")] = 50,
    as_csv: CsvOption = False,
    as_json: JsonOption = False,
) -> None:
    """待复核的问题，重要的在前。 What waits for a reviewer, most important first."""
    from flows.desk.reading import show_queue

    show_queue(home, severity, unit, check, limit, as_csv, as_json)


@app.command()
def show(
    finding: Annotated[str, typer.Argument(metavar="ID", help="问题编号，或能唯一识别的开头几位")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """一个问题：规则、依据、数字、位置、原文。 One finding: rule, figures, place, the text."""
    from flows.desk.finding import show_finding

    show_finding(home, finding, as_json)


@app.command()
def decide(
    finding: Annotated[str, typer.Argument(metavar="ID", help="问题编号")],
    decision: Annotated[str, typer.Argument(metavar="accept|waive|return", help="采纳、豁免或退回")],
    by: Annotated[str, typer.Option("--by", help="处理人")],
    reason: Annotated[str, typer.Option("--reason", help="理由")],
    until: Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="有效期至")] = None,
    home: HomeOption = None,
) -> None:
    """登记处理决定，以后各次运行都有效。 Records a decision; it holds over later runs."""
    from flows.desk.deciding import decide as decided

    decided(home, finding, decision, by, reason, until.date() if until else None)


@app.command("import-decisions")
def import_decisions(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="填好处理决定的 queue.xlsx")],
    home: HomeOption = None,
) -> None:
    """导入工作簿里填写的处理决定。 Takes over the decisions written into queue.xlsx."""
    from flows.desk.deciding import import_workbook

    import_workbook(home, file)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar='"SQL"', help="对发布的只读库执行的查询")],
    home: HomeOption = None,
    as_csv: CsvOption = False,
    as_json: JsonOption = False,
) -> None:
    """查询发布的只读库 review.duckdb。 SQL against the published snapshot."""
    from flows.desk.reading import run_query

    run_query(home, sql, as_csv, as_json)


@app.command()
def checks(
    check: Annotated[str | None, typer.Argument(metavar="[ID]", help="检查编号，如 FUN-04")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """检查目录，或其中一项，以及 checks.yaml 对它的调整。 The catalogue of checks, or one of them, as configured."""
    from flows.desk.rules import show_checks

    show_checks(check, as_json, home)


@app.command()
def profiles(
    profile: Annotated[str | None, typer.Argument(metavar="[ID]", help="评分办法编号")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """评分办法，或其中一项，以及 checks.yaml 对它的调整。 The scoring profiles, or one of them, as configured."""
    from flows.desk.rules import show_profiles

    show_profiles(profile, as_json, home)


@app.command()
def doctor(home: HomeOption = None) -> None:
    """检查这台机器缺什么、该装什么。 What is missing on this machine, and what to install."""
    from flows.desk.doctor import examine

    raise typer.Exit(examine(home))


def main() -> None:
    """Entry point: errors of the house become one clear message and an exit status."""
    from flows.errors import WrongUsageError, is_told

    try:
        app()
    except WrongUsageError as error:
        print(f"jixiao: {error}", file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        if not is_told(error):
            raise
        print(f"jixiao: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("jixiao: 已中断；下一次运行会接着完成", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
