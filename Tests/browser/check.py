#!/usr/bin/env python3
"""Opens report pages in a headless Chromium and uses them as people do.

    Tests/browser/check.py [--screenshots DIR] [--slowest SECONDS] REPORT.html ...

No console message, no request, every section there, no text beyond its box at 1280 and 390 px, a click on the map opens
the junction, a dragged or keyed offset moves the bands, themes change and, where asked for, the page is drawn in time.
Needs Debian's chromium and chromium-driver; says so and ends with 69 where they are missing.
"""

import argparse
import base64
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

# By what a page says that it is.
SECTIONS = {
    "optimization": ["summary", "map", "queues", "throughput", "junctions", "certificate", "provenance"],
    "day": ["summary", "day", "cutting", "provenance"],
    "retiming": ["summary", "junctions", "provenance"],
}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

# Text that leaves its box, or the page: elements with text of their own whose right edge lies beyond the page, unless
# something around them scrolls.
OVERFLOW = """
const wide = [];
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width + 1) wide.push('the page scrolls sideways: ' + document.documentElement.scrollWidth);
const scrolls = (node) => { for (let at = node; at && at !== document.body; at = at.parentElement) {
  const flow = getComputedStyle(at).overflowX; if (flow === 'auto' || flow === 'scroll') return true; } return false; };
for (const node of document.querySelectorAll('body *')) {
  if (!Array.from(node.childNodes).some((part) => part.nodeType === 3 && part.data.trim())) continue;
  if (node.closest('script, style, .skip, #tip, option')) continue;
  const box = node.getBoundingClientRect();
  if (!box.width) continue;
  if (box.right > width + 1 && !scrolls(node)) wide.push(node.tagName + ' beyond the page: ' + node.textContent.slice(0, 60));
  if (!node.closest('svg') && node.scrollWidth > node.clientWidth + 1 && node.clientWidth && !scrolls(node)
      && getComputedStyle(node).display !== 'inline') wide.push(node.tagName + ' beyond its box: ' + node.textContent.slice(0, 60));
}
for (const svg of document.querySelectorAll('svg.picture')) {
  const frame = svg.getBoundingClientRect();
  if (!frame.width) continue;
  for (const text of svg.querySelectorAll('text')) {
    const box = text.getBoundingClientRect();
    if (box.width && (box.right > frame.right + 1 || box.left < frame.left - 1)) wide.push('text beyond its picture: ' + text.textContent);
  }
}
return wide;
"""


