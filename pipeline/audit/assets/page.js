// The review page of one document: what the keys and buttons do.

const KEYS = [
  ["j or \u2193", "next"], ["k or \u2191", "previous"], ["n", "next that is not judged"],
  ["a", "accept, and go on"], ["x", "reject, and go on"], ["e", "correct"], ["+", "add what is missing: select it in the text first"],
  ["u", "undo"], ["w", "lines as they came, or paragraphs"], ["r", "show rejected candidates"], ["m", "show mentions"],
  ["/", "search"], ["c", "clear the filters"], ["[ and ]", "document before, and next"], ["s", "download the decisions"], ["?", "this help"], ["Esc", "close, leave a field"],
];

class Page {
  constructor(data) {
    this.data = data;
    this.source = new Source(data.text);
    this.store = data.server ? new ServerStore(data) : new BrowserStore(data.doc.source);
    this.reviews = new Reviews(data, this.store);
    this.found = makeEntries(data);
    this.current = null;
    this.textView = new TextView($("text"), this.source, data.parts, (owners) => this.chooseOf(owners));
    this.listView = new ListView($("list"), this.source, (entry) => this.select(entry));
    this.detailView = new DetailView($("detail"), this);
    this.form = new CorrectForm($("correct"), this);
    this.gather();
    this.filters = new Filters(this.entries, this.source, (entry) => (entry.item ? this.reviews.on(entry.item) : []), () => this.listed());
    this.header();
    this.buttons();
    document.addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("beforeunload", (event) => this.store.unsaved && event.preventDefault());
    this.drawText();
    this.listed();
    this.judgedAll();
    this.openAt();
    if (kept.refused && !data.server) say("This browser keeps nothing: download your decisions before you leave.", true);
  }

  /** All entries: what was found, and what reviewers added. */
  gather() {
    this.added = this.added || new Map();
    const added = this.reviews.added.map((review) => {
      const key = identity(review.item);
      if (!this.added.has(key)) this.added.set(key, addedEntry(review));
      return this.added.get(key);
    });
    this.entries = [...this.found, ...new Set(added)].sort(inTextOrder);
  }

  drawText() {
    const candidates = this.filters.layers.has("candidate");
    this.candidates = candidates;
    this.textView.draw(this.entries.filter((entry) => candidates || layerOf(entry) !== "candidate"));
  }

  /** The filters have changed. */
  listed() {
    if (this.candidates !== this.filters.layers.has("candidate")) this.drawText();
    this.view = this.filters.shown();
    this.listView.draw(this.view);
    this.textView.dim(this.filters.narrowed ? new Set(this.view) : null);
    $("shown").textContent = `${this.view.length.toLocaleString("en")} of ${counted(this.entries.length, "entry").replace("entrys", "entries")}`;
    this.select(this.view.includes(this.current) ? this.current : this.view[0] || null, false);
    this.rules();
  }

  select(entry, scroll = true) {
    this.current = entry;
    if (entry && this.filters && !this.view.includes(entry)) this.reveal(entry);
    this.listView.select(entry);
    this.textView.select(entry, scroll);
    this.detailView.draw(entry);
    $("detail").scrollTop = 0;
  }

  /** Take what hides an entry out of the filters. */
  reveal(entry) {
    if (!this.filters.layers.has(layerOf(entry))) this.filters.layers.add(layerOf(entry));
    if (this.filters.shown().includes(entry)) this.filters.buttons();
    else this.filters.clear();
    this.listed();
  }

  /** Of the entries at a place the next one after the chosen: a second click goes on to what lies below. */
  chooseOf(owners) {
    const seen = owners.filter((entry) => this.view.includes(entry));
    const all = seen.length ? seen : owners;
    this.select(all[(all.indexOf(this.current) + 1) % all.length], false);
  }

  /** Scroll to spans of the text. */
  jump(spans) {
    this.textView.select({ spans, args: {} });
  }

  move(step) {
    if (!this.view.length) return;
    const at = this.view.indexOf(this.current);
    this.select(this.view[Math.min(Math.max(at + step, 0), this.view.length - 1)]);
  }

  nextOpen() {
    const at = this.view.indexOf(this.current);
    const open = (entry) => entry.item && !this.verdictOn(entry);
    const next = this.view.slice(at + 1).find(open) || this.view.find(open);
    if (next) this.select(next);
    else say("All that is shown is judged.");
  }

  get reviewer() {
    return $("reviewer").value.trim() || "reviewer";
  }

  verdictOn(entry) {
    const mine = entry.item && this.reviews.mine(entry.item, this.reviewer);
    return mine ? mine.verdict : null;
  }

