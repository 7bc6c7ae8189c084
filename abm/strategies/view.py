"""What a side of a talk may see: numbers of its own side, the other's offers, and what is public. Nothing else.

A view is an array: the named places first, then for each package (a split of the capital and a term) what it is worth to the
own side at price zero, then what it is worth to the other by reference (public prices, usual cost of capital and payback
limit of the other's type). Own worth of an offer = slope x price + own worth of its package [EUR/year]. Package k has the
split k % splits and the term k // splits. A number that does not exist yet is NaN.
"""

from __future__ import annotations

PLACES = (
    "kind",  # what is talked about: new 0, renewal 1, new terms 2, smaller contract 3, switch 4, hold-up 5
    "meeting",  # meetings held
    "deadline",  # own deadline [meetings]
    "exponent",  # own concession exponent e
    "least",  # least gain for which it signs, R [EUR/year]
    "aim",  # its guess of the whole gain, A [EUR/year]
    "outside",  # what it has elsewhere [EUR/year]; part of the least gain
    "slope",  # own worth of a EUR/unit more [unit/year]: + quantity for the seller, - quantity for the buyer
    "stake",  # public value of the yearly quantity [EUR/year]
    "scale",  # public value of a unit [EUR/unit]
    "trust",  # own trust in the other [0..1]
    "openness",  # chance that it bargains openly
    "manner",  # draw of the side and talk, the same in every meeting
    "draw",  # draw of the side, talk and meeting
    "heard_price",  # last offer of the other [EUR/unit]
    "heard_package",  # its package
    "heard_worth",  # what it is worth to the own side [EUR/year]
    "heard_last",  # 1 when it is a last offer
    "splits",  # levels of the split
    "terms",  # levels of the term
    "standard",  # standard term [years]
    "longest",  # longest term [years]
    "packages",  # splits x terms
)
(
    KIND, MEETING, DEADLINE, EXPONENT, LEAST, AIM, OUTSIDE, SLOPE, STAKE, SCALE, TRUST, OPENNESS, MANNER, DRAW,
    HEARD_PRICE, HEARD_PACKAGE, HEARD_WORTH, HEARD_LAST, SPLITS, TERMS, STANDARD, LONGEST, PACKAGES,
) = range(len(PLACES))  # fmt: skip
FIRST_WORTH = len(PLACES)
MEMORY = 16  # numbers that a side may remember of a talk
# What a strategy answers to the other's offer, and what it does itself.
REJECT, ACCEPT, END = 0, 1, 2
OFFER, LAST_OFFER, LEAVE = 0, 1, 2
FAILED = -1  # what stands for the answer of a strategy from outside that broke
# What a strategy writes of its own offer.
PRICE, PACKAGE = 0, 1
