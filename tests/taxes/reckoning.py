"""The tax on lines reckoned once more, in fractions and from the text of the specification, to compare with.

Deliberately plain: one loop, no shared parts with the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as F
from math import floor
from typing import NamedTuple

from entrepot.taxes import Algorithm, Entry, TaxSettings


class Reckoned(NamedTuple):
    price: F
    price_incl: F
    row: F
    row_incl: F
    tax: F
    compensation: F
    applied: list[F]


def cents(amount: F) -> F:
    """Half away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * F(floor(abs(amount) * 100 + F(1, 2)), 100)


def reckon(entries: Sequence[Entry], settings: TaxSettings) -> list[Reckoned]:
    left: dict[tuple[object, ...], F] = {}
    unit, total = settings.algorithm is Algorithm.UNIT, settings.algorithm is Algorithm.TOTAL
    answers = []
    for number, entry in enumerate(entries):
        line = "all" if total else f"line {number}"

        def delta_round(x: F, *key: object) -> F:
            if x == 0:
                return F(0)
            y = x + left.get(key, F(1, 1000000))
            left[key] = y - cents(y)
            return cents(y)

        p, q, d = cents(F(entry.price)), F(entry.qty), F(entry.discount)
        percents = [(group.id, F(group.percent)) for group in entry.rate.groups]
        r = F(entry.rate.percent)
        times, base, less = (q, p, d / q) if unit else (F(1), cents(p * q), d)
        if entry.includes_tax:
            s = F(entry.store_rate.percent) if entry.store_rate else r
            if not settings.cross_border and abs(r - s) >= F(1, 100000):
                net = p * 100 / (100 + s)
                p = cents(net + net * r / 100)
                base = p if unit else cents(p * q)
            kind = "before" if settings.after_discount else "regular"
            contained = delta_round(base * r / (100 + r), kind, line, "incl", r)
            due = contained
            if settings.after_discount:
                due = delta_round(max(base - less, F(0)) * r / (100 + r), "regular", line, "incl", r)
            tax = cents(due * times)
            rest, applied = tax, []
            for group, percent in percents:
                part = min(delta_round(tax / r * percent, "applied", group), rest) if r else F(0)
                applied.append(part)
                rest -= part
            if unit:
                price, row, row_incl = p - contained, cents((p - contained) * q), cents(p * q)
            else:
                row, row_incl = base - contained, base
                price = cents(row / q)
            compensation = cents((contained - due) * times)
            answers.append(Reckoned(price, p, row, row_incl, tax, compensation, applied))
        else:
            taxed = base
            if entry.original_price is not None:
                original = cents(F(entry.original_price))
                taxed = original if unit else cents(original * q)
            before, after = [], []
            for group, percent in percents:
                kind = "before" if settings.after_discount else "regular"
                b = delta_round(taxed * percent / 100, kind, line, "excl", group)
                t = b
                if settings.after_discount:
                    t = delta_round(max(taxed - less, F(0)) * percent / 100, "regular", line, "excl", group)
                before.append(b)
                after.append(t)
            if unit:
                price_incl = p + sum(before)
                row, row_incl = cents(p * q), cents(price_incl * q)
            else:
                row, row_incl = base, base + sum(before)
                price_incl = cents(row_incl / q)
            applied = [cents(t * times) for t in after]
            answers.append(Reckoned(p, price_incl, row, row_incl, cents(sum(after) * times), F(0), applied))
    return answers
