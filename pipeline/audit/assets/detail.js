// The chosen entry: what it says, what it was read from, by which rule, in which steps, against what, how it was judged.

const HEADINGS = { found: "", added: "added by a reviewer", lost: "lost", rejected: "rejected" };

class DetailView {
  /** `page` gives select(entry), jump(spans), the entries and the reviews. */
  constructor(place, page) {
    this.place = place;
    this.page = page;
  }

  draw(entry) {
    if (!entry) {
      this.place.replaceChildren(el("p", { class: "hint" }, "Choose an entry of the list or a mark in the text."));
      return;
    }
    this.place.replaceChildren(...[
      this.heading(entry),
      this.why(entry),
      this.failures(entry),
      this.args(entry),
      this.norm(entry),
      this.rule("Rule", entry.rule),
      this.steps(entry),
      this.beaten(entry),
      this.decisions(entry),
    ].filter(Boolean));
  }

  heading(entry) {
    const kind = [HEADINGS[entry.status], entry.layer === "check" ? "check" : "", entry.type, entry.item && entry.item.label];
    return el("div", {},
      el("h2", {}, el("span", { class: `tag ${entry.layer === "check" ? "check" : entry.type}` }, kind.filter(Boolean).join(" ")),
        " ", el("span", { lang: "zh", class: "said" }, cut(shown(this.page.source.joined(entry.spans)), 120))),
      el("p", { class: "where" }, [entry.about.id, entry.about.article, entry.spans.map(([a, b]) => `${a}\u2013${b}`).join(", "),
        entry.confidence !== null ? `confidence ${entry.confidence.toFixed(2)}` : ""].filter(Boolean).join(" \u00b7 ")));
  }

  why(entry) {
    const { reason, by, against } = entry.about;
    if (against) {
      return el("div", { class: "note" }, el("p", {}, `Lost against ${against.type} `, this.slice(against.spans), ` (${reason}).`), this.rule("Won by", against.rule));
    }
    if (!reason) return null;
    return el("div", { class: "note" }, el("p", {}, `Rejected: ${shown(reason)}.`), by && by !== entry.rule ? this.rule("Rejected by", by) : null);
  }

  failures(entry) {
    const checks = entry.layer === "check" ? [entry.about.check] : this.page.data.checks.filter((check) => check.facts.includes(entry.about.id));
    return checks.length ? el("div", {}, ...checks.map((check) => this.check(check))) : null;
  }

  check(check) {
    const told = `${check.actual} stands in the text, ${check.expected} was expected (tolerance ${check.tolerance})`;
    const facts = check.facts.map((id) => this.link(id));
    return el("div", { class: check.ok ? "note" : "note wrong" },
      el("p", {}, el("strong", {}, check.ok ? "Check holds: " : "Check fails: "), check.rule.replace(/^check\./, ""), ". ", told, "."),
      facts.length ? el("p", {}, "Of ", ...facts.flatMap((fact, i) => (i ? [", ", fact] : [fact]))) : null,
      this.rule("Rule", check.rule));
  }

  /** A button that chooses the item of an id. */
  link(id) {
    const entry = this.page.entries.find((one) => one.about.id === id);
    if (!entry) return id;
    const text = cut(shown(this.page.source.joined(entry.spans)), 20);
    return el("button", { type: "button", class: "link", lang: "zh", onclick: () => this.page.select(entry) }, text);
  }

  slice(spans) {
    return el("button", { type: "button", class: "link", lang: "zh", onclick: () => this.page.jump(spans) }, cut(shown(this.page.source.joined(spans)), 60));
  }

  args(entry) {
    if (entry.layer === "check" || !Object.keys(entry.args).length) return null;
    const mentions = entry.about.mentions || {};
    const rows = Object.entries(entry.args).map(([role, spans]) => el("tr", {},
      el("th", { scope: "row" }, role),
      el("td", { lang: "zh" }, mentions[role] ? this.link(mentions[role]) : this.slice(spans))));
    return el("section", {}, el("h3", {}, "Arguments"), el("table", { class: "args" }, el("tbody", {}, ...rows)));
  }

