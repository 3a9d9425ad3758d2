// The form that says what an item should have been, or what is missing. Spans are taken from what is selected in the text.

const MENTION_TYPES = ["quantity", "time", "entity"];
const LABELS = ["PER", "ORG", "LOC", "WORK"];
const ARGS = {
  quantity: ["quantity", "subject", "property", "time", "place", "whole"],
  rank: ["rank", "subject", "property", "scope"],
  role: ["person", "title", "org"],
  quote: ["content", "speaker", "cue"],
  event: ["trigger", "agent", "object", "place"],
};
const MODIFIERS = ["", "more_than", "less_than", "nearly", "approx", "at_least", "at_most"];
const AMOUNT = ["value", "low", "high", "unit", "modifier"];
const CHANGE = ["change.direction", "change.role", "change.basis"];
const SAID = ["modality", "polarity"];
const NORMS = {
  mention: {
    quantity: ["kind", ...AMOUNT],
    time: ["kind", "value", "low", "high", "start", "end", "modifier"],
    entity: ["name", "code"],
  },
  fact: {
    quantity: [...AMOUNT, "time", "per", ...CHANGE, ...SAID],
    rank: ["value", "low", "high", ...SAID],
    role: ["former", ...SAID],
    quote: ["kind", "speaker", ...SAID],
    event: ["type", "time", ...SAID],
  },
};
const CHOICES = {
  modality: ["asserted", "planned", "estimated", "reported"],
  polarity: ["affirmed", "denied"],
  former: ["false", "true"],
  "change.direction": ["", "increase", "decrease"],
  "change.role": ["", "by", "to", "from"],
  "mention.quantity.kind": ["count", "measure", "money", "percent", "ratio", "score", "ordinal", "number", "age", "temperature"],
  "mention.quantity.modifier": MODIFIERS,
  "mention.time.kind": ["date", "time", "period", "duration", "set"],
  "mention.time.modifier": [...MODIFIERS, "start", "end"],
  "fact.quantity.modifier": MODIFIERS,
  "fact.quote.kind": ["direct", "indirect", "mixed"],
  "fact.event.type": ["meeting", "sign", "found", "release", "launch", "award", "appoint", "accident", "acquire"],
};

