// Decisions: a log that is only appended to; the last one of a reviewer on an item holds, an undo takes it back.

const REVIEWS = "zhfacts-reviews/1";
const VERDICTS = ["accept", "reject", "correct", "add", "undo"];

/** What makes an item the same for a decision: its place and what it says, not the rule that said it. */
function identity(item) {
  if (!identities.has(item)) {
    identities.set(item, canonical([item.layer, item.type, item.spans, item.args, item.label, item.norm]));
  }
  return identities.get(item);
}

const identities = new WeakMap();

/** Why a line is no decision; null where it is one. */
function faultOf(record) {
  if (!record || record.schema !== REVIEWS) return `its schema is not ${REVIEWS}`;
  if (!VERDICTS.includes(record.verdict)) return "its verdict is none of " + VERDICTS.join(", ");
  if (typeof record.reviewer !== "string" || !record.reviewer.trim()) return "it names no reviewer";
  const item = record.item;
  if (!item || typeof item !== "object" || !["mention", "fact"].includes(item.layer)) return "it names no item";
  if (typeof item.type !== "string" || !item.args || !item.norm) return "its item is not whole";
  if (![item.spans, ...Object.values(item.args)].every(areSpans)) return "its spans are none";
  if ((record.verdict === "correct") !== (record.correction !== null)) return "its correction does not fit its verdict";
  return null;
}

function areSpans(spans) {
  const pair = (p) => Array.isArray(p) && p.length === 2 && p.every(Number.isInteger) && p[0] >= 0 && p[0] < p[1];
  return Array.isArray(spans) && spans.length > 0 && spans.every(pair);
}

class Reviews {
  /** Of the document of `data`, kept by `store`: an object with load() and add(records), which may fail. */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.records = [];
    this.lines = new Set();
    this.last = "";
    this.add(store.load());
  }

  /** Take records of this document into the log; how many of them were new. */
  add(records) {
    const before = this.records.length;
    for (const record of records) {
      const line = canonical(record);
      if (this.lines.has(line)) continue;
      this.lines.add(line);
      this.records.push(record);
    }
    this.fold();
    return this.records.slice(before);
  }

  fold() {
    this.stacks = new Map();
    for (const record of this.records) {
      const key = identity(record.item);
      if (!this.stacks.has(key)) this.stacks.set(key, new Map());
      const ofItem = this.stacks.get(key);
      if (!ofItem.has(record.reviewer)) ofItem.set(record.reviewer, []);
      const stack = ofItem.get(record.reviewer);
      if (record.verdict === "undo") stack.pop();
      else stack.push(record);
    }
  }

  /** Each reviewer's decision on an item, as a list of records. */
  on(item) {
    const ofItem = this.stacks.get(identity(item)) || new Map();
    return [...ofItem.values()].filter((stack) => stack.length).map((stack) => stack[stack.length - 1]);
  }

  mine(item, reviewer) {
    return this.on(item).find((record) => record.reviewer === reviewer) || null;
  }

  /** All decisions that hold. */
  holding() {
    const stacks = [...this.stacks.values()].flatMap((ofItem) => [...ofItem.values()]);
    return stacks.filter((stack) => stack.length).map((stack) => stack[stack.length - 1]);
  }

  /** What reviewers say is missing. */
  get added() {
    return this.holding().filter((record) => record.verdict === "add");
  }

  decide(item, verdict, reviewer, { correction = null, note = "" } = {}) {
    const record = {
      schema: REVIEWS,
      source: this.data.doc.source,
      doc: this.data.doc.id,
      rules: this.data.producer.rules,
      item,
      verdict,
      correction,
      reviewer,
      at: this.now(),
      note,
    };
    this.add([record]);
    this.store.add([record]);
    return record;
  }

  /** Take back a reviewer's last decision that still holds; the record, or null. */
  undo(reviewer) {
    const open = [];
    for (const record of this.records.filter((r) => r.reviewer === reviewer)) {
      if (record.verdict !== "undo") open.push(record);
      else open.splice(lastOn(open, identity(record.item)), 1);
    }
    const record = open.pop();
    return record ? this.decide(record.item, "undo", reviewer) : null;
  }

  /** The time, later than any that was told before: no two records are the same. */
  now() {
    let at = new Date().toISOString();
    if (at <= this.last) at = new Date(Date.parse(this.last) + 1).toISOString();
    this.last = at;
    return at;
  }

  text() {
    return asLines(this.records);
  }
}

function lastOn(records, key) {
  for (let i = records.length - 1; i >= 0; i -= 1) if (identity(records[i].item) === key) return i;
  return records.length;
}

function asLines(records) {
  return records.map((record) => JSON.stringify(record) + "\n").join("");
}

/** The records of a file, and what is wrong with its other lines. */
function parseLines(text) {
  const records = [];
  const faults = [];
  text.split("\n").forEach((line, i) => {
    if (!line.trim()) return;
    let record = null;
    try {
      record = JSON.parse(line);
    } catch {
      faults.push(`line ${i + 1}: it is no JSON`);
      return;
    }
    const fault = faultOf(record);
    if (fault) faults.push(`line ${i + 1}: ${fault}`);
    else records.push(record);
  });
  return { records, faults };
}

/** Keeps decisions in the browser. */
class BrowserStore {
  static PREFIX = "zhfacts-reviews:";

  constructor(source) {
    this.key = BrowserStore.PREFIX + source;
    this.unsaved = false;
  }

  load() {
    return parseLines(kept.get(this.key) || "").records;
  }

  add(records) {
    // Another tab may have written meanwhile.
    if (!kept.set(this.key, (kept.get(this.key) || "") + asLines(records))) this.unsaved = true;
  }
}
