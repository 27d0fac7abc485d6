"""Scatter plots as SVG: one model's figures against another's."""

import math
from dataclasses import dataclass
from xml.sax.saxutils import escape

#: Sizes in the units of the picture.
_SIDE = 300
_MARGIN = 56
_HEAD = 44
_TOTAL_WIDTH = _SIDE + _MARGIN + 16
_TOTAL_HEIGHT = _SIDE + _HEAD + 48
#: Smaller values are drawn here: a logarithm has no zero.
_LEAST = 0.1
#: What floating point may be off.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Panel:
    """Points of one network; the highlighted one is the shipped plan."""

    title: str
    subtitle: str
    points: tuple
    highlight: tuple


def draw(panels, columns, x_label, y_label):
    """The text of a picture with a panel for each network."""
    rows = math.ceil(len(panels) / columns)
    width, height = columns * _TOTAL_WIDTH, rows * _TOTAL_HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="white"/>']
    for index, panel in enumerate(panels):
        row, column = divmod(index, columns)
        parts.append(f'<g transform="translate({column * _TOTAL_WIDTH},{row * _TOTAL_HEIGHT})">')
        parts += _panel(panel, x_label, y_label)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel, x_label, y_label):
    values = [value for point in (*panel.points, panel.highlight) for value in point]
    # Delays of plans differ by orders of magnitude, so the axes are logarithmic.
    ticks = _ticks(max(_LEAST, min(values)), max(_LEAST, max(values)))
    scale = _SIDE / math.log(ticks[-1] / ticks[0])
    bottom = _HEAD + _SIDE

    def place(point):
        x, y = (scale * math.log(max(_LEAST, value) / ticks[0]) for value in point)
        return _MARGIN + x, bottom - y

    parts = [
        f'<text x="{_MARGIN}" y="18" font-size="14" font-weight="bold">{escape(panel.title)}</text>',
        f'<text x="{_MARGIN}" y="34" fill="#555">{escape(panel.subtitle)}</text>']
    for tick in ticks:
        x, y = place((tick, tick))
        parts += [
            f'<path d="M{x:.1f} {_HEAD}V{bottom}M{_MARGIN} {y:.1f}h{_SIDE}" stroke="#e4e4e4" fill="none"/>',
            f'<text x="{x:.1f}" y="{bottom + 15}" text-anchor="middle">{tick:g}</text>',
            f'<text x="{_MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>']
    parts += [
        # Where both models agree.
        f'<path d="M{_MARGIN} {bottom}L{_MARGIN + _SIDE} {_HEAD}" stroke="#888" stroke-dasharray="4 3"/>',
        f'<text x="{_MARGIN + _SIDE / 2}" y="{bottom + 34}" text-anchor="middle">{escape(x_label)}</text>',
        f'<text transform="translate(14,{_HEAD + _SIDE / 2}) rotate(-90)" text-anchor="middle">'
        f'{escape(y_label)}</text>']
    for point in panel.points:
        x, y = place(point)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#1b6ca8" fill-opacity="0.6"/>')
    x, y = place(panel.highlight)
    parts.append(f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" fill="#d1495b"/>')
    # The lower right corner is far from where both models agree.
    right = _MARGIN + _SIDE - 84
    parts += [
        '<g class="legend">',
        f'<rect x="{right - 4.5}" y="{bottom - 32.5}" width="9" height="9" fill="#d1495b"/>',
        f'<text x="{right + 10}" y="{bottom - 24}">shipped plan</text>',
        f'<circle cx="{right}" cy="{bottom - 12}" r="3.5" fill="#1b6ca8" fill-opacity="0.6"/>',
        f'<text x="{right + 10}" y="{bottom - 8}">random plans</text>', '</g>']
    return parts


def _ticks(least, largest):
    """The numbers 1, 2, 5, 10, 20 and so on from at most the least value to at least the largest."""
    series = [
        factor * 10.0 ** power
        for power in range(math.floor(math.log10(least)), math.ceil(math.log10(largest)) + 1)
        for factor in (1, 2, 5)]
    first = max(index for index, tick in enumerate(series) if tick <= least * (1 + _ROUNDING))
    last = min(index for index, tick in enumerate(series) if tick >= largest * (1 - _ROUNDING))
    return series[first:max(last, first + 1) + 1]