class CorrectForm {
  /** `page` gives source, textView and done(item, verdict, options). */
  constructor(place, page) {
    this.place = place;
    this.page = page;
    this.open = false;
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    place.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.close();
      }
    });
  }

  /** Correct an item of the document; what is selected in the text already is offered as its span. */
  correct(entry, before) {
    this.item = entry.item;
    this.isNew = false;
    const { item } = entry;
    const fix = (before && before.correction) || {};
    const args = { ...item.args, ...(fix.args || {}) };
    for (const role of Object.keys(args)) if (args[role] === null) delete args[role];
    this.state = { layer: item.layer, type: fix.type || item.type, label: fix.label || item.label || "PER", spans: fix.spans || item.spans, args, norm: { ...item.norm, ...(fix.norm || {}) }, note: before ? before.note : "" };
    const selected = this.page.textView.selected();
    if (selected.length) {
      this.takeMain(selected);
      this.page.textView.used();
    }
    this.show("Correct");
  }

  /** Add what is missing, where the text is selected; `like` is a candidate that should have been found. */
  add(like = null) {
    const spans = like ? like.spans : this.page.textView.selected();
    if (!spans.length) {
      say("Select the words of what is missing in the text first.", true);
      return;
    }
    this.item = null;
    this.isNew = true;
    const layer = like ? like.layer : "fact";
    const type = like ? like.type : "quantity";
    this.state = { layer, type, label: (like && like.item.label) || "PER", spans, args: {}, norm: {}, note: "" };
    this.takeMain(spans);
    this.page.textView.used();
    this.show("Add what is missing");
  }

  get main() {
    return this.state.layer === "fact" ? ARGS[this.state.type][0] : null;
  }

  takeMain(spans) {
    this.state.spans = spans;
    if (this.main) this.state.args[this.main] = spans;
  }

  show(title) {
    this.title = title;
    this.open = true;
    this.place.hidden = false;
    this.render();
    this.place.querySelector("select, input, button").focus();
    this.place.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.open = false;
    this.place.hidden = true;
    this.place.replaceChildren();
    $("list").focus();
  }

  render() {
    const { state } = this;
    const types = state.layer === "fact" ? Object.keys(ARGS) : MENTION_TYPES;
    const layer = this.isNew ? this.choice("What", "layer", ["fact", "mention"], state.layer, (value) => this.turn({ layer: value, type: "quantity", args: {} })) : null;
    const label = state.layer === "mention" && state.type === "entity" ? this.choice("Label", "label", LABELS, state.label, (value) => (state.label = value)) : null;
    this.place.replaceChildren(...[
      el("h2", {}, this.title),
      el("p", { class: "hint" }, "Select words in the text, then press \u201ctake\u201d where they belong; on it the arrows move the beginning, with Shift the end."),
      layer,
      this.choice("Type", "type", types, state.type, (value) => this.turn({ type: value, args: {} })),
      label,
      ...(state.layer === "fact" ? ARGS[state.type].map((role, i) => this.argument(role, i === 0)) : [this.span()]),
      ...NORMS[state.layer][state.type].map((name) => this.field(name)),
      el("label", {}, "Note ", el("input", { name: "note", value: state.note, lang: "zh", oninput: (event) => (state.note = event.target.value) })),
      el("p", { class: "buttons" }, el("button", { class: "primary" }, "Save"), el("button", { type: "button", onclick: () => this.close() }, "Cancel")),
    ].filter(Boolean));
  }

  renderAt(name) {
    this.render();
    this.place.querySelector(`[data-take="${name}"]`).focus();
  }

  turn(change) {
    Object.assign(this.state, change, { norm: {} });
    if (this.item && this.state.type === this.item.type) Object.assign(this.state, { args: { ...this.item.args }, norm: { ...this.item.norm } });
    this.takeMain(this.state.spans);
    this.render();
  }

  choice(title, name, options, value, changed) {
    return el("label", {}, `${title} `, el("select", { name, onchange: (event) => changed(event.target.value) },
      ...options.map((option) => el("option", { value: option, selected: option === value }, option || "none"))));
  }

  span() {
    return this.taking("span", this.state.spans, (spans) => (this.state.spans = spans), null);
  }

  argument(role, required) {
    const { args } = this.state;
    const take = (spans) => (required ? this.takeMain(spans) : (args[role] = spans));
    return this.taking(role, args[role], take, required ? null : () => delete args[role]);
  }

  taking(name, spans, take, drop) {
    const taken = () => {
      const selected = this.page.textView.selected();
      if (!selected.length) return say("Nothing is selected in the text.", true);
      take(selected);
      this.page.textView.used();
      return this.renderAt(name);
    };
    // Without a mouse: the arrows move the beginning, with Shift the end.
    const stepped = (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      take(moved(spans || this.state.spans, step, event.shiftKey, this.page.source.length));
      this.renderAt(name);
    };
    return el("div", { class: "taking", role: "group", "aria-label": name },
      el("span", { class: "name" }, name),
      el("span", { class: "said", lang: "zh" }, spans ? shown(this.page.source.joined(spans)) : "\u2013"),
      // The selection is lost where a button takes the focus.
      el("button", { type: "button", "data-take": name, onpointerdown: (event) => event.preventDefault(), onclick: taken, onkeydown: stepped,
        title: "take what is selected; \u2190 \u2192 move the beginning, with Shift the end" }, "take"),
      drop && spans ? el("button", { type: "button", "data-drop": name, "aria-label": `no ${name}`, onclick: () => (drop(), this.render()) }, "\u00d7") : null);
  }

  field(name) {
    const { state } = this;
    const options = CHOICES[`${state.layer}.${state.type}.${name}`] || CHOICES[name];
    const [head, part] = name.split(".");
    const value = (part ? (state.norm[head] || {})[part] : state.norm[name]) ?? null;
    const changed = (text) => {
      if (part) state.norm[head] = withPart(state.norm[head], part, text);
      else if (name === "former") state.norm[name] = text === "true";
      else state.norm[name] = text === "" && name !== "unit" ? null : text;
    };
    if (options) {
      if (value === null && !options.includes("")) changed(options[0]);
      return this.choice(name, name, options, String(value ?? options[0]), changed);
    }
    return el("label", {}, `${name} `, el("input", { name, value: value ?? "", lang: "zh", autocomplete: "off", oninput: (event) => changed(event.target.value.trim()) }));
  }

  save() {
    if (this.isNew) this.page.done(this.newItem(), "add", { note: this.state.note });
    else {
      const correction = this.changes();
      if (!Object.keys(correction).length) {
        say("Nothing was changed; accept it, or change something.", true);
        return;
      }
      this.page.done(this.item, "correct", { correction, note: this.state.note });
    }
    this.close();
  }

  newItem() {
    const { layer, type, label, spans, args, norm } = this.state;
    const text = this.page.source.joined(spans);
    return { layer, type, label: layer === "mention" && type === "entity" ? label : null, rule: null, text, spans, args: layer === "fact" ? args : {}, norm, confidence: null };
  }

  /** Only what is other than in the item. */
  changes() {
    const { item, state } = this;
    const out = {};
    if (canonical(state.spans) !== canonical(item.spans)) out.spans = state.spans;
    if (state.type !== item.type) out.type = state.type;
    if (state.layer === "mention" && state.type === "entity" && state.label !== item.label) out.label = state.label;
    const args = {};
    for (const role of new Set([...Object.keys(item.args), ...Object.keys(state.args)])) {
      if (canonical(state.args[role] ?? null) !== canonical(item.args[role] ?? null)) args[role] = state.args[role] ?? null;
    }
    if (Object.keys(args).length) out.args = args;
    const norm = {};
    for (const name of new Set(NORMS[state.layer][state.type].map((field) => field.split(".")[0]))) {
      if (canonical(state.norm[name] ?? null) !== canonical(item.norm[name] ?? null)) norm[name] = state.norm[name] ?? null;
    }
    if (Object.keys(norm).length) out.norm = norm;
    return out;
  }
}

/** A change with another direction, role or basis; null where it says nothing any more. */
function withPart(whole, part, text) {
  const out = { direction: null, role: null, basis: null, ...whole, [part]: text || null };
  return Object.values(out).some((value) => value !== null) ? out : null;
}

/** Spans whose beginning, or end, is moved by `step` code points; as they were where that cannot be. */
function moved(spans, step, atEnd, length) {
  const out = spans.map((span) => [...span]);
  const span = atEnd ? out[out.length - 1] : out[0];
  span[atEnd ? 1 : 0] += step;
  return span[0] >= 0 && span[1] <= length && span[0] < span[1] ? out : spans;
}
