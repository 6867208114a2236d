"""Number formats: the text a cell shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.number_formats import print_general, print_number

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0, ACCOUNTING, "-"),
        (1234.5, ACCOUNTING, "1,234.50"),
        (-1234.5, ACCOUNTING, "-1,234.50"),
        (-5, "0.00;[Red]0.00", "-5.00"),
        (-5, "0.00;(0.00)", "(5.00)"),
        (-0.001, "0.00", "0.00"),
        (0.5, "0%;-0%;", "50%"),
        (0, "0%;-0%;", ""),
        (85, '"≥"0"%"', "≥85%"),
        (0.125, "0.0%", "12.5%"),
        (1.005, "0.00", "1.01"),
        (3, 'General"个"', "3个"),
        (12345678, '0.00,"千元"', "12345.68千元"),
        (1234567, "[$¥-804]#,##0", "¥1,234,567"),
        (7, "000", "007"),
        (44926, "yyyy/m/d", "2022-12-31"),
        (44926.5, "yyyy-mm-dd hh:mm", "2022-12-31 12:00"),
        (44926, 'yyyy"年"m"月"', "2022年12月"),
        (44926, 'm"月"d"日"', "12月31日"),
        (0.75, "h:mm", "18:00"),
        (1.5, "[h]:mm", "36:00:00"),
        (12345678901234, "0", "12345678901234"),
        (1 / 3, "General", "0.333333333"),
        (15265.333333333334, "General", "15265.33333"),
        (1e20, "General", "100000000000000000000"),
    ],
)
def test_printed_as_the_cell_shows_it(value: float, code: str, text: str) -> None:
    assert print_number(value, code) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_amounts_typed_with_few_decimals_print_exactly(cents: int, places: int) -> None:
    value = cents / 10**places
    shown = print_general(value)
    assert "e" not in shown.lower()
    if len(shown.lstrip("-")) < 11:
        assert float(shown) == value


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20))
def test_no_format_code_fails(value: float, code: str) -> None:
    assert isinstance(print_number(value, code), str)
