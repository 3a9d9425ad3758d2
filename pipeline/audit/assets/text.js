// The text: flat segments in lines as they came, or in paragraphs; marks, roles, and what the reader selects in it.

const BLOCK = 20000; // characters of a line that are laid out together
const LONG = 100; // lines from which on only those in sight are laid out
const LANES = 3; // facts that are underlined at one place

class TextView {
  constructor(place, source, parts, choose) {
    this.place = place;
    this.source = source;
    this.parts = parts;
    this.choose = choose;
    this.reflowed = false;
    this.roles = [];
    this.struck = new Set();
    place.addEventListener("click", (event) => this.clicked(event));
    // On a phone the selection is gone when a button is touched: the last one is kept until it was used.
    document.addEventListener("selectionchange", () => this.keep());
  }

  /** Draw the text with the marks of `entries`. */
  draw(entries) {
    const intervals = entries.flatMap((entry, i) => entry.spans.map(([start, end]) => [start, end, i]));
    // The bounds of arguments too, so that their roles can be shown on whole segments.
    const bounds = entries.flatMap((entry) => Object.values(entry.args).flat()).map(([start, end]) => [start, end, -1]);
    this.segments = segments(this.source.length, [...intervals, ...bounds]);
    this.leaves = new Map(entries.map((entry) => [entry, []]));
    this.lanes = lanesOf(entries);
    this.byStart = new Map();
    this.entries = entries;
    this.dimmed = false;
    this.kept = null;
    const blocks = this.reflowed ? this.paragraphs() : this.lines();
    this.place.classList.toggle("reflowed", this.reflowed);
    this.place.classList.toggle("long", blocks.length > LONG);
    this.place.replaceChildren(...blocks);
  }

  lines() {
    return this.source.lines().flatMap(([start, end], i) => {
      const blocks = [];
      for (let at = start; at < end; at += BLOCK) {
        const line = el("div", { class: "line" });
        if (at === start) line.dataset.line = i + 1;
        this.fill(line, [[at, Math.min(at + BLOCK, end)]]);
        blocks.push(line);
      }
      return blocks;
    });
  }

  paragraphs() {
    return this.parts.map((part) => {
      const role = part.role.split(" ")[0];
      const block = el("div", { class: `part ${role}`, title: part.role === "paragraph" ? null : part.role });
      this.fill(block, part.spans);
      return block;
    });
  }

  fill(block, spans) {
    for (const [start, end] of spans) {
      for (let i = this.at(start); i < this.segments.length && this.segments[i].start < end; i += 1) {
        const segment = this.segments[i];
        const leaf = this.leaf(Math.max(segment.start, start), Math.min(segment.end, end), segment.owners);
        block.append(leaf);
      }
    }
  }

