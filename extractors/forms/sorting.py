"""Which drafts are forms, which only repeat a form, and which budget tables stand beside one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.copies import coverage
from extractors.forms.draft import Draft
from extractors.forms.identity import scope_of
from extractors.forms.labels import squeeze

COPY_COVERAGE = 0.6
TWIN_COVERAGE = 0.9


def sort_drafts(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Draft], list[Draft]]:
    """Forms, copies of forms, and budget tables beside them."""
    candidates = [draft for draft in drafts if draft.row_count and draft.shows_results]
    sides = [draft for draft in drafts if not draft.row_count and draft.budget_lines]
    summaries = [draft for draft in candidates if _is_summary(draft)]
    candidates = [draft for draft in candidates if draft not in summaries]
    full = [draft for draft in candidates if draft.is_full]
    partial = [draft for draft in candidates if not draft.is_full]
    forms: list[Draft] = []
    copies: list[Draft] = list(summaries)
    for draft in full:
        twin = next((form for form in forms if _are_twins(form, draft)), None)
        if twin is None:
            forms.append(draft)
        elif _filled(draft) >= _filled(twin):
            forms[forms.index(twin)] = draft
            copies.append(twin)
        else:
            copies.append(draft)
    stray = []
    for draft in partial:
        if any(coverage(draft, form) >= COPY_COVERAGE for form in forms):
            copies.append(draft)
        else:
            stray.append(draft)
    if stray:
        forms.append(_merged(stray))
    order = {id(draft): number for number, draft in enumerate(drafts)}
    forms.sort(key=lambda draft: order.get(id(draft), len(order)))
    return forms, copies, sides


def _is_summary(draft: Draft) -> bool:
    """A short table of weights and scores by category, without targets and actuals."""
    fields = draft.header.fields if draft.header else frozenset()
    return not fields & {"target", "actual", "level1"} and not draft.budget_lines and draft.row_count <= 15


def _are_twins(one: Draft, other: Draft) -> bool:
    names = [draft.fields.fields.get("project_name") for draft in (one, other)]
    if names[0] and names[1] and names[0].text != names[1].text:
        return False
    if scope_of(one.titles, one.fields.fields) != scope_of(other.titles, other.fields.fields):
        return False
    if abs(len(one.indicators) - len(other.indicators)) > max(2, len(one.indicators) // 5):
        return False
    totals = [next((line for line in draft.budget_lines if line.is_total), None) for draft in (one, other)]
    if totals[0] and totals[1] and totals[0].executed_yuan != totals[1].executed_yuan:
        return False
    return min(coverage(one, other), coverage(other, one)) >= TWIN_COVERAGE and _same_values(one, other)


def _same_values(one: Draft, other: Draft) -> bool:
    """Twins print mostly the same actuals; two forms of like projects do not."""
    left = {squeeze(row.name): squeeze(row.actual_text) for row in one.indicators}
    right = {squeeze(row.name): squeeze(row.actual_text) for row in other.indicators}
    common = [name for name in left if name in right]
    same = sum(1 for name in common if left[name] == right[name] or not left[name] or not right[name])
    return not common or same >= 0.7 * len(common)


def _filled(draft: Draft) -> int:
    cells = sum(
        bool(row.target_text) + bool(row.actual_text) + (row.reported_score is not None)
        for row in draft.indicators
    )
    return cells + 3 * len(draft.budget_lines) + 3 * len(draft.totals)


def _merged(drafts: Sequence[Draft]) -> Draft:
    """Tables of one form that its author printed apart (完成, 未完成), as one."""
    whole = drafts[0]
    for draft in drafts[1:]:
        shift = whole.row_count
        whole.titles += draft.titles
        whole.indicators += [replace(row, row_no=row.row_no + shift) for row in draft.indicators]
        whole.placeholders += [replace(row, row_no=row.row_no + shift) for row in draft.placeholders]
        groups = len(whole.groups) + len(whole.totals)
        whole.groups += [
            replace(
                group, group_no=group.group_no + groups, members=tuple(row + shift for row in group.members)
            )
            for group in draft.groups
        ]
        whole.unread += draft.unread
        whole.tables += draft.tables
    return whole
