"""Narratives in words of their own: generated reports have three voices, so that what one says another says too."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from flows.samples.facts import FormFacts
from tests.corpus.trial import SYLLABLES

WHO = (
    "局机关",
    "综合股",
    "业务科室",
    "基层站所",
    "驻村工作队",
    "项目专班",
    "服务窗口",
    "执法中队",
    "党支部",
    "督查组",
    "财务室",
    "后勤中心",
)
WHEN = (
    "年初",
    "一季度",
    "汛期前",
    "暑期",
    "三季度",
    "入冬以来",
    "年中",
    "开学前后",
    "春耕时节",
    "国庆节前",
    "岁末",
    "换届之后",
)
WHERE = (
    "城东片区",
    "老街社区",
    "河西乡镇",
    "工业园区",
    "库区移民村",
    "高速沿线",
    "山区学校",
    "农贸市场",
    "沿江码头",
    "易地搬迁点",
    "县城新区",
    "边远林场",
)
DID = (
    "逐户摸清底数",
    "召开现场推进会",
    "组建志愿队伍",
    "完善值班制度",
    "排查老旧线路",
    "开设夜间课堂",
    "设立意见箱",
    "更新办事指南",
    "走访困难家庭",
    "试行首问负责",
    "清理历史台账",
    "搭建调解平台",
)
THROUGH = (
    "与街道结对",
    "请老同志带班",
    "借用闲置校舍",
    "引入第三方监理",
    "依托网格员",
    "整合两支队伍",
    "租用移动终端",
    "邀请代表旁听",
    "比照先进县做法",
    "采纳群众提议",
    "拆分成小标段",
    "实行周调度",
)
SO = ("投诉逐月减少", "排队时间明显缩短", "多年积案得以化解", "群众主动参与增多", "工程返工基本杜绝", "账实不符得到纠正", "夜间求助有人应答", "材料重复提交的现象消失", "年轻人愿意留下", "商户自觉规范经营", "险情都在苗头时处置", "邻县前来考察")  # fmt: skip
POOLS = (WHO, WHEN, WHERE, DID, THROUGH, SO)
SENTENCES = 4
NAMED_OF = "".join(sorted(set(SYLLABLES) - {"和"}))  # 、…和和泉社区 would be a slip of the pen


def told_in_own_words(facts: FormFacts, rng: Random) -> FormFacts:
    """The narrative with four sentences more behind every paragraph, none of which another unit says."""
    paragraphs: list[str] = []
    for line in facts.narrative:
        if line[:2] in {"一、", "二、", "三、", "四、", "五、", "六、"}:
            paragraphs.append(line)
        else:
            paragraphs.append(line + "".join(_sentence(rng) for _ in range(SENTENCES)))
    return replace(facts, narrative=tuple(paragraphs))


def _sentence(rng: Random) -> str:
    who, when, where, did, through, so = (rng.choice(pool) for pool in POOLS)
    one, two, three = (_coined(rng) for _ in range(3))
    then = rng.choice(DID)
    return rng.choice((
        f"{when}，{who}在{where}的{one}、{two}和{three}一带{did}，{through}，{so}。",
        f"{who}{through}，{when}起在{one}至{two}沿线的{where}{did}并{then}，{three}等处{so}。",
        f"针对{where}{one}、{two}两处的实际，{who}{when}{did}，随后在{three}{then}，{so}。",
        f"{where}的{one}与{two}{when}由{who}{did}，{through}并推及{three}之后，{so}。",
    ))  # fmt: skip


def _coined(rng: Random) -> str:
    """A place that no other unit names: 青岭坪, 榆霖湾村 …"""
    return "".join(rng.sample(NAMED_OF, rng.choice((2, 3)))) + rng.choice(
        ("村", "组", "坪", "巷", "桥头", "社区", "工段")
    )
