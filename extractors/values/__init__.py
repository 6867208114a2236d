"""Printed values -> exact numbers: quantities, money, scores, rates, and the units and weights inside names."""

from extractors.values.choices import ticked
from extractors.values.grades import grade_in, told_grade
from extractors.values.money import Money, parse_money
from extractors.values.names import strip_weight_from_name, unit_from_name
from extractors.values.quantity import parse_quantity, split_compound
from extractors.values.scores import Rate, parse_rate, parse_score
from extractors.values.text import fold, is_blank, is_marker, is_placeholder, normalise
from extractors.values.units import find_unit

__all__ = [
    "Money",
    "Rate",
    "find_unit",
    "fold",
    "grade_in",
    "is_blank",
    "is_marker",
    "is_placeholder",
    "normalise",
    "parse_money",
    "parse_quantity",
    "parse_rate",
    "parse_score",
    "split_compound",
    "strip_weight_from_name",
    "ticked",
    "told_grade",
    "unit_from_name",
]
