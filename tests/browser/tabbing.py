"""A walk through a page by Tab, which opens by Enter what can be opened on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

# More stops than any page has.
LIMIT = 600
# Of squares, and of options with one name, only one is a stop; arrows move among them.
PREPARE = """() => {
    const native = 'a[href], button, input, select, textarea, summary, iframe';
    const styles = ['boxShadow', 'borderColor', 'backgroundColor', 'color', 'textDecorationLine'];
    // A focus is shown at the element or, where its label is what readers see, at the label; what
    // Dash draws out of sight has labels for the same name.
    const places = node => [node, ...(node.labels || [])]
        .filter(place => !place.closest('[inert]'));
    const look = node => places(node).map(place => {
        const style = getComputedStyle(place);
        const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
        return [outlined && style.outlineColor, ...styles.map(name => style[name])].join();
    }).join('|');
    const words = node => (node.getAttribute('aria-label') || node.innerText || node.value
        || node.name || '').trim().replace(/\\s+/g, ' ').slice(0, 40);
    const named = node => `${node.tagName.toLowerCase()} ${node.id ? '#' + node.id : words(node)}`;
    const key = node => node.closest('.waffle') ? 'squares'
        : node.type === 'radio' ? `radio ${node.name}` : node.id ? `#${node.id}` : node;
    const shown = (selector, top) => [...top.querySelectorAll(selector)].filter(node =>
        !node.disabled && node.type !== 'hidden'
        && node.checkVisibility({visibilityProperty: true}));
    const all = (top = document) => shown(`${native}, [tabindex]`, top)
        .filter(node => node.tabIndex >= 0 && !node.closest('[inert]'));
    const before = new Map();
    const note = () => all().forEach(node => before.has(node) || before.set(node, look(node)));
    const visited = new Set();
    const boxes = [];
    let last = null;
    const faultsOf = node => {
        const box = places(node).at(-1).getBoundingClientRect();
        const middle = Math.min((box.top + box.bottom) / 2, innerHeight - 1);
        const top = document.elementFromPoint((box.left + box.right) / 2, middle);
        const own = place => top && (place.contains(top) || top.contains(place));
        const outside = box.bottom < 1 || box.top > innerHeight - 1 || box.right < 1
            || box.left > innerWidth - 1;
        const placed = {node, top: box.top + scrollY, bottom: box.bottom + scrollY,
            left: box.left, right: box.right};
        // A column may begin beside what came before it, but nothing stands above it.
        const below = boxes.find(other => other.top >= placed.bottom
            && other.left < placed.right && placed.left < other.right);
        boxes.push(placed);
        return {
            'focus is not seen': before.get(node) === look(node),
            'reached again': visited.has(key(node)),
            'outside the window': outside,
            'covered': !outside && !places(node).some(own),
            'before its predecessor': last && !(last.compareDocumentPosition(node)
                & Node.DOCUMENT_POSITION_FOLLOWING),
            'above what came before': below,
            'not the skip link, but first': !last && !node.classList.contains('skip'),
            'no control and no named region': !node.matches(native)
                && !(node.getAttribute('role') === 'region' && node.getAttribute('aria-label')),
        };
    };
    note();
    window.walk = {
        faults: [],
        stops: [],
        async step() {
            let node = document.activeElement;
            // Chromium scrolls with the next frame.
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            // Dash may have put another in its place meanwhile, with its focus.
            if (node && !node.isConnected) node = document.activeElement;
            if (!node || node === document.body || node === document.documentElement) return null;
            // A frame shows a focus in its own document, which may have several stops.
            if (node.tagName !== 'IFRAME') {
                for (const [fault, is] of Object.entries(faultsOf(node)))
                    if (is) this.faults.push(`${fault}: ${named(node)}`);
                this.stops.push(named(node));
            }
            visited.add(key(node));
            last = node;
            return {
                fold: node.tagName === 'SUMMARY' && !node.parentElement.open,
                popover: node.getAttribute('popovertarget'),
            };
        },
        note,
        stopsIn: id => all(document.getElementById(id)).length,
        finish() {
            // Dash may have put the same element in the place of one that it took over.
            const gone = new Set(boxes.filter(place => !place.node.isConnected)
                .map(place => named(place.node)));
            for (const node of all()) {
                if (!visited.has(key(node)) && !gone.has(named(node)))
                    this.faults.push(`never reached: ${named(node)}`);
                if (node.tabIndex > 0) this.faults.push(`tabindex above 0: ${named(node)}`);
            }
        },
    };
}"""
FOLD_IS_OPEN = "document.activeElement.parentElement.open === true"


@dataclass(frozen=True, slots=True)
class Walk:
    """Stops of Tab in order, and the faults found on the way."""

    stops: tuple[str, ...]
    faults: tuple[str, ...]


def tab_through(page: Page) -> Walk:
    """Press Tab from the top of a page to its end; what can be opened is opened and closed."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(PREPARE)
    faults = []
    for _ in range(LIMIT):
        page.keyboard.press("Tab")
        stop: dict[str, Any] | None = page.evaluate("walk.step()")
        if stop is None:
            break
        if stop["popover"]:
            faults += _popover_faults(page, stop["popover"])
        if stop["fold"]:
            faults += _fold_faults(page)
            page.evaluate("walk.note()")
    else:
        faults.append("no way out")
    page.evaluate("walk.finish()")
    page.evaluate("document.querySelector('.skip')?.focus()")
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "content":
        faults.append("the skip link does not lead to the content")
    return Walk(page.evaluate("walk.stops"), (*faults, *page.evaluate("walk.faults")))


def _popover_faults(page: Page, name: str) -> list[str]:
    """Enter opens, Tab goes through all that it holds, Escape closes and leads back."""
    is_open, inside = f"#{name}:popover-open", f"#{name} :focus"
    page.keyboard.press("Enter")
    faults = [] if page.query_selector(is_open) else [f"Enter does not open {name}"]
    for _ in range(page.evaluate("name => walk.stopsIn(name)", name)):
        page.keyboard.press("Tab")
        if not page.query_selector(inside):
            faults.append(f"Tab leaves {name}")
    page.keyboard.press("Escape")
    if page.query_selector(is_open):
        faults.append(f"Escape does not close {name}")
    if not page.query_selector(f":focus[popovertarget={name}]"):
        faults.append(f"Escape does not lead back from {name}")
    return faults


def _fold_faults(page: Page) -> list[str]:
    """Enter opens a fold, closes it, and opens it for the rest of the walk."""
    states = []
    for _ in range(3):
        page.keyboard.press("Enter")
        states.append(page.evaluate(FOLD_IS_OPEN))
    return [] if states == [True, False, True] else ["Enter does not open and close a fold"]
