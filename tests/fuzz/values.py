"""Values that people, spreadsheets and strangers put where a number or a name belongs."""

NUMBERS = [
    "0", "-0", "1", "-1", "0.5", "1e-320", "1e-9", "1e9", "1e18", "1e300", "1e308", "-1e308", "inf", "-inf", "nan", "NaN", "1e999",
    "2147483648", "9223372036854775808", "32768", "1_000", "1,5", "1.000", "1.000,5", "0x10", "٣", "½",
    "1" + "0" * 400, "9" * 5000,
]  # fmt: skip
WORDS = [
    "", " ", "x", "nope", "Brewery", "fly_ash", "coal_chp_fgd", "in", "out", "true", "1987-13", "1987-04", "0000", "99999",
    "2026-02-31", "a;b", "Brewery;Brewery", "../../evil", "/evil", "<img src=x onerror=alert(1)>", "=1+1", "$\\frac{1$",
    "\x1b[31mred", "\u202eabc", "é", "🌊", "a" * 130, "a" * 200_000, "\x00", '"', "'", "\\", "%s%n", "{0}", "null", "None",
]  # fmt: skip
DEEP: list = []
for _ in range(500):
    DEEP = [DEEP]
PLAIN = [
    None, True, False, 0, 1, -1, 2.5, 1e300, -1e308, float("nan"), float("inf"), 10**9, 10**18, 10**40, "", "x", "5", "nan",
    "../../evil", "<b>", [], {}, [1], {"a": 1}, [[]], "nope", "a" * 300, 10**400, DEEP,
]  # fmt: skip
MILD = ["0.5", "2", "10", "1000", "250000", "3000000", "2030", "2026-07", "", "1", "0", "0.05"]


def nasty(chance, mild=0.0):
    """Return a cell; mild: share of those that may well be right."""
    if chance.random() < mild:
        return chance.choice(MILD)
    return chance.choice(NUMBERS if chance.random() < 0.5 else WORDS)


def argument(text):
    """Return a text that the command line can be given."""
    return text.replace("\x00", "\\0")
