"""What people do in a browser: words that the tests in Chromium share."""

CURVE = "[data-chart='history-links'] svg"


def curve_of(page):
    return page.inner_html(CURVE)


def wait_for_change(page, before):
    page.wait_for_function("([at, before]) => document.querySelector(at).innerHTML !== before", arg=[CURVE, before])


def go_to(page, year):
    page.fill("input[aria-label='year to go to']", str(year))
    page.press("input[aria-label='year to go to']", "Enter")


def set_lever(page, name, text):
    box = page.locator(f"[data-lever='{name}'] .eco-lever-row .eco-number")
    box.fill(text)
    box.press("Enter")


def month_of(page):
    return page.inner_text("[data-now]")


# Collects the colours of the middle of the window, frame by frame.
FRAMES = """window.colours = []; const look = () => {
  let part = document.elementFromPoint(innerWidth / 2, innerHeight - 40) || document.documentElement;
  while (part.parentElement && getComputedStyle(part).backgroundColor === 'rgba(0, 0, 0, 0)') part = part.parentElement;
  const painted = getComputedStyle(part).backgroundColor;
  const colour = painted === 'rgba(0, 0, 0, 0)' ? 'rgb(255, 255, 255)' : painted;
  if (!window.colours.includes(colour)) window.colours.push(colour);
  requestAnimationFrame(look);
}; document.addEventListener('readystatechange', look, {once: true});"""


# True when the map has names and no two of them overlap.
APART = """() => {
  const boxes = [...document.querySelectorAll('.eco-tag')].map(tag => tag.getBoundingClientRect());
  const clash = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
  return boxes.length > 0 && !boxes.some((a, place) => boxes.slice(0, place).some(b => clash(a, b)));
}"""


def fit(page, width):
    """Make the window so wide and wait until nothing is wider."""
    page.set_viewport_size({"width": width, "height": 844})
    page.wait_for_function(
        "width => window.innerWidth === width && document.documentElement.scrollWidth <= width", arg=width
    )
