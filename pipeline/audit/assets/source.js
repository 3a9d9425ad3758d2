// The source text: code points, as all spans count them, in JavaScript's UTF-16; and its flat segments.

class Source {
  constructor(text) {
    this.text = text;
    this.units = null;
    if (/[\ud800-\udfff]/.test(text)) this.units = unitOffsets(text);
    this.length = this.units ? this.units.length - 1 : text.length;
  }

  /** The text of [start, end), in code points. */
  slice(start, end) {
    return this.units ? this.text.slice(this.units[start], this.units[end]) : this.text.slice(start, end);
  }

  joined(spans) {
    return spans.map(([start, end]) => this.slice(start, end)).join("");
  }

  /** The lines as they came, each with its line break. */
  lines() {
    const found = [];
    const breaks = /\n/g;
    let start = 0;
    let unit = 0;
    for (let hit = breaks.exec(this.text); hit; hit = breaks.exec(this.text)) {
      const end = start + points(this.text, unit, hit.index + 1, this.units);
      found.push([start, end]);
      start = end;
      unit = hit.index + 1;
    }
    if (start < this.length) found.push([start, this.length]);
    return found;
  }
}

function unitOffsets(text) {
  const offsets = [];
  for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) offsets.push(unit);
  offsets.push(text.length);
  return Uint32Array.from(offsets);
}

function points(text, from, to, units) {
  if (!units) return to - from;
  let count = 0;
  for (let unit = from; unit < to; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) count += 1;
  return count;
}

/**
 * The segments of a text of `length` characters, in which nothing begins or ends; `owners` cover it, the longest first.
 * `intervals` are [start, end, owner].
 */
function segments(length, intervals) {
  const whole = intervals.filter(([a, b]) => a < Math.min(b, length)).sort((x, y) => x[0] - y[0]);
  const bounds = new Set([0, length]);
  for (const [a, b] of whole) bounds.add(a).add(Math.min(b, length));
  const sorted = [...bounds].sort((x, y) => x - y);
  const out = [];
  let open = [];
  let after = 0;
  for (let i = 0; i + 1 < sorted.length; i += 1) {
    const start = sorted[i];
    open = open.filter((interval) => interval[1] > start);
    while (after < whole.length && whole[after][0] <= start) open.push(whole[after++]);
    const owners = [...open].sort((x, y) => x[0] - x[1] - (y[0] - y[1]) || x[2] - y[2]).map((interval) => interval[2]);
    out.push({ start, end: sorted[i + 1], owners });
  }
  return out;
}

/** Spans as few as they can be: pieces that touch, or have only space between them, are one. */
function tidied(spans, source) {
  const out = [];
  for (const [start, end] of spans) {
    const last = out[out.length - 1];
    if (last && last[1] <= start && /^\s*$/.test(source.slice(last[1], start))) last[1] = end;
    else out.push([start, end]);
  }
  return out;
}
