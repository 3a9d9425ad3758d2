// The entries of the list: mentions, facts, checks and candidates, all with the same fields, in the order of the text.

const ROLES_FIRST = ["quantity", "rank", "person", "content", "trigger"];
const SIGNS = { more_than: ">", less_than: "<", at_least: "\u2265", at_most: "\u2264", approx: "\u2248", nearly: "\u2272" };
const ORDER = { fact: 0, check: 1, mention: 2 };

function makeEntries(data) {
  const byId = new Map(data.items.filter((one) => one.id).map((one) => [one.id, one]));
  const failed = new Set(data.checks.filter((check) => !check.ok).flatMap((check) => check.facts));
  const checked = new Set(data.checks.flatMap((check) => check.facts));
  const entries = data.items.map((one) => ({
    layer: one.item.layer,
    type: one.item.type,
    status: one.status,
    item: one.item,
    spans: one.item.spans,
    args: one.item.args,
    rule: one.item.rule,
    confidence: one.item.confidence === null ? null : Number(one.item.confidence),
    failed: failed.has(one.id),
    checked: checked.has(one.id),
    names: namesOf(one, byId),
    about: one,
  }));
  for (const check of data.checks) {
    if (check.spans.length) entries.push(checkEntry(check, byId));
  }
  entries.sort(inTextOrder);
  return entries;
}

function inTextOrder(a, b) {
  return a.spans[0][0] - b.spans[0][0] || ORDER[a.layer] - ORDER[b.layer] || b.spans[b.spans.length - 1][1] - a.spans[a.spans.length - 1][1];
}

function checkEntry(check, byId) {
  const args = {};
  for (const id of check.facts) if (byId.has(id)) args[id] = byId.get(id).item.spans;
  return {
    layer: "check",
    type: check.rule.replace(/^check\./, ""),
    status: "found",
    item: null,
    spans: check.spans,
    args,
    rule: check.rule,
    confidence: null,
    failed: !check.ok,
    checked: true,
    names: new Set(),
    about: { check, article: check.article },
  };
}

/** An entry for what a reviewer says is missing. */
function addedEntry(review) {
  const { item } = review;
  return {
    layer: item.layer,
    type: item.type,
    status: "added",
    item,
    spans: item.spans,
    args: item.args,
    rule: null,
    confidence: null,
    failed: false,
    checked: false,
    names: new Set(),
    about: { article: null, steps: [] },
  };
}

/** The names that an item is about: its own, and those of its arguments. */
function namesOf(one, byId) {
  const mentions = one.entity ? [one] : Object.values(one.mentions || {}).map((id) => byId.get(id));
  const names = mentions.filter((m) => m && m.entity).map((m) => m.item.norm.name);
  if (one.item.type === "quote" && one.item.norm.speaker) names.push(one.item.norm.speaker);
  return new Set(names);
}

function amountOf(norm) {
  const value = norm.value ?? (norm.low || norm.high ? `${norm.low ?? ""}\u2013${norm.high ?? ""}` : "");
  return [SIGNS[norm.modifier] || "", grouped(value), norm.unit || ""].filter(Boolean).join(" ");
}

function grouped(value) {
  return /^\d{5,}(\.\d+)?$/.test(value) ? value.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",") : value;
}

/** What an entry says, in a few words. */
function told(entry, source) {
  const norm = entry.item ? entry.item.norm : entry.about.check;
  const arg = (role) => (entry.args[role] ? source.joined(entry.args[role]) : "");
  const list = (...parts) => parts.filter(Boolean).map(shown).join(" \u00b7 ");
  if (entry.layer === "check") return `${norm.ok ? "agrees" : "fails"}: ${norm.actual}, expected ${norm.expected}`;
  if (entry.status === "lost") return list(`lost against ${entry.about.against.type}`, source.joined(entry.about.against.spans), entry.about.reason);
  if (entry.status === "rejected") return shown(entry.about.reason || entry.status);
  const changes = norm.change && norm.change.role === "by" ? { increase: "+", decrease: "\u2212" }[norm.change.direction] : "";
  const tellers = {
    quantity: () => list(changes + amountOf(norm), arg("subject"), arg("property"), norm.time),
    rank: () => list(norm.value ? `no. ${norm.value}` : amountOf(norm), arg("subject"), arg("property"), arg("scope")),
    role: () => list(arg("title"), arg("org"), norm.former ? "former" : ""),
    quote: () => list(norm.speaker || arg("speaker"), norm.kind),
    event: () => list(norm.type, arg("agent"), arg("object"), norm.time),
    time: () => list(norm.value || amountOf(norm), norm.modifier),
    entity: () => list(entry.item.label, norm.name),
  };
  return entry.type in tellers ? tellers[entry.type]() : "";
}