  norm(entry) {
    if (!entry.item) return null;
    const rows = flatNorm(entry.item.norm).map(([name, value]) => [el("dt", {}, name), el("dd", { lang: "zh" }, shown(value))]).flat();
    const said = entry.about.source ? [el("dt", {}, "said in"), el("dd", {}, this.link(entry.about.source))] : [];
    const same = (entry.about.same_as || []).length ? [el("dt", {}, "told again"), el("dd", {}, ...entry.about.same_as.flatMap((id) => [this.link(id), " "]))] : [];
    if (!rows.length && !said.length) return null;
    return el("section", {}, el("h3", {}, "Normalized"), el("dl", {}, ...rows, ...said, ...same));
  }

  rule(name, ident) {
    if (!ident) return null;
    const rule = this.page.data.rules[ident];
    return el("section", { class: "rule" }, el("h3", {}, name),
      el("p", {}, el("button", { type: "button", class: "link code", title: "only this rule", onclick: () => this.page.filters.with({ rule: ident }) }, ident)),
      rule ? el("p", { class: "where" }, `${rule.file}:${rule.line}`) : null,
      rule && rule.note ? el("p", { class: "about", lang: "zh" }, shown(rule.note)) : null);
  }

  steps(entry) {
    const steps = entry.about.steps || [];
    if (!steps.length) return null;
    const rows = steps.map((step) => {
      const rule = step.rule && this.page.data.rules[step.rule];
      return el("li", {}, el("span", { class: "step" }, step.what), " ", this.slice(step.spans), " \u2192 ", el("span", { lang: "zh" }, shown(step.value)),
        step.rule ? el("span", { class: "where" }, ` ${step.rule}${rule ? ` ${rule.file}:${rule.line}` : ""}`) : null);
    });
    return el("section", {}, el("h3", {}, "Steps"), el("ol", {}, ...rows));
  }

  /** The candidates that lost against this one. */
  beaten(entry) {
    if (entry.status !== "found" || !entry.item) return null;
    const here = canonical(entry.spans);
    const lost = this.page.entries.filter((one) => one.about.against && canonical(one.about.against.spans) === here && one.about.against.rule === entry.rule);
    if (!lost.length) return null;
    const rows = lost.map((one) => el("li", {}, `${one.type} `, el("button", { type: "button", class: "link", lang: "zh", onclick: () => this.page.select(one) },
      cut(shown(this.page.source.joined(one.spans)), 40)), el("span", { class: "where" }, ` ${one.rule || ""} (${one.about.reason})`)));
    return el("section", {}, el("h3", {}, "Won against"), el("ul", {}, ...rows));
  }

  decisions(entry) {
    if (!entry.item) return null;
    // What others said is told to those who have judged themselves: reviewers must not lean on each other.
    const records = this.page.verdictOn(entry) || entry.status === "added" ? this.page.reviews.on(entry.item) : [];
    if (!records.length) return null;
    const rows = records.map((record) => el("li", {}, el("strong", {}, shown(record.reviewer)), ` ${record.verdict} `,
      el("span", { class: "where" }, record.at.slice(0, 16).replace("T", " ")),
      record.rules !== this.page.data.producer.rules ? el("span", { class: "alarm" }, "under other rules") : null,
      record.correction ? el("span", { lang: "zh" }, " ", this.correction(record.correction)) : null,
      record.note ? el("q", { lang: "zh" }, shown(record.note)) : null));
    return el("section", {}, el("h3", {}, "Decisions"), el("ul", {}, ...rows));
  }

  correction(correction) {
    const slice = (spans) => (spans ? shown(this.page.source.joined(spans)) : "none");
    const parts = Object.entries(correction).flatMap(([name, value]) => {
      if (name === "spans") return [`span: ${slice(value)}`];
      if (name === "args") return Object.entries(value).map(([role, spans]) => `${role}: ${slice(spans)}`);
      if (name === "norm") return flatNorm(value, true).map(([field, told]) => `${field}: ${told}`);
      return [`${name}: ${value}`];
    });
    return shown(parts.join("; "));
  }
}

/** The fields of a norm that say something, as [name, text]; with `all` the empty ones too. */
function flatNorm(norm, all = false, prefix = "") {
  return Object.entries(norm).flatMap(([name, value]) => {
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return flatNorm(value, all, `${prefix}${name}.`);
    const text = Array.isArray(value) ? value.join(", ") : String(value ?? (all ? "none" : ""));
    return text || all ? [[prefix + name, text]] : [];
  });
}
