"""The house rules: imports go one way, SQL stands in files, nothing of one machine stands in the project."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("extractors", "warehouse", "expectations", "flows")
MAY_IMPORT = {
    "extractors": {"extractors"},
    "warehouse": {"warehouse", "extractors"},
    "expectations": {"expectations", "warehouse", "extractors"},
    "flows": set(ROOMS),
}
HEAVY = {
    "extractors": {"prefect", "great_expectations", "duckdb"},
    "warehouse": {"prefect", "great_expectations"},
    "expectations": {"prefect"},
}
"""What a room must not import at all."""
SQL_CALLS = {"execute", "executemany", "sql", "query", "filter", "aggregate", "project"}
"""How a connection or a relation of DuckDB takes SQL."""


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path, top_level_only: bool = False) -> list[str]:
    """Full names of the modules a file imports; under `if TYPE_CHECKING` they cost nothing and are left out."""
    found = []
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.append(node.module)
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_one_way(room):
    backwards = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imports(path)
        if name.split(".")[0] in ROOMS and name.split(".")[0] not in MAY_IMPORT[room]
    ]
    assert not backwards


def test_the_warehouse_knows_the_types_of_a_report_and_nothing_else_of_extraction():
    allowed = {"extractors.report", "extractors.document"}
    others = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("warehouse")
        for name in imports(path)
        if name.split(".")[0] == "extractors" and name not in allowed
    ]
    assert not others


def test_publication_reads_tables_only():
    others = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("warehouse/publication")
        for name in imports(path)
        if name.split(".")[0] in ("extractors", "expectations", "flows")
    ]
    assert not others


@pytest.mark.parametrize("room", HEAVY)
def test_a_room_does_not_carry_what_it_has_no_use_for(room):
    carried = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imports(path)
        if name.split(".")[0] in HEAVY[room]
    ]
    assert not carried


def test_the_command_starts_without_the_heavy_packages():
    """`jixiao --help`, `status` and `query` start in a moment: what they import at the top is light."""
    light = [
        "flows/command.py",
        "flows/home.py",
        *(f"flows/desk/{path.name}" for path in (ROOT / "flows/desk").glob("*.py")),
    ]
    heavy = {"prefect", "great_expectations", "pandas", "pyarrow", "duckdb", "expectations"}
    carried = [
        f"{path} imports {name}"
        for path in light
        for name in imports(ROOT / path, top_level_only=True)
        if name.split(".")[0] in heavy
    ]
    assert not carried


@pytest.mark.parametrize("room", ROOMS)
def test_every_package_says_what_it_is(room):
    silent = [
        str(folder.relative_to(ROOT))
        for folder in {path.parent for path in modules(room)}
        if not (folder / "__init__.py").exists()
        or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
    ]
    assert not silent


@pytest.mark.parametrize("room", ROOMS)
def test_the_page_of_the_architecture_names_every_folder_of_code(room):
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    folders = {
        path.parent.relative_to(ROOT) for path in modules(room) if len(path.relative_to(ROOT).parts) <= 3
    }
    missing = [
        str(folder)
        for folder in sorted(folders)
        if f"`{folder}/`" not in page and f"`{folder.name}/`" not in page
    ]
    assert not missing


@pytest.mark.parametrize("room", ROOMS)
def test_names_are_the_fields_own(room):
    vague = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    named = [
        str(path.relative_to(ROOT))
        for path in modules(room)
        if path.stem in vague or path.parent.name in vague
    ]
    assert not named


@pytest.mark.parametrize("room", ROOMS)
def test_sql_is_never_put_together_from_values(room):
    """Names of schema objects and of attached databases cannot be parameters: one module quotes them."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)[:100]}"
        for path in modules(room)
        if path != ROOT / "warehouse/quoted.py"
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and runs_sql(call) and is_put_together(call.args[0])
    ]
    assert not found


def runs_sql(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in SQL_CALLS and bool(call.args)


def is_put_together(text: ast.expr) -> bool:
    """An f-string, a sum or a template; texts of a .sql file come by name or from a call of its own."""
    if isinstance(text, ast.Call):
        return isinstance(text.func, ast.Attribute) and text.func.attr in {"format", "join", "replace"}
    return isinstance(text, ast.JoinedStr | ast.BinOp)


def tracked_texts() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    endings = {".py", ".md", ".toml", ".yaml", ".yml", ".sql", ".sh", ".txt", ".lock", ".csv", ""}
    return [
        ROOT / name
        for name in listed.stdout.splitlines()
        if Path(name).suffix in endings and (ROOT / name).is_file()
    ]


def test_nothing_of_one_machine_stands_in_the_project():
    """No path of a developer's machine, no address of a package registry: set-up works wherever it is cloned."""
    marks = re.compile(
        r"/(?:work|root)/|/tmp/work|pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian\.org|index-url\s*="
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked_texts()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if marks.search(line)
    ]
    assert not found


def test_the_layout_shows_the_process():
    for folder in (*ROOMS, "deploy", "docs", "tests", "benchmarks"):
        assert (ROOT / folder).is_dir(), folder
    for file in (
        "README.md",
        "README.zh-CN.md",
        "CHANGELOG.md",
        "Makefile",
        "pyproject.toml",
        "deploy/requirements.lock",
        "deploy/apt-packages.txt",
    ):
        assert (ROOT / file).is_file(), file


def test_the_lock_names_every_package_with_its_hashes():
    lock = (ROOT / "deploy/requirements.lock").read_text("utf-8")
    entries = re.findall(r"^([a-z0-9][\w.\-]*)(?:\[[\w,\-]+\])?==", lock, re.MULTILINE)
    assert len(entries) > 50
    for block in re.split(r"\n(?=[a-z0-9])", lock.strip()):
        if "==" in block.splitlines()[0]:
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_lock_holds_what_the_project_asks_for():
    import tomllib

    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*asked["project"]["dependencies"], *asked["dependency-groups"]["dev"]]
    lock = (ROOT / "deploy/requirements.lock").read_text("utf-8").lower()
    for requirement in wanted:
        name = re.split(r"[<>=!~\[; ]", requirement)[0].lower().replace("_", "-")
        assert re.search(rf"^{re.escape(name)}(?:\[[\w,\-]+\])?==", lock.replace("_", "-"), re.MULTILINE), (
            name
        )
