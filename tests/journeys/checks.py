"""What holds for every page: axe finds nothing, nothing sticks out, no script of ours failed."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
# How a page may look; the attributes that the server writes on <html>.
LOOKS = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "vision": {"theme": "light", "vision": "light"},
    "vision dark": {"theme": "dark", "vision": "dark large spaced"},
}
WEAR = """words => {
    for (const name of ["theme", "vision"]) {
        if (words[name]) document.documentElement.dataset[name] = words[name];
        else delete document.documentElement.dataset[name];
    }
}"""
RUN_AXE = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.map(
    one => `${one.id}: ${one.help}: ` + one.nodes.map(node => node.html.slice(0, 160)).join(" | ")
)"""
# What reaches past the window and is not in a place of its own that scrolls: it makes the page
# scroll sideways, or is cut off where the page does not scroll.
STICKS_OUT = """() => {
    const root = document.documentElement, edge = root.clientWidth + 1;
    const own = ".scroller, .tabs, .segments, pre, [popover], dialog, .visually-hidden, svg *";
    const found = [...document.querySelectorAll("body *")].filter(one => {
        const box = one.getBoundingClientRect();
        return box.width && box.height && (box.right > edge || box.left < -1) && !one.closest(own)
            && getComputedStyle(one).position !== "fixed" && one.checkVisibility();
    }).slice(0, 3).map(one => one.outerHTML.slice(0, 160));
    if (root.scrollWidth > edge) found.push(`the page is ${root.scrollWidth} px wide`);
    return found;
}"""


def axe_findings(page: Page, looks: tuple[str, ...] = tuple(LOOKS)) -> list[str]:
    """Return what axe-core finds in each of the looks of the open page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for look in looks:
        page.evaluate(WEAR, LOOKS[look])
        found += [f"{look}: {finding}" for finding in page.evaluate(RUN_AXE)]
    page.evaluate(WEAR, {})
    return found


def sticks_out(page: Page) -> list[str]:
    """Return what makes the open page scroll sideways."""
    found: list[str] = page.evaluate(STICKS_OUT)
    return found
