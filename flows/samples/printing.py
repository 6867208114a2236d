"""How sample forms print numbers."""

from __future__ import annotations

from decimal import Decimal

SCALES = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def number(value: Decimal) -> str:
    """Plain digits without trailing zeros: 12.50 -> 12.5, 20 -> 20."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def wan(yuan: Decimal) -> str:
    """Yuan printed in 万元 with two decimals."""
    return f"{yuan / 10000:.2f}"


def money(yuan: Decimal, unit: str, style: str = "plain") -> str:
    """An amount in `unit` (元, 万元, 亿元) with two decimals. style: plain, grouped (1,234.50), trimmed (1234.5), with_unit (1234.50万元)."""
    amount = yuan / SCALES[unit]
    if style == "grouped":
        return f"{amount:,.2f}"
    if style == "trimmed":
        return number(amount)
    return f"{amount:.2f}{unit if style == 'with_unit' else ''}"


def percent(fraction: Decimal, style: str = "two") -> str:
    """A fraction as percent. style: two (97.35%), trimmed (97.35%, 98%), bare (97.35 without the sign)."""
    value = fraction * 100
    if style == "two":
        return f"{value:.2f}%"
    return number(value) + ("" if style == "bare" else "%")
