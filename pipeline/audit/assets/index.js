// The index of a review: documents with their counts, charts, and how far reviewers have come.

const PAGE = 100;
const ORDERS = {
  number: (a, b) => a.number - b.number,
  failed: (a, b) => b.failed - a.failed,
  low: (a, b) => Number(a.low ?? 2) - Number(b.low ?? 2),
  facts: (a, b) => factsOf(b) - factsOf(a),
  chars: (a, b) => b.chars - a.chars,
};

function factsOf(row) {
  return Object.values(row.facts).reduce((sum, n) => sum + n, 0);
}

/** The rows of a folder of pages: all of them are in the index, decisions in the browser. */
class FolderRows {
  constructor(data) {
    this.rows = data.rows;
    this.texts = new Map(this.rows.map((row) => [row, shown([row.title, row.id, row.name].filter(Boolean).join(" ")).toLowerCase()]));
    this.recount("");
  }

  recount(reviewer) {
    this.reviewer = reviewer;
    this.judged = new Map();
    for (const row of this.rows) {
      const records = this.records(row.source);
      if (records.length) this.judged.set(row, judgedFacts(records, reviewer));
    }
  }

  records(source) {
    return parseLines(kept.get(BrowserStore.PREFIX + source) || "").records;
  }

  async query({ words, only, type, order, page }) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const passes = {
      "": () => true,
      failed: (row) => row.failed > 0,
      unsure: (row) => row.low !== null && Number(row.low) < 0.9,
      open: (row) => (this.judged.get(row) || 0) < factsOf(row),
    };
    const rows = this.rows.filter((row) => passes[only](row) && (!type || row.facts[type]) && wanted.every((word) => this.texts.get(row).includes(word)));
    rows.sort((a, b) => ORDERS[order](a, b) || a.number - b.number);
    return { total: rows.length, rows: rows.slice(page * PAGE, (page + 1) * PAGE).map((row) => ({ ...row, judged: this.judged.get(row) || 0 })) };
  }

  async progress() {
    return [...this.judged.values()].reduce((sum, n) => sum + n, 0);
  }

  all() {
    return this.rows.flatMap((row) => this.records(row.source));
  }

  /** Keep the records of documents that are here; how many were new, and how many are of others. */
  take(records) {
    let fresh = 0;
    let others = 0;
    const known = new Set(this.rows.map((row) => row.source));
    for (const source of new Set(records.map((record) => record.source))) {
      const own = records.filter((record) => record.source === source);
      if (!known.has(source)) {
        others += own.length;
        continue;
      }
      const before = this.records(source);
      const lines = new Set(before.map(canonical));
      const added = own.filter((record) => !lines.has(canonical(record)));
      kept.set(BrowserStore.PREFIX + source, asLines([...before, ...added]));
      fresh += added.length;
    }
    return { fresh, others };
  }
}

/** How many facts of a document a reviewer has judged; all reviewers for an empty name. */
function judgedFacts(records, reviewer) {
  const stacks = new Map();
  for (const record of records) {
    if (record.item.layer !== "fact" || record.verdict === "add" || (reviewer && record.reviewer !== reviewer)) continue;
    const key = identity(record.item);
    stacks.set(key, (stacks.get(key) || 0) + (record.verdict === "undo" ? -1 : 1));
  }
  return [...stacks.values()].filter((depth) => depth > 0).length;
}

/** The rows of an archive that is served: the server searches and sorts. */
class ServerRows {
  constructor(data) {
    this.server = data.server;
  }

  recount(reviewer) {
    this.reviewer = reviewer;
  }

  async query(wanted) {
    return this.ask("documents", { ...wanted, reviewer: this.reviewer });
  }

  async progress() {
    const reviewers = await this.ask("reviewers", {});
    const mine = reviewers.find((one) => one.reviewer === this.reviewer);
    $("reviewers").replaceChildren(...reviewers.map((one) => el("tr", {}, el("th", { scope: "row" }, shown(one.reviewer)),
      ...["judged", "accepted", "rejected", "corrected", "added", "documents"].map((name) => el("td", { class: "number" }, one[name].toLocaleString("en"))),
      el("td", {}, one.last.slice(0, 16).replace("T", " ")))));
    $("reviewers-box").hidden = !reviewers.length;
    return mine ? mine.judged : 0;
  }

  async ask(what, wanted) {
    const answer = await fetch(`${this.server.api}/${what}?${new URLSearchParams(wanted)}`, { credentials: "omit" });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }
}

class Index {
  constructor(data) {
    this.data = data;
    this.rows = data.server ? new ServerRows(data) : new FolderRows(data);
    this.page = 0;
    this.asked = 0;
    $("reviewer").value = (data.server && data.server.reviewer) || kept.get("zhfacts-reviewer") || "reviewer";
    this.rows.recount(this.reviewer);
    this.charts();
    this.ruleRows();
    this.wire();
    if (data.server) this.served();
    startTheme();
    this.draw();
  }

  get reviewer() {
    return $("reviewer").value.trim() || "reviewer";
  }

  get facts() {
    return Object.values(this.data.totals.facts).reduce((sum, n) => sum + n, 0);
  }

