// The list of entries: a listbox, of which one option is the chosen one.

const MARKS = { accept: "\u2713", reject: "\u2717", correct: "\u270e", add: "+" };

const GROUP = 40; // rows that are laid out together, when they come in sight

class ListView {
  constructor(place, source, choose) {
    this.place = place;
    this.source = source;
    this.rows = new Map();
    place.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) choose(row.entry);
    });
  }

  draw(entries) {
    const groups = [];
    for (let at = 0; at < entries.length; at += GROUP) {
      groups.push(el("div", { role: "presentation", class: "group" }, ...entries.slice(at, at + GROUP).map((entry) => this.row(entry))));
    }
    this.place.replaceChildren(...groups);
    this.listed = new Set(entries);
  }

  row(entry) {
    if (!this.rows.has(entry)) this.rows.set(entry, this.made(entry));
    return this.rows.get(entry);
  }

  made(entry) {
    const text = cut(shown(this.source.joined(entry.spans)), 22);
    const unsure = entry.confidence !== null && entry.confidence < 1 ? entry.confidence.toFixed(2) : "";
    const row = el("div", { role: "option", id: `entry-${this.rows.size}`, "aria-selected": "false", class: `row ${entry.status}` },
      el("span", { class: "verdict", "aria-hidden": "true" }),
      el("span", { class: "what" },
        el("span", { class: `tag ${entry.layer === "check" ? "check" : entry.type}` }, entry.layer === "check" ? `check ${entry.type}` : entry.type),
        el("span", { class: "said", lang: "zh" }, text),
        entry.failed ? el("span", { class: "alarm" }, "check fails") : null,
        unsure ? el("span", { class: "unsure", title: "confidence" }, unsure) : null),
      el("span", { class: "told", lang: "zh" }, cut(told(entry, this.source), 80)));
    row.entry = entry;
    return row;
  }

  select(entry) {
    const before = this.place.querySelector("[aria-selected=true]");
    if (before) before.setAttribute("aria-selected", "false");
    const row = this.rows.get(entry);
    if (!entry || !this.listed.has(entry)) {
      this.place.removeAttribute("aria-activedescendant");
      return;
    }
    row.setAttribute("aria-selected", "true");
    this.place.setAttribute("aria-activedescendant", row.id);
    // On a phone the list has no scrollbar of its own: there the page stays where the text shows the entry.
    if (this.place.scrollHeight > this.place.clientHeight) row.scrollIntoView({ block: "nearest" });
  }

  judge(entry, verdict) {
    const row = this.row(entry);
    row.dataset.verdict = verdict || "";
    const place = row.querySelector(".verdict");
    place.textContent = verdict ? MARKS[verdict] : "";
    row.setAttribute("aria-label", [verdict ? `${verdict}ed`.replace("eed", "ed") : "", ...[...row.querySelectorAll(".what > *, .told")].map((n) => n.textContent)].filter(Boolean).join(", "));
  }
}
