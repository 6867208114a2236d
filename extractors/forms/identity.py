"""Whose form it is: unit, year, region, scope and template, from labels first and titles second."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extractors.forms.labels import squeeze, vocabulary
from extractors.report import Printed

_YEAR = re.compile(
    r"(?<!\d)(20[0-4]\d)\s*年度?(?!\d{1,2}月)"
)  # 2025年3月8日 is a day, not the year reported on
_BARE_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_TITLE_UNIT = re.compile(
    r"(?:20\d\d\s*年度?)?(?P<unit>[\u4e00-\u9fff()（）]{4,40}?)(?:本级)?(?:关于)?(?:20\d\d\s*年度?)?(?:部门)?(?:单位)?(?:\(单位\))?(?:预算)?(?:整体)(?:支出)?(?:预算)?(?:绩效|自评|评价)"
)
_ORGAN = (
    "局|委员会|委|办公室|办|厅|法院|检察院|院|中心|学校|中学|小学|幼儿园|大学|学院|政府|管委会|支队|大队|站|所|馆|"
    "协会|联合会|总工会|会|部|处|镇|乡|街道|公司|医院|总队|分局|基金"
)
_PLAIN_TITLE_UNIT = re.compile(
    rf"^(?:20\d\d\s*年度?)?(?P<unit>[\u4e00-\u9fff]{{2,30}}?(?:{_ORGAN}))"
    r"(?:本级|机关)?(?:20\d\d\s*年度?)?(?:部门|单位|整体|项目|预算|支出|绩效)"
)
_REGION = re.compile(
    r"^(?P<region>(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?"
    r"(?:[\u4e00-\u9fff]{1,8}?(?:市(?!场|政(?!府|协)|容)|自治州|盟|地区))?"
    r"(?:[\u4e00-\u9fff]{1,8}?(?:区(?!域)|县(?!级|城)|旗|市(?!场|政(?!府|协)|容)))?)(?=[\u4e00-\u9fff])"
)
_NOT_UNIT = re.compile(
    r"^(?:(?:预算)?(?:部门|单位)|整体|预算|项目|附件|本(?:单位|部门|局|级|中心)|我(?:单位|部门|局|中心)|各单位|关于)|部门整体$|绩效|自评|评价|报告|[(（]$"
)
_SELF_INTRODUCTION = re.compile(
    rf"^(?P<unit>[\u4e00-\u9fff]{{2,30}}?(?:{_ORGAN}))(?=(?:[(（].{{1,20}}[)）])?"
    r"(?:为|是|系|位于|成立|组建|现有|内设|下设|独立编制|编制|主要职责|属于|隶属|主管部门|贯彻))"
)


def year_in(texts: Iterable[str]) -> int | None:
    """The first fiscal year named: 2022年度 before a bare 2022."""
    for text in texts:
        found = _YEAR.search(text.replace(" ", ""))
        if found:
            return int(found.group(1))
    return None


def year_of_field(printed: Printed | None) -> int | None:
    """The year in a 年度 field, with or without 年."""
    found = _BARE_YEAR.search(printed.text) if printed else None
    return int(found.group(1)) if found else None


def _without_open_brackets(name: str) -> str:
    """A name without brackets that lost their other half: 甲馆（图书馆） keeps its own."""
    while name and name[0] in "()（）" and (name[0] in ")）" or not re.search("[)）]", name)):
        name = name[1:]
    while name and name[-1] in "()（）" and (name[-1] in "(（" or not re.search("[(（]", name)):
        name = name[:-1]
    return name


def unit_in_title(titles: Iterable[str]) -> str | None:
    """The unit's name in a title such as 2022年度某市财政局整体支出绩效自评报告; None when the title names none."""
    for title in titles:
        text = squeeze(title)
        for pattern in (_TITLE_UNIT, _PLAIN_TITLE_UNIT):
            found = pattern.search(text)
            if not found:
                continue
            unit = re.sub(r"^(?:附件\d*[:：]?|关于|\d+[.、])", "", found.group("unit"))
            unit = _without_open_brackets(unit)
            unit = re.sub(r"(?:部门|单位)$", "", unit)
            if len(unit) >= 3 and not _NOT_UNIT.search(unit):
                return unit
    return None


def unit_in_introduction(texts: Iterable[str]) -> str | None:
    """The unit that a narrative introduces itself as: 某市某局为市政府工作部门…; None when none does."""
    for text in texts:
        found = _SELF_INTRODUCTION.match(squeeze(text))
        if found and not _NOT_UNIT.search(found.group("unit")) and len(found.group("unit")) >= 4:
            return found.group("unit")
    return None


def region_of(unit_name: str | None) -> str | None:
    """The administrative region a unit's name begins with: 株洲市渌口区自然资源局 -> 株洲市渌口区."""
    if not unit_name:
        return None
    found = _REGION.match(unit_name)
    region = found.group("region") if found else ""
    return region or None


def clean_name(text: str) -> str | None:
    """A unit or project name without stamps and layout: 财政局（盖章） -> 财政局. None where nothing is left."""
    name = re.sub(r"[(（【]\s*(?:盖章|公章|签章|章)\s*[)）】]|\s+", "", text)
    name = name.strip(":：,，;；。_—-")
    return name or None


_CODED = re.compile(
    r"^(?:[\[【(（]\s*(?P<bracketed>\d{2,}[0-9A-Za-z]*)\s*[\]】)）]|(?P<dashed>\d{3,}[0-9A-Za-z]*)\s*[-－—_]+|(?P<bare>\d{6,}(?![年\d])))"
    r"\s*(?P<name>(?=.*[\u4e00-\u9fff]).+)$"
)
_REGION_CODE = re.compile(r"[-－—_]+\d{6,}$")


def split_code(name: str | None) -> tuple[str | None, str | None]:
    """A code printed before a name and the name: 219001-某镇人民政府, [126]某局, 043001某局-210882000 -> (code, name). The
    code of the region behind the name goes, too."""
    found = _CODED.match(name) if name else None
    if name is None or found is None:
        return None, name
    code = found.group("bracketed") or found.group("dashed") or found.group("bare")
    return code, _REGION_CODE.sub("", found.group("name"))


def scope_of(titles: Iterable[str], header: Mapping[str, Printed], of_document: Iterable[str] = ()) -> str:
    """overall or project. 整体 decides first, wherever it stands; a named project next; then the document's title, where the
    form has none; else the title's 项目. A sentence that stands above the form is no title of it."""
    own = list(titles)
    joined = " ".join(own)
    project = header.get("project_name")
    if project is not None and "整体" in project.text:
        return "overall"
    if "整体" in joined:
        return "overall"
    if project is not None and project.text:
        return "project"
    if any("整体" in title and vocabulary().form_title.search(title) for title in of_document):
        return "overall"
    named = " ".join(title for title in own if not title.rstrip().endswith("。"))
    return "project" if re.search(r"项目|专项|转移支付", named) else "overall"