  judge(verdict) {
    const entry = this.current;
    if (!entry) return;
    if (entry.layer === "check") {
      say("A check is judged by its facts: choose one of them.", true);
    } else if (layerOf(entry) === "candidate") {
      if (verdict === "accept") this.form.add(entry);
      else say("It was turned away already.", true);
    } else if (entry.status === "added") {
      say("It was added; undo takes it back.", true);
    } else {
      this.reviews.decide(entry.item, verdict, this.reviewer, { note: "" });
      this.judged(entry);
      this.goOn(entry);
    }
  }

  /** To the next entry; in a sample to its next fact, which stands on another page. */
  goOn(entry) {
    const sample = this.data.server && this.data.server.sample;
    if (!sample || entry.about.id !== sample.item) this.move(1);
    else if (this.data.links["doc-next"]) this.store.idle().then(() => $("doc-next").click());
    else say("The sample is judged to its end.");
  }

  correct() {
    const entry = this.current;
    if (entry && entry.layer === "check") say("A check is judged by its facts: choose one of them.", true);
    else if (entry && layerOf(entry) === "candidate") this.form.add(entry);
    else if (entry && entry.item && entry.status !== "added") this.form.correct(entry, this.reviews.mine(entry.item, this.reviewer));
  }

  /** The form was saved. */
  done(item, verdict, options) {
    this.reviews.decide(item, verdict, this.reviewer, options);
    if (verdict === "add") {
      this.changed();
      this.select(this.added.get(identity(item)));
    } else {
      this.judged(this.current);
    }
  }

  undo() {
    const record = this.reviews.undo(this.reviewer);
    if (!record) {
      say("There is nothing to take back.");
      return;
    }
    const key = identity(record.item);
    const entry = this.entries.find((one) => one.item && identity(one.item) === key);
    if (entry && entry.status === "added") this.changed();
    else if (entry) {
      this.select(entry);
      this.judged(entry);
    }
    say("Taken back.");
  }

  /** What reviewers added has changed. */
  changed() {
    this.gather();
    this.filters.set(this.entries);
    this.drawText();
    this.listed();
    this.judgedAll();
  }

  judged(entry) {
    this.listView.judge(entry, this.verdictOn(entry));
    this.textView.judge(entry, this.verdictOn(entry));
    if (entry === this.current) this.detailView.draw(entry);
    this.progress();
  }

  judgedAll() {
    for (const entry of this.entries) {
      this.listView.judge(entry, this.verdictOn(entry));
      this.textView.judge(entry, this.verdictOn(entry));
    }
    this.detailView.draw(this.current);
    this.progress();
    this.lost();
  }

  /** Tell of decisions that no longer stand: on items that are not found now, or on another text. */
  lost() {
    const here = new Set(this.found.filter((entry) => entry.item).map((entry) => identity(entry.item)));
    const gone = this.reviews.holding().filter((record) => record.verdict !== "add" && !here.has(identity(record.item))).length;
    const elsewhere = this.data.server ? this.data.server.elsewhere : 0;
    const notes = [
      gone ? `${counted(gone, "decision")} on items that are not found now: the rules have changed since.` : "",
      elsewhere ? `${counted(elsewhere, "decision")} on another text of this document: it has changed since.` : "",
    ];
    $("lost").textContent = notes.filter(Boolean).join(" ");
    $("lost").hidden = !gone && !elsewhere;
  }

  progress() {
    const facts = this.entries.filter((entry) => entry.layer === "fact" && entry.status === "found");
    const judged = facts.filter((entry) => this.verdictOn(entry)).length;
    $("progress").max = facts.length || 1;
    $("progress").value = judged;
    $("judged").textContent = `${judged} of ${counted(facts.length, "fact")} judged`;
    clearTimeout(this.rulesTimer);
    this.rulesTimer = setTimeout(() => this.rules(), 50);
  }

  /** The counts by rule of what is listed. */
  rules() {
    if (!$("rules").open) return;
    const rows = [...tally(this.view.filter((e) => e.rule).map((e) => e.rule))].map(([rule, n]) => {
      const verdicts = this.view.filter((e) => e.rule === rule).map((e) => this.verdictOn(e)).filter(Boolean);
      const right = verdicts.filter((v) => v === "accept").length;
      return el("tr", {}, el("td", {}, el("button", { type: "button", class: "link code", onclick: () => this.filters.with({ rule }) }, rule)),
        el("td", {}, String(n)), el("td", {}, verdicts.length ? `${right}/${verdicts.length}` : ""));
    });
    $("rule-rows").replaceChildren(...rows);
  }

