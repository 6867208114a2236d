"""`jixiao checks` and `jixiao profiles`: the rules as they stand in the catalogue."""

from __future__ import annotations

from dataclasses import asdict

from flows.desk.printing import print_rows
from flows.errors import WrongUsageError


def show_checks(check_id: str | None, as_json: bool) -> None:
    """Lists the catalogue, or prints one check whole with its query."""
    from expectations.catalogue import load_catalogue

    checks = load_catalogue().checks
    if check_id is None:
        columns = ["id", "version", "class", "severity", "needs", "title"]
        rows = [(c.id, c.version, c.klass, c.severity, " ".join(c.needs), c.title) for c in checks.values()]
        print_rows(columns, rows, as_json=as_json)
        return
    check = checks.get(check_id.upper())
    if check is None:
        raise WrongUsageError(f"没有编号为「{check_id}」的检查；jixiao checks 列出全部")
    if as_json:
        values = asdict(check)
        print_rows(list(values), [tuple(values.values())], as_json=True)
        return
    for label, text in (
        ("编号 id", f"{check.id}（第{check.version}版 version）"),
        ("名称 title", " ".join(part for part in (check.title, check.title_en) if part)),
        ("类别 class", check.klass),
        ("严重程度 severity", check.severity),
        ("需要 needs", "、".join(check.needs)),
        ("依据 basis", check.basis),
        ("说明 message", check.message),
        ("不适用 not applicable", check.not_applicable),
        ("由其引起时不报 suppressed by", "、".join(check.suppressed_by) or "（无）"),
        ("备注 note", check.note),
    ):
        if text:
            print(f"{label}：{text}")
    print(f"\n{check.query.strip()}")


def show_profiles(profile_id: str | None, as_json: bool) -> None:
    """Lists the scoring profiles, or prints one whole."""
    from expectations.profiles import load_profiles

    profiles = load_profiles()
    if profile_id is None:
        columns = ["name", "jurisdiction", "version", "verified", "basis"]
        rows = [(name, *(getattr(profile, c) for c in columns)) for name, profile in profiles.items()]
        print_rows(["id", *columns], rows, as_json=as_json)
        return
    if profile_id not in profiles:
        raise WrongUsageError(f"没有编号为「{profile_id}」的评分办法；jixiao profiles 列出全部")
    values = profiles[profile_id].model_dump(mode="json")
    if as_json:
        print_rows(list(values), [tuple(values.values())], as_json=True)
        return
    for name, value in values.items():
        print(f"{name}：{value}")
