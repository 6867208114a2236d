"""checks.yaml: what a bureau may switch, and that every slip in it is told by line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.catalogue import load_catalogue
from expectations.configuration import load_configuration
from expectations.errors import ConfigurationError


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("{check: FUN-05, severity: major}", "FUN-05 是 B 类疑点，待人核实，severity 只能是 query 或 info"),
        ("{check: IND-06, severity: info}", "IND-06 是 C 类，由人判断，没有 severity，只能停用"),
        ("{check: SCO-2, severity: minor}", "检查 SCO-2 不在目录里"),
        ("{check: SCO-02, severity: 一般}", "须为 blocker、major、minor、query、info 之一"),
        ("{check: SCO-02, jurisdiction: 湖北省, severity: minor}", "没有对应的计分规则，可用 "),
        ("{check: SCO-02, years: [2025, 2023], severity: minor}", "years 须为 [起, 止]"),
        ("{check: SCO-02, enabled: false}", "停用须写明 reason"),
        ("{check: SCO-02, severty: minor}", "不认识的写法 severty"),
        ("{check: SCO-02}", "没有写要改什么"),
    ],
)
def test_what_would_change_nothing_or_cannot_be_meant_is_refused(
    tmp_path: Path, rule: str, told: str
) -> None:
    path = tmp_path / "checks.yaml"
    path.write_text(f"checks:\n- {rule}\n", "utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_configuration(path, load_catalogue())
    assert f"第2行：{told}" in str(error.value) or told in str(error.value)
    assert "第2行" in str(error.value)


def test_a_folder_under_its_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "checks.yaml").mkdir()
    with pytest.raises(ConfigurationError, match="无法读取"):
        load_configuration(tmp_path / "checks.yaml", load_catalogue())


def test_a_candidate_may_be_made_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "checks.yaml"
    path.write_text("checks:\n- {check: FUN-05, severity: info, years: [2023, null]}\n", "utf-8")
    (rule,) = load_configuration(path, load_catalogue()).checks
    assert (rule.severity, rule.first_year, rule.last_year) == ("info", 2023, None)