  charts() {
    const { totals } = this.data;
    const facts = new Map(Object.entries(totals.facts));
    const rules = new Map(totals.rules.filter((rule) => rule.id.startsWith("fact.")).slice(0, 8).map((rule) => [rule.id.replace(/^fact\./, ""), rule.items]));
    const tenths = totals.confidence.map((_, i) => `${(i / 10).toFixed(1)}${i === 9 ? "\u20131" : ""}`);
    const checks = new Map([["hold", totals.checks - totals.failed], ["fail", totals.failed]]);
    $("charts").append(
      bars("Facts by type", facts, (type) => type),
      columns("Facts by confidence", tenths, totals.confidence),
      bars("Facts by rule", rules),
      bars("Checks", checks, (name) => (name === "fail" ? "bar fails" : "bar")),
    );
    for (const type of facts.keys()) $("type").append(el("option", { value: type }, type));
    const documents = this.data.documents ?? this.data.rows.length;
    $("about").textContent = `${counted(documents, "document")}, ${counted(this.facts, "fact")}, ${counted(totals.failed, "check")} that fail${totals.failed === 1 ? "s" : ""}`;
  }

  ruleRows() {
    $("rule-rows").replaceChildren(...this.data.totals.rules.map((rule) => el("tr", {}, el("th", { scope: "row", class: "code" }, rule.id),
      el("td", { class: "number" }, rule.items.toLocaleString("en")),
      el("td", { class: "where" }, rule.file ? `${rule.file}:${rule.line}` : ""),
      el("td", { lang: "zh" }, shown(rule.note)))));
  }

  wire() {
    const again = () => {
      this.page = 0;
      this.draw();
    };
    let timer = 0;
    $("search").addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(again, this.data.server ? 250 : 0);
    });
    for (const id of ["only", "type", "order"]) $(id).addEventListener("change", again);
    $("reviewer").addEventListener("change", () => {
      kept.set("zhfacts-reviewer", this.reviewer);
      this.rows.recount(this.reviewer);
      this.draw();
    });
    $("page-before").addEventListener("click", () => this.turn(-1));
    $("page-next").addEventListener("click", () => this.turn(1));
    $("save").addEventListener("click", () => this.save());
    $("load").addEventListener("change", () => this.load($("load").files[0]));
    addEventListener("pageshow", () => this.draw());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.closest("input, select")) return;
      event.preventDefault();
      $("search").focus();
    });
  }

  served() {
    $("load-box").hidden = true;
    $("sample-box").hidden = false;
    const rules = this.data.totals.rules.filter((rule) => rule.id.startsWith("fact."));
    if (this.data.listed) {
      $("sample").elements.by.prepend(el("option", { value: "listed", selected: true }, `the sample that was drawn (${this.data.listed})`));
    }
    $("sample-rule").append(...rules.map((rule) => el("option", { value: rule.id }, `${rule.id} (${rule.items})`)));
    $("sample").addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = `${this.data.server.sample}?${new URLSearchParams([...new FormData($("sample")), ["reviewer", this.reviewer]])}`;
    });
  }

  turn(step) {
    this.page += step;
    this.draw();
  }

  async draw() {
    const asked = ++this.asked;
    try {
      this.rows.recount(this.reviewer);
      const found = await this.rows.query({ words: $("search").value.trim(), only: $("only").value, type: $("type").value, order: $("order").value, page: this.page });
      const judged = await this.rows.progress();
      if (asked !== this.asked) return; // a later question was asked meanwhile
      this.fill(found);
      $("progress").max = this.facts || 1;
      $("progress").value = judged;
      $("judged").textContent = `${judged.toLocaleString("en")} of ${counted(this.facts, "fact")} judged`;
    } catch (error) {
      say(`The server does not answer: ${error.message}`, true);
    }
  }

  fill({ total, rows }) {
    const pages = Math.max(1, Math.ceil(total / PAGE));
    $("shown").textContent = counted(total, "document");
    $("pages").hidden = pages < 2;
    $("page-number").textContent = `${this.page + 1} of ${pages.toLocaleString("en")}`;
    $("page-before").disabled = this.page === 0;
    $("page-next").disabled = this.page + 1 >= pages;
    $("rows").replaceChildren(...rows.map((row) => this.row(row)));
  }

  row(row) {
    const address = this.data.server ? `${row.href}?${new URLSearchParams({ reviewer: this.reviewer })}` : row.href;
    return el("tr", {},
      el("td", {}, el("a", { href: address, lang: "zh" }, shown(row.title || row.id)), row.title ? el("div", { class: "where" }, shown(row.name)) : null),
      el("td", {}, row.published || ""),
      el("td", { class: "number" }, row.chars.toLocaleString("en")),
      el("td", { class: "number" }, row.mentions.toLocaleString("en")),
      el("td", { class: "number", title: Object.entries(row.facts).map(([type, n]) => `${n} ${type}`).join(", ") }, factsOf(row).toLocaleString("en")),
      el("td", { class: "number" }, row.failed ? el("span", { class: "alarm" }, `${row.failed} of ${row.checks} fail`) : row.checks ? String(row.checks) : ""),
      el("td", { class: "number" }, row.low ?? ""),
      el("td", { class: "number" }, factsOf(row) ? `${row.judged}/${factsOf(row)}` : ""));
  }

  async save() {
    if (this.data.server) location.href = this.data.server.log;
    else download("reviews.jsonl", asLines(this.rows.all()));
  }

  async load(file) {
    if (!file) return;
    const { records, faults } = parseLines(await file.text());
    const { fresh, others } = this.rows.take(records);
    const notes = [`${counted(fresh, "decision")} loaded`, others ? `${others} of other documents` : "", faults.length ? `${faults.length} wrong, first ${faults[0]}` : ""];
    say(kept.refused ? "This browser keeps nothing: load decisions on a document's page." : notes.filter(Boolean).join("; "), faults.length > 0 || kept.refused);
    $("load").value = "";
    this.draw();
  }
}

const index = new Index(pageData());
