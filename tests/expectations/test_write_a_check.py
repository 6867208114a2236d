"""Does what docs/write-a-check.md says, in both languages: the page cannot go stale, and three files are enough."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.catalogue import CHECKS_DIR, load_catalogue
from expectations.fixture import fill_warehouse, parse_fixture, read_fixture
from expectations.judge import judge
from expectations.profiles import PROFILES_DIR, load_profiles
from warehouse.store import apply_judged_views, apply_schema

ROOT = Path(__file__).parents[2]
PAGES = ["write-a-check.md", "write-a-check.zh-CN.md"]
FILE = re.compile(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def files_of(page: str) -> dict[str, str]:
    """Path -> content of every file that the page tells to write."""
    return dict(FILE.findall((ROOT / "docs" / page).read_text("utf-8")))


def commands_of(page: str) -> list[list[str]]:
    blocks = COMMANDS.findall((ROOT / "docs" / page).read_text("utf-8"))
    return [line.split() for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("page", PAGES)
def test_the_files_shown_are_those_of_the_project(page: str) -> None:
    shown = files_of(page)
    assert len(shown) == 4
    for path, content in shown.items():
        assert (ROOT / path).read_text("utf-8") == content, f"{path} differs from what docs/{page} shows"


@pytest.mark.parametrize("page", PAGES)
def test_three_files_are_enough_for_a_check_and_one_for_a_profile(page: str) -> None:
    shown = files_of(page)
    (check,) = [Path(path) for path in shown if path.endswith(".sql")]
    profiles = [path for path in shown if path.startswith("expectations/profiles/")]
    assert len(profiles) == 1
    named = [path for path in shown if check.stem in path]
    assert sorted(named) == sorted(shown.keys() - set(profiles))
    # Nothing else in the project's code and data knows the check or the profile.
    for word, own in ((check.stem, named), (f"id: {Path(profiles[0]).stem}", profiles)):
        for room in ("extractors", "warehouse", "expectations", "flows"):
            knowing = [
                path.relative_to(ROOT).as_posix()
                for path in (ROOT / room).rglob("*")
                if path.suffix in (".py", ".sql", ".yaml") and word in path.read_text("utf-8")
            ]
            assert set(knowing) <= set(own)


@pytest.mark.parametrize("page", PAGES)
def test_a_catalogue_without_the_check_learns_it_from_the_page(page: str, tmp_path: Path) -> None:
    shown = files_of(page)
    (path,) = [Path(path) for path in shown if path.endswith(".sql")]
    folder = tmp_path / "checks"
    shutil.copytree(CHECKS_DIR, folder)
    (folder / path.parent.name / path.name).unlink()
    assert path.stem not in load_catalogue(folder)
    written = tmp_path / "again"
    shutil.copytree(folder, written)
    (written / path.parent.name / path.name).write_text(shown[path.as_posix()], "utf-8")
    catalogue = load_catalogue(written).only(path.stem)

    for kind, answer in (("fail", "fail"), ("pass", "pass")):
        fixture_file = tmp_path / f"{path.stem}.{kind}.yaml"
        fixture_file.write_text(shown[f"tests/checks/{fixture_file.name}"], "utf-8")
        con = duckdb.connect(config={"threads": 1})
        apply_schema(con)
        apply_judged_views(con)
        fill_warehouse(con, read_fixture(fixture_file))
        judge(con, date(2025, 4, 1), "run-1", 2024, catalogue=catalogue)
        found = con.execute(
            "SELECT answer FROM judge.check_results WHERE answer <> 'not_applicable'"
        ).fetchall()
        assert set(found) == {(answer,)}
        con.close()


@pytest.mark.parametrize("page", PAGES)
def test_the_profile_of_the_page_is_chosen_for_a_report_of_its_place(page: str, tmp_path: Path) -> None:
    shown = files_of(page)
    (path,) = [Path(path) for path in shown if path.startswith("expectations/profiles/")]
    folder = tmp_path / "profiles"
    folder.mkdir()
    for other in PROFILES_DIR.glob("*.yaml"):
        if other.name != path.name:
            shutil.copy(other, folder)
    (folder / path.name).write_text(shown[path.as_posix()], "utf-8")
    assert load_profiles(folder)[path.stem] == load_profiles()[path.stem]

    con = duckdb.connect(config={"threads": 1})
    apply_schema(con)
    apply_judged_views(con)
    place = load_profiles()[path.stem].signals.regions[1]
    fill_warehouse(con, parse_fixture({"reports": [{"unit_name": f"{place}市某局"}]}, path))
    judge(con, date(2025, 4, 1), "run-1", 2024, catalogue=load_catalogue().only("SCO-01"))
    ((profile, why),) = con.execute("SELECT profile_id, why FROM judge.report_profiles").fetchall()
    con.close()
    assert profile == path.stem
    assert place in why


@pytest.mark.parametrize("command", commands_of(PAGES[0]), ids=" ".join)
def test_the_commands_of_the_page_work(command: list[str], tmp_path: Path) -> None:
    program, *words = command
    assert program.startswith(".venv/bin/")
    run = [
        sys.executable,
        "-m",
        {"jixiao": "flows.command", "pytest": "pytest"}.get(Path(program).name, ""),
        *words,
    ]
    if Path(program).name == "python":
        # Writes docs/: what it would write is held equal to what stands there by test_docs.py.
        run = [sys.executable, "-c", "from expectations.docs import pages; assert pages()"]
    answer = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    if "pytest" in program:
        assert " passed" in answer.stdout or "[100%]" in answer.stdout


def test_both_languages_show_the_same_files_and_commands() -> None:
    assert files_of(PAGES[0]) == files_of(PAGES[1])
    assert commands_of(PAGES[0]) == commands_of(PAGES[1])