  header() {
    const { doc, producer } = this.data;
    $("title").textContent = shown(doc.title || doc.id);
    $("about").textContent = [shown(doc.name), doc.published, counted(doc.chars, "character"), `rules ${producer.rules.replace("sha256:", "").slice(0, 8)}`].filter(Boolean).join(" \u00b7 ");
    $("unexplained").hidden = this.data.explained;
    const sample = this.data.server && this.data.server.sample;
    $("sampled").hidden = !sample;
    if (sample) $("sampled").textContent = `Sample: ${sample.at} of ${sample.of}`;
    $("reviewer").value = (this.data.server && this.data.server.reviewer) || kept.get("zhfacts-reviewer") || "reviewer";
    $("reviewer").addEventListener("change", () => {
      kept.set("zhfacts-reviewer", this.reviewer);
      if (this.data.server) this.store.idle().then(() => this.renamed());
      else this.judgedAll();
    });
    for (const issue of this.data.issues) $("issues").append(el("li", { lang: "zh" }, shown(issue.message)));
    $("issues-box").hidden = !this.data.issues.length;
    for (const [id, address] of Object.entries(this.data.links || {})) {
      if (address) $(id).href = address;
      $(id).hidden = !address;
    }
    for (const [key, what] of KEYS) $("keys").append(el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key)), el("td", {}, what)));
  }

  /** The same page for another reviewer, whom the links name too. */
  renamed() {
    const address = new URL(location.href);
    address.searchParams.set("reviewer", this.reviewer);
    location.replace(address);
  }

  buttons() {
    const actions = {
      accept: () => this.judge("accept"), reject: () => this.judge("reject"), correct: () => this.correct(), undo: () => this.undo(),
      add: () => this.form.add(), next: () => this.move(1), before: () => this.move(-1), reflow: () => this.reflow(),
      help: () => $("help-box").showModal(), "help-close": () => $("help-box").close(), save: () => this.download(),
    };
    for (const [action, run] of Object.entries(actions)) {
      for (const button of document.querySelectorAll(`[data-do=${action}]`)) {
        button.addEventListener("pointerdown", (event) => event.preventDefault());
        button.addEventListener("click", run);
      }
    }
    $("load").addEventListener("change", () => this.load($("load").files[0]));
    $("rules").addEventListener("toggle", () => this.rules());
    startTheme();
  }

  reflow() {
    this.textView.reflowed = !this.textView.reflowed;
    $("reflow").setAttribute("aria-pressed", String(this.textView.reflowed));
    this.drawText();
    this.textView.dim(this.filters.narrowed ? new Set(this.view) : null);
    this.textView.select(this.current);
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inField = event.target.closest("input, select, textarea, dialog[open]");
    if (inField) {
      if (event.key === "Escape" && event.target.matches("input, select")) event.target.blur();
      return;
    }
    const run = this.keys()[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  keys() {
    return {
      j: () => this.move(1), ArrowDown: () => this.move(1), k: () => this.move(-1), ArrowUp: () => this.move(-1), n: () => this.nextOpen(),
      a: () => this.judge("accept"), x: () => this.judge("reject"), e: () => this.correct(), "+": () => this.form.add(), u: () => this.undo(),
      w: () => this.reflow(), r: () => this.filters.with({ layer: "candidate" }), m: () => this.filters.with({ layer: "mention" }),
      "/": () => $("search").focus(), c: () => this.filters.clear(), s: () => this.download(), "?": () => $("help-box").showModal(),
      "[": () => $("doc-before").hidden || $("doc-before").click(), "]": () => $("doc-next").hidden || $("doc-next").click(),
      Escape: () => this.form.open && this.form.close(),
    };
  }

  download() {
    download("reviews.jsonl", this.reviews.text());
    this.store.unsaved = false;
  }

  async load(file) {
    if (!file) return;
    const { records, faults } = parseLines(await file.text());
    const own = records.filter((record) => record.source === this.data.doc.source);
    const changed = records.filter((record) => record.source !== this.data.doc.source && record.doc === this.data.doc.id).length;
    const fresh = this.reviews.add(own);
    this.store.add(fresh);
    this.changed();
    const otherRules = own.filter((record) => record.rules !== this.data.producer.rules).length;
    const notes = [
      counted(fresh.length, "decision") + " loaded",
      own.length - fresh.length ? `${own.length - fresh.length} were here already` : "",
      changed ? `${changed} left out: this document's text has changed since` : "",
      records.length - own.length - changed ? `${records.length - own.length - changed} of other documents` : "",
      otherRules ? `${otherRules} made under other rules` : "",
      faults.length ? `${faults.length} wrong, first ${faults[0]}` : "",
    ];
    say(notes.filter(Boolean).join("; "), faults.length > 0 || changed > 0);
    $("load").value = "";
  }

  /** Begin at the fact of the sample, or at the first. */
  openAt() {
    const sample = this.data.server && this.data.server.sample;
    const entry = sample && this.entries.find((one) => one.about.id === sample.item);
    if (entry) this.select(entry);
    $("list").focus({ preventScroll: true });
  }
}

const page = new Page(pageData());
