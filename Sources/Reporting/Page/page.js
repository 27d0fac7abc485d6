"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Light or dark.
  document.getElementById("theme").addEventListener("click", () => {
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  });
  document.getElementById("print").addEventListener("click", () => print());

  // Values of what is pointed at, or come to with the keyboard.
  const tip = document.getElementById("tip");
  const show = (words, x, y) => {
    tip.textContent = words;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - box.width - 4)) + "px";
    tip.style.top = (y + 18 + box.height > innerHeight ? y - box.height - 10 : y + 18) + "px";
  };
  document.addEventListener("pointermove", (event) => {
    const marked = event.target.closest && event.target.closest("[data-tip]");
    if (marked) show(marked.dataset.tip, event.clientX, event.clientY);
    else tip.hidden = true;
  });
  document.addEventListener("focusin", (event) => {
    const marked = event.target.querySelector && event.target.matches("svg a, svg g") && event.target.querySelector("[data-tip]");
    if (!marked || !event.target.matches(":focus-visible")) return;
    const box = marked.getBoundingClientRect();
    show(marked.dataset.tip, box.left, box.bottom - 12);
  });
  document.addEventListener("focusout", () => { tip.hidden = true; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });

  // The map's colours.
  const map = { measure: "saturation", map: "1" };
  const paint = () => {
    const place = (map.measure === "saturation" ? 0 : 2) + Number(map.map);
    for (const link of all("#network-map .link[data-levels]")) {
      const level = link.dataset.levels[place];
      link.setAttribute("class", level === "-" ? "link" : "link v" + level);
    }
    for (const legend of all("#network-map .legend")) {
      legend.style.display = legend.classList.contains(map.measure) ? "" : "none";
    }
  };

  // Choices: one button of a group is pressed.
  for (const group of all(".choice")) {
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-choice]");
      if (!button) return;
      for (const other of all("button", group)) other.setAttribute("aria-pressed", String(other === button));
      const name = group.dataset.group;
      if (name in map) {
        map[name] = button.dataset.choice;
        paint();
      }
      for (const shown of all("[data-shown-by=\"" + name + "\"]")) {
        shown.hidden = shown.dataset.value !== button.dataset.choice;
      }
    });
  }

  // One junction at a time.
  const junctions = all(".junction");
  const choice = document.getElementById("junction-choice");
  const open = (identifier, isAsked) => {
    const wanted = junctions.find((junction) => junction.id === identifier);
    if (!wanted) return;
    for (const junction of junctions) junction.hidden = junction !== wanted;
    choice.value = identifier;
    if (!isAsked) return;
    document.getElementById("junctions").scrollIntoView();
    wanted.focus({ preventScroll: true });
  };
  if (junctions.length) {
    const asked = location.hash.slice(1);
    open(junctions[0].id, false);
    if (asked.startsWith("junction-")) open(asked, true);
    addEventListener("hashchange", () => open(location.hash.slice(1), true));
    choice.addEventListener("change", () => open(choice.value, false));
    const step = (by) => {
      const now = junctions.findIndex((junction) => !junction.hidden);
      open(junctions[(now + by + junctions.length) % junctions.length].id, false);
    };
    document.getElementById("previous").addEventListener("click", () => step(-1));
    document.getElementById("next").addEventListener("click", () => step(1));
    // A link to the junction that the address already names changes nothing in the address.
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("a");
      const address = link && (link.getAttribute("href") || "");
      if (address && address.startsWith("#junction-") && address === location.hash) open(address.slice(1), true);
    });
  }
})();