class Browser:
    """A session of chromedriver's, by the WebDriver protocol."""

    def __init__(self, driver, chromium):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        options = {
            "binary": chromium,
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"],
        }
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        for _ in range(100):
            try:
                value = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
                break
            except (ConnectionError, urllib.error.URLError):
                time.sleep(0.2)
        else:
            raise RuntimeError("chromedriver does not answer")
        self.session = f"/session/{value['sessionId']}"

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def do(self, path, body=None):
        return self.call("POST", self.session + path, body or {})

    def run(self, script, *arguments):
        return self.do("/execute/sync", {"script": script, "args": list(arguments)})

    def command(self, name, **parameters):
        return self.do("/goog/cdp/execute", {"cmd": name, "params": parameters})

    def log(self, kind):
        return self.do("/se/log", {"type": kind})

    def size(self, width, height):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def theme(self, name):
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def drag(self, x, y, by):
        moves = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerMove", "x": round(x + by / 2), "y": round(y), "duration": 40},
            {"type": "pointerMove", "x": round(x + by), "y": round(y), "duration": 40},
            {"type": "pointerUp", "button": 0},
        ]
        self.do("/actions", {"actions": [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}]})

    def click(self, x, y):
        self.drag(x, y, 0)

    def keys(self, *keys):
        moves = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.do("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": moves}]})

    def screenshot(self, path, full=False):
        options = {"captureBeyondViewport": True}
        if full:
            size = self.command("Page.getLayoutMetrics")["cssContentSize"]
            options["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 9000), "scale": 1}
        path.write_bytes(base64.b64decode(self.command("Page.captureScreenshot", format="png", **options)["data"]))

    def close(self):
        try:
            self.call("DELETE", self.session)
        finally:
            self.process.terminate()
            self.process.wait()


def place(browser, selector):
    """The middle of an element, brought into view."""
    return browser.run(
        "const at = document.querySelector(arguments[0]); at.scrollIntoView({block: 'center', behavior: 'instant'});"
        "const box = at.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2];",
        selector,
    )


def check_map(browser, signals):
    """What is wrong with the map: the last junction opens, by mouse and by keyboard, and the measure changes the colours."""
    wrong = []

    def expect(holds, words):
        if not holds:
            wrong.append(words)

    x, y = place(browser, "#network-map a:last-of-type .node")
    browser.click(x, y)
    time.sleep(0.2)
    shown = "return Array.from(document.querySelectorAll('.junction')).filter((one) => !one.hidden).map((one) => one.id)"
    wanted = browser.run("return document.querySelector('#network-map a:last-of-type').getAttribute('href').slice(1)")
    expect(browser.run(shown) == [wanted], f"a click on the map opened {browser.run(shown)}, not {wanted}")
    browser.run("document.querySelector('#network-map a').focus()")
    browser.keys("\ue007")
    time.sleep(0.2)
    first = browser.run("return document.querySelector('#network-map a').getAttribute('href').slice(1)")
    expect(browser.run(shown) == [first], "Enter on a junction of the map did not open it")
    colours = "return Array.from(document.querySelectorAll('#network-map .link')).map((link) => link.getAttribute('class')).join()"
    before = browser.run(colours)
    browser.run("document.querySelector('[data-group=measure] [data-choice=storage]').click()")
    after = browser.run(colours)
    browser.run("document.querySelector('[data-group=measure] [data-choice=saturation]').click()")
    expect(browser.run(colours) == before, "the map's first colours did not come back")
    expect(before != after or signals == 1, "another measure did not colour the map anew")
    return wrong


def check(browser, page, screenshots, slowest):
    """What is wrong with a page, in words."""
    wrong = []

    def expect(holds, words):
        if not holds:
            wrong.append(words)

    browser.log("browser"), browser.log("performance")
    browser.theme("light")
    browser.size(1280, 900)
    begin = time.monotonic()
    browser.do("/url", {"url": page.resolve().as_uri()})
    browser.run("return document.body.getBoundingClientRect().height")
    opened = time.monotonic() - begin
    expect(slowest is None or opened < slowest, f"opening took {opened:.1f} s")

    there = browser.run("return Array.from(document.querySelectorAll('section')).map((section) => section.id)")
    signals = browser.run("return document.querySelectorAll('#junction-choice option').length")
    kind = browser.run("return document.body.dataset.page")
    for section in SECTIONS[kind] + (["arterials"] if signals > 1 else []):
        expect(section in there, f"no section '{section}'")
    unnamed = browser.run(
        "return Array.from(document.querySelectorAll('button, select, a, [role=slider], svg')).filter((node) =>"
        " !(node.getAttribute('aria-label') || node.textContent.trim())).length"
    )
    expect(unnamed == 0, f"{unnamed} controls without a name")

    if kind == "optimization":
        wrong.extend(check_map(browser, signals))

    # A time-space diagram: a signal is dragged, moved by keys, and put back.
    if "arterials" in there and browser.run("return document.querySelectorAll('.arterial').length"):
        figure = ".arterial figure:not([hidden])"
        bands = f"return document.querySelector('{figure} .bands').innerHTML"
        offset = f"return Number(document.querySelectorAll('{figure} .signal')[1].getAttribute('aria-valuenow'))"
        untouched, start = browser.run(bands), browser.run(offset)
        browser.run(f"document.querySelectorAll('{figure} .signal')[1].classList.add('dragged')")
        x, y = place(browser, f"{figure} .dragged .handle")
        browser.drag(x, y, 60)
        expect(browser.run(offset) != start, "dragging did not move the offset")
        if untouched:
            expect(browser.run(bands) != untouched, "dragging did not move the bands")
        dragged = browser.run(offset)
        browser.keys("\ue012")
        cycle = browser.run(f"return Number(document.querySelectorAll('{figure} .signal')[1].dataset.cycle)")
        expect((dragged - browser.run(offset)) % cycle == 1, "the left arrow did not move the offset by 1 s")
        browser.run("document.querySelector('.arterial .reset').click()")
        expect(browser.run(offset) == start, "the offset did not go back")
        widths = f"return Array.from(document.querySelectorAll('{figure} .band[data-width]')).map((band) => Number(band.dataset.width).toFixed(3)).sort().join()"
        again = browser.run(widths)
        browser.run(f"document.querySelector('{figure} .bands').innerHTML = arguments[0]", untouched)
        expect(browser.run(widths) == again, "the page finds other bands than the file has")

    # Themes: the button changes the ground.
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = browser.run(ground)
    browser.run("document.getElementById('theme').click()")
    dark = browser.run(ground)
    expect(light != dark, "the button did not change the theme")
    browser.run("document.getElementById('theme').click()")

    for width in (1280, 390):
        browser.size(width, 900)
        for index in range(min(signals, 3)):
            browser.run("location.hash = '#junction-' + arguments[0]", index + 1)
            time.sleep(0.1)
            wrong.extend(f"at {width} px: {words}" for words in browser.run(OVERFLOW)[:5])
        if screenshots:
            browser.run("history.replaceState(null, '', location.pathname); scrollTo(0, 0)")
            for theme in ("light", "dark"):
                browser.theme(theme)
                browser.run("delete document.documentElement.dataset.theme")
                browser.screenshot(screenshots / f"{page.parent.name}-{page.stem}-{width}-{theme}.png", full=True)
            browser.theme("light")

    for entry in browser.log("browser"):
        wrong.append(f"console: {entry['message']}")
    for entry in browser.log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            address = message["params"]["request"]["url"]
            if not address.startswith(("file:", "data:", "about:")):
                wrong.append(f"a request to {address}")
    print(f"{page}: {page.stat().st_size / 1e6:.2f} MB, opened in {opened:.2f} s, {'good' if not wrong else ''}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    parser.add_argument("--screenshots", type=pathlib.Path, help="a folder for pictures of the pages")
    parser.add_argument("--slowest", type=float, metavar="SECONDS", help="how long opening a page may take")
    arguments = parser.parse_args()
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if not driver or not chromium:
        print("the browser check needs Chromium: apt-get install chromium chromium-driver", file=sys.stderr)
        return 69
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)
    browser = Browser(driver, chromium)
    # The browser's own start is not the page's.
    browser.do("/url", {"url": "about:blank"})
    failures = 0
    try:
        for page in arguments.pages:
            for words in check(browser, page, arguments.screenshots, arguments.slowest):
                print(f"  {words}")
                failures += 1
    finally:
        browser.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
