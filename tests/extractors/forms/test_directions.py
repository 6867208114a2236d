"""Which way an indicator points when no comparator says so: by its name, and undecided when the name is not plain."""

import pytest

from extractors.forms.labels import direction_of


@pytest.mark.parametrize(
    "name",
    [
        "办结时限（工作日）",
        "办件平均用时",
        "三公经费支出控制额",
        "单位建设成本",
        "投诉件数",
        "城镇登记失业率",
        "细颗粒物年均浓度",
    ],
)
def test_less_of_a_burden_or_a_harm_is_better(name: str) -> None:
    assert direction_of(name) == "down"


@pytest.mark.parametrize(
    "name",
    [
        "投诉处置办结率",
        "新增水土流失治理面积",
        "单位运行成本节约率",
        "审批时限压缩率",
        "服务对象满意度",
        "生态修复投资规模",
        "隐患整改率",
    ],
)
def test_reductions_answers_and_other_names_stay_undecided(name: str) -> None:
    assert direction_of(name) == "unknown"
