// Which entries the list shows: by layer, type, rule, name, confidence, checks, what was decided, and words.

const LAYERS = [["fact", "Facts"], ["mention", "Mentions"], ["check", "Checks"], ["candidate", "Rejected"]];
const DECIDED = [["", "any"], ["open", "not judged"], ["accept", "accepted"], ["reject", "rejected"], ["correct", "corrected"], ["split", "reviewers differ"]];

function layerOf(entry) {
  return entry.status === "lost" || entry.status === "rejected" ? "candidate" : entry.layer;
}

class Filters {
  constructor(entries, source, verdicts, changed) {
    this.source = source;
    this.verdicts = verdicts;
    this.changed = changed;
    this.layers = new Set(["fact", "check"]);
    this.types = new Set();
    this.words = "";
    this.set(entries);
    $("search").addEventListener("input", () => this.with({ words: $("search").value }));
    $("confidence").addEventListener("input", () => this.told());
    for (const id of ["rule", "name", "checks", "decided", "confidence"]) $(id).addEventListener("change", () => this.told());
    $("clear").addEventListener("click", () => this.clear());
  }

  /** The entries have changed; what is chosen stays. */
  set(entries) {
    this.entries = entries;
    this.texts = new Map();
    this.options("rule", "any rule", tally(entries.filter((e) => e.rule).map((e) => e.rule)));
    this.options("name", "any name", tally(entries.flatMap((e) => [...e.names])));
    $("decided").replaceChildren(...DECIDED.map(([value, name]) => el("option", { value }, name)));
    this.buttons();
  }

  options(id, any, counts) {
    const before = $(id).value;
    const options = [...counts].map(([value, n]) => el("option", { value }, `${shown(value)} (${n})`));
    $(id).replaceChildren(el("option", { value: "" }, any), ...options);
    $(id).value = counts.has(before) ? before : "";
  }

  buttons() {
    const layers = tally(this.entries.map(layerOf));
    const press = (set, value) => () => {
      if (!set.delete(value)) set.add(value);
      this.buttons();
      this.changed();
    };
    $("layers").replaceChildren(...LAYERS.map(([layer, name]) =>
      el("button", { type: "button", class: "chip", "aria-pressed": String(this.layers.has(layer)), onclick: press(this.layers, layer) },
        `${name} ${layers.get(layer) || 0}`)));
    const types = tally(this.entries.filter((e) => this.layers.has(layerOf(e)) && e.layer !== "check").map((e) => e.type));
    for (const type of this.types) if (!types.has(type)) this.types.delete(type);
    $("types").replaceChildren(...[...types].map(([type, n]) =>
      el("button", { type: "button", class: "chip", "aria-pressed": String(this.types.has(type)), onclick: press(this.types, type) },
        el("span", { class: `dot ${type}` }), `${type} ${n}`)));
  }

  /** Show what is chosen in another way: a rule, some words. */
  with({ rule = null, words = null, layer = null }) {
    if (rule !== null) $("rule").value = rule;
    if (words !== null) this.words = $("search").value = words;
    if (layer !== null && !this.layers.delete(layer)) this.layers.add(layer);
    this.buttons();
    this.told();
  }

  clear() {
    this.types.clear();
    this.words = $("search").value = "";
    for (const id of ["rule", "name", "checks", "decided"]) $(id).value = "";
    $("confidence").value = 1;
    this.buttons();
    this.told();
  }

  told() {
    $("confidence-value").textContent = Number($("confidence").value).toFixed(2);
    this.changed();
  }

  /** Whether something other than the layer is chosen. */
  get narrowed() {
    const chosen = ["rule", "name", "checks", "decided"].some((id) => $(id).value) || Number($("confidence").value) < 1;
    return chosen || this.types.size > 0 || this.words.trim() !== "";
  }

  /** The entries that are shown, in order. */
  shown() {
    const words = this.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
    return this.entries.filter((entry) => this.passes(entry) && words.every((word) => this.textOf(entry).includes(word)));
  }

  passes(entry) {
    if (!this.layers.has(layerOf(entry))) return false;
    if (this.types.size && (entry.layer === "check" || !this.types.has(entry.type))) return false;
    if ($("rule").value && entry.rule !== $("rule").value) return false;
    if ($("name").value && !entry.names.has($("name").value)) return false;
    if (entry.confidence !== null && entry.confidence > Number($("confidence").value)) return false;
    const checks = $("checks").value;
    if ((checks === "failed" && !entry.failed) || (checks === "any" && !entry.checked)) return false;
    return !$("decided").value || this.decidedAs(entry, $("decided").value);
  }

  decidedAs(entry, wanted) {
    const verdicts = new Set(this.verdicts(entry).map((record) => record.verdict));
    if (wanted === "open") return verdicts.size === 0 && entry.item !== null;
    return wanted === "split" ? verdicts.size > 1 : verdicts.has(wanted);
  }

  textOf(entry) {
    if (!this.texts.has(entry)) {
      const args = Object.values(entry.args).map((spans) => this.source.joined(spans));
      const parts = [this.source.joined(entry.spans), ...args, told(entry, this.source), entry.rule, entry.type];
      this.texts.set(entry, parts.map((part) => shown(part || "").toLowerCase()).join(" "));
    }
    return this.texts.get(entry);
  }
}
