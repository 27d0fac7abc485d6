"use strict";
// Time-space diagrams whose signals can be moved: the bands are found anew, as Progression.bands of the library does.
(() => {
  const slack = 1e-6;
  const wrap = (time, cycle) => ((time % cycle) + cycle) % cycle;

  // The times of a cycle in which a green of either list is on.
  const common = (some, others, cycle) => {
    const found = [];
    for (const one of some) {
      if (one.length >= cycle - slack) return others;
      for (const other of others) {
        for (const turn of [-cycle, 0, cycle]) {
          const begin = Math.max(one.begin, other.begin + turn);
          const end = Math.min(one.begin + one.length, other.begin + other.length + turn);
          if (end - begin > slack) found.push({ begin: wrap(begin, cycle), length: Math.min(cycle, end - begin) });
        }
      }
    }
    return found;
  };

  class Diagram {
    constructor(svg) {
      this.svg = svg;
      const data = svg.dataset;
      this.begin = Number(data.begin);
      this.end = Number(data.end);
      this.left = Number(data.left);
      this.perSecond = Number(data.perSecond);
      this.cycle = Number(data.cycle);
      this.signals = Array.from(svg.querySelectorAll(".signal")).map((group) => ({
        group,
        first: Number(group.dataset.offset),
        offset: Number(group.dataset.offset),
        cycle: Number(group.dataset.cycle),
        y: Number(group.dataset.y),
        time: { outbound: Number(group.dataset.outboundTime), inbound: Number(group.dataset.inboundTime) },
        greens: { outbound: Diagram.pairs(group.dataset.outbound), inbound: Diagram.pairs(group.dataset.inbound) },
      }));
      for (const signal of this.signals) this.listen(signal);
    }

    static pairs(text) {
      return text.split(" ").filter(Boolean).map((pair) => {
        const [begin, length] = pair.split(":").map(Number);
        return { begin, length };
      });
    }

    bands(direction) {
      let open = [{ begin: 0, length: this.cycle }];
      for (const signal of this.signals) {
        if (signal.greens[direction].every((green) => green.length >= signal.cycle - slack)) continue;
        const greens = [];
        for (let part = 0; part < Math.round(this.cycle / signal.cycle); part += 1) {
          for (const green of signal.greens[direction]) {
            const begin = signal.offset - signal.time[direction] + part * signal.cycle + green.begin;
            greens.push({ begin: wrap(begin, this.cycle), length: green.length });
          }
        }
        open = common(open, greens, this.cycle);
      }
      return open.filter((band) => band.length >= 1 - slack).sort((a, b) => a.begin - b.begin);
    }

    place(time) { return this.left + (time - this.begin) * this.perSecond; }

    draw() {
      const layer = this.svg.querySelector(".bands");
      const widths = {};
      layer.replaceChildren();
      for (const direction of ["outbound", "inbound"]) {
        const bands = this.cycle > 0 ? this.bands(direction) : [];
        const widest = Math.max(0, ...bands.map((band) => band.length));
        widths[direction] = widest > 0
          ? Math.round(widest) + " s (" + Math.round(100 * widest / this.cycle) + " %)" : this.svg.dataset.none;
        const longest = Math.max(...this.signals.map((signal) => signal.time[direction]));
        for (const band of bands) {
          const last = Math.floor((this.end - band.begin) / this.cycle);
          let turn = Math.ceil((this.begin - longest - band.begin - band.length) / this.cycle);
          for (; turn <= last; turn += 1) {
            layer.append(this.polygon(direction, band, band.begin + turn * this.cycle));
          }
        }
      }
      if (this.cycle > 0) {
        this.svg.querySelector(".bandwidth").textContent = this.svg.dataset.bandwidth
          .replace("{outbound}", widths.outbound).replace("{inbound}", widths.inbound);
      }
    }

    polygon(direction, band, begin) {
      const times = this.signals.map((signal) => begin + signal.time[direction]);
      const there = this.signals.map((signal, index) => [this.place(times[index]), signal.y]);
      const back = this.signals.map((signal, index) => [this.place(times[index] + band.length), signal.y]).reverse();
      const polygon = document.createElementNS(this.svg.namespaceURI, "polygon");
      polygon.setAttribute("class", "band " + direction);
      polygon.dataset.direction = direction;
      polygon.dataset.width = band.length;
      polygon.dataset.times = times.join(" ");
      polygon.setAttribute("points", there.concat(back).map((point) => point.map((x) => x.toFixed(1)).join(",")).join(" "));
      return polygon;
    }

    move(signal, offset) {
      signal.offset = wrap(Math.round(offset), signal.cycle);
      let shift = wrap(signal.offset - signal.first, signal.cycle);
      if (shift > signal.cycle / 2) shift -= signal.cycle;
      signal.group.querySelector(".greens").setAttribute("transform", "translate(" + shift * this.perSecond + " 0)");
      const words = this.svg.dataset.setting
        .replace("{cycle}", signal.cycle).replace("{offset}", Math.round(signal.offset));
      signal.group.querySelector(".setting").textContent = words;
      signal.group.setAttribute("aria-valuenow", signal.offset);
      signal.group.setAttribute("aria-valuetext", words);
      this.draw();
    }

    reset() {
      for (const signal of this.signals) this.move(signal, signal.first);
    }

    listen(signal) {
      const handle = signal.group.querySelector(".handle");
      let start = null;
      handle.addEventListener("pointerdown", (event) => {
        start = { x: event.clientX, offset: signal.offset };
        handle.setPointerCapture(event.pointerId);
        event.preventDefault();
        signal.group.focus();
      });
      handle.addEventListener("pointermove", (event) => {
        if (!start) return;
        const scale = this.svg.viewBox.baseVal.width / this.svg.getBoundingClientRect().width;
        this.move(signal, start.offset + (event.clientX - start.x) * scale / this.perSecond);
      });
      for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, () => { start = null; });
      signal.group.addEventListener("keydown", (event) => {
        const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
        if (event.key in steps) this.move(signal, signal.offset + steps[event.key]);
        else if (event.key === "Home") this.move(signal, signal.first);
        else return;
        event.preventDefault();
      });
    }
  }

  for (const arterial of document.querySelectorAll(".arterial")) {
    const diagrams = Array.from(arterial.querySelectorAll("svg[data-kind=time-space]")).map((svg) => new Diagram(svg));
    arterial.querySelector(".reset").addEventListener("click", () => {
      for (const diagram of diagrams) diagram.reset();
    });
  }
})();