  /** The number of the segment that holds an offset. */
  at(offset) {
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.segments[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  leaf(start, end, numbers) {
    const owners = numbers.filter((n) => n >= 0).map((n) => this.entries[n]);
    const leaf = document.createElement("span");
    leaf.start = start;
    leaf.end = end;
    leaf.owners = owners;
    if (owners.length) this.mark(leaf, owners);
    this.write(leaf, this.source.slice(start, end), start);
    for (const owner of owners) this.leaves.get(owner).push(leaf);
    if (!this.byStart.has(start)) this.byStart.set(start, leaf);
    return leaf;
  }

  mark(leaf, owners) {
    const mentions = owners.filter((o) => o.layer === "mention");
    const mention = mentions.filter((o) => layerOf(o) !== "candidate").pop();
    const classes = ["mark"];
    if (mention) classes.push(mention.type);
    if (mentions.some((o) => layerOf(o) === "candidate")) classes.push("candidate");
    if (owners.some((o) => o.layer === "check" && o.failed)) classes.push("failed");
    if (mentions.some((o) => this.struck.has(o))) classes.push("struck");
    leaf.className = classes.join(" ");
    this.underline(leaf);
  }

  /** A line for each fact, one below the other, so that crossing and nested ones stay apart; grey where it was rejected. */
  underline(leaf) {
    const lines = new Map(leaf.owners.filter((o) => o.layer === "fact").map((o) => [this.lanes.get(o), o]));
    if (!lines.size) return;
    const drawn = [];
    for (let lane = 0; lane < LANES; lane += 1) {
      const fact = lines.get(lane);
      if (lane) drawn.push(`0 ${lane * 4}px 0 0 var(--page)`); // the gap
      if (fact) drawn.push(`0 ${2 + lane * 4}px 0 0 var(--${layerOf(fact) === "candidate" || this.struck.has(fact) ? "line" : fact.type})`);
    }
    leaf.style.boxShadow = drawn.join(", ");
  }

  /** Text as it is, line breaks and what cannot be seen as elements of their own that keep their offsets. */
  write(leaf, text, start) {
    if (!/[\r\n]/.test(text) && !UNSEEN.test(text)) {
      leaf.textContent = text;
      return;
    }
    let at = start;
    for (const piece of text.match(/[ \t\u3000]*\r?\n[ \t\u3000]*|[^\r\n]+?(?=[ \t\u3000]*\r?\n)|[^\r\n]+|\r/g)) {
      if (piece.includes("\n")) leaf.append(this.wrap(piece, at));
      else this.visible(leaf, piece, at);
      at += Array.from(piece).length;
    }
  }

  wrap(piece, at) {
    const made = el("span", { class: "wrap" });
    const next = this.source.slice(at + piece.length, at + piece.length + 1);
    const before = at ? this.source.slice(at - 1, at) : "";
    // Words of letters are parted by the line break; Chinese is not.
    made.textContent = this.reflowed ? (/\w/.test(next) && /\w/.test(before) ? " " : "") : piece.replace("\r", "");
    made.start = at;
    made.end = at + piece.length;
    return made;
  }

  visible(leaf, piece, at) {
    let from = at;
    for (const part of piece.split(new RegExp(`(${UNSEEN.source})`))) {
      if (!part) continue;
      const count = Array.from(part).length;
      const sign = UNSEEN.test(part);
      const made = el("span", sign ? { class: "unseen", title: codeName(part) } : {});
      made.textContent = sign ? picture(part) : part;
      made.start = from;
      made.end = from + count;
      leaf.append(made);
      from += count;
    }
  }

  /** Show an entry as the chosen one: its segments, and those of its arguments with their roles. */
  select(entry, scroll = true) {
    for (const leaf of this.roles) {
      leaf.classList.remove("chosen", "argument", "below");
      delete leaf.dataset.role;
    }
    this.roles = [];
    if (!entry) return;
    for (const [start, end] of entry.spans) this.paint(start, end, "chosen");
    const roles = Object.entries(entry.args).sort((a, b) => a[1][0][0] - b[1][0][0]);
    roles.forEach(([role, spans], i) => {
      for (const [start, end] of spans) this.paint(start, end, "argument");
      const first = this.byStart.get(spans[0][0]);
      if (first) {
        first.dataset.role = role;
        first.classList.toggle("below", i % 2 === 1);
      }
    });
    if (scroll && this.roles.length) this.bring(this.roles[0]);
  }

  /** Scroll only where a leaf is not well in sight: a text that moves at each key is hard to read. */
  bring(leaf) {
    const box = leaf.getBoundingClientRect();
    const seen = this.place.getBoundingClientRect();
    const top = Math.max(seen.top, 0) + 40;
    const bottom = Math.min(seen.bottom, innerHeight, this.covered()) - 60;
    if (box.top < top || box.bottom > bottom) leaf.scrollIntoView({ block: "center", inline: "nearest" });
  }

  /** Where the panel begins that covers the text on a phone. */
  covered() {
    const panel = document.querySelector(".panel");
    return getComputedStyle(panel).position === "fixed" ? panel.getBoundingClientRect().top : Infinity;
  }

  paint(start, end, kind) {
    for (let i = this.at(start); i < this.segments.length && this.segments[i].start < end; i += 1) {
      for (let at = this.segments[i].start; at < this.segments[i].end; ) {
        const leaf = this.byStart.get(at);
        if (!leaf) break;
        leaf.classList.add(kind);
        this.roles.push(leaf);
        at = leaf.end;
      }
    }
  }

  /** Show how an entry was judged: a rejected mention is struck out, the line of a rejected fact is grey. */
  judge(entry, verdict) {
    if (verdict === "reject") this.struck.add(entry);
    else this.struck.delete(entry);
    for (const leaf of this.leaves.get(entry) || []) {
      if (entry.layer === "mention") leaf.classList.toggle("struck", verdict === "reject");
      else this.underline(leaf);
    }
  }

  /** Take the marks from where no entry of `listed` is; null: all stay. */
  dim(listed) {
    if (listed === null && !this.dimmed) return;
    this.dimmed = listed !== null;
    for (const leaves of this.leaves.values()) {
      for (const leaf of leaves) leaf.classList.toggle("dim", listed !== null && !leaf.owners.some((o) => listed.has(o)));
    }
  }

  clicked(event) {
    if (!getSelection().isCollapsed) return;
    this.kept = null;
    const leaf = event.target.closest(".mark");
    if (leaf) this.choose([...leaf.owners].reverse());
  }

  keep() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (this.place.contains(range.commonAncestorContainer)) this.kept = range.cloneRange();
  }

  /** What is selected was used. */
  used() {
    this.kept = null;
    getSelection().removeAllRanges();
  }

  /** The spans that the reader has selected in the text; empty where there are none. */
  selected() {
    this.keep();
    const range = this.kept;
    if (!range) return [];
    const spans = [];
    const within = range.commonAncestorContainer;
    const root = within.nodeType === Node.TEXT_NODE ? within.parentElement : within;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!range.intersectsNode(node)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.data.length;
      const holder = node.parentElement;
      if (from >= to) continue;
      const whole = holder.classList.contains("wrap");
      const start = whole ? holder.start : holder.start + points(node.data, 0, from, true);
      const end = whole ? holder.end : holder.start + points(node.data, 0, to, true);
      if (start < end) spans.push([start, end]);
    }
    return trimmed(tidied(spans, this.source), this.source);
  }
}

function trimmed(spans, source) {
  return spans.map(([start, end]) => {
    while (start < end && /\s/.test(source.slice(start, start + 1))) start += 1;
    while (end > start && /\s/.test(source.slice(end - 1, end))) end -= 1;
    return [start, end];
  }).filter(([start, end]) => start < end);
}

/** A lane for each fact, so that those at one place are drawn one below the other. */
function lanesOf(entries) {
  const lanes = new Map();
  const ends = [];
  const facts = entries.filter((entry) => entry.layer === "fact").sort((a, b) => a.spans[0][0] - b.spans[0][0]);
  for (const fact of facts) {
    const end = fact.spans[fact.spans.length - 1][1];
    let lane = ends.findIndex((e) => e <= fact.spans[0][0]);
    if (lane < 0) lane = ends.length;
    ends[lane] = end;
    lanes.set(fact, lane);
  }
  return lanes;
}
