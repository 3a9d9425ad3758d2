"use strict";
// What all parts of the pages use: elements made without markup, text made harmless, what the browser may keep.

const $ = (id) => document.getElementById(id);

/** An element with attributes and children; strings become text that is seen, null and false are left out. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : TOLD.includes(key) ? seen(value) : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false).map(seen));
  return made;
}

const TOLD = ["title", "aria-label"];

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, seen(value));
  made.append(...children.map(seen));
  return made;
}

// Control characters, and those that reorder or hide what stands beside them. Kept as they are: tab, line break, the
// joiners of emoji and of Indic scripts.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const UNSEEN_ALL = new RegExp(UNSEEN.source, "g");
const WRAP = /[ \t\u3000]*\r?\n[ \t\u3000]*/g;

/** A sign for a character that cannot be seen, one for one. */
function picture(character) {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\u2426";
}

function codeName(character) {
  return "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
}

/** A text with a sign for each character that is not seen; what is no text as it is. */
function seen(text) {
  return typeof text === "string" ? text.replace(UNSEEN_ALL, picture) : text;
}

/** A text for lists and labels: on one line, nothing in it that is not seen. */
function shown(text) {
  return seen(String(text).replace(WRAP, ""));
}

function cut(text, most) {
  const points = Array.from(text);
  return points.length > most ? points.slice(0, most - 1).join("") + "\u2026" : text;
}

/** JSON with the keys in order, so that equal things are equal texts. */
function canonical(value) {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return "{" + Object.keys(value).sort().map((k) => JSON.stringify(k) + ":" + canonical(value[k])).join(",") + "}";
}

function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}

/** What the browser keeps between visits; it may refuse, and then nothing is kept. */
const kept = {
  refused: false,
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      this.refused = true;
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, value);
      return true;
    } catch {
      this.refused = true;
      return false;
    }
  },
  keys(prefix) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      this.refused = true;
      return [];
    }
  },
};

let sayTimer = 0;

/** A message at the foot of the page, which screen readers tell too. */
function say(text, wrong = false) {
  const place = $("say");
  place.textContent = shown(text);
  place.classList.toggle("wrong", wrong);
  place.hidden = false;
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => (place.hidden = true), wrong ? 12000 : 4000);
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const THEMES = ["auto", "light", "dark"];

function setTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  $("theme").textContent = `Theme: ${theme}`;
}

function startTheme() {
  let theme = THEMES.includes(kept.get("zhfacts-theme")) ? kept.get("zhfacts-theme") : "auto";
  setTheme(theme);
  $("theme").addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    kept.set("zhfacts-theme", theme);
    setTheme(theme);
  });
}

function pageData() {
  return JSON.parse($("data").textContent);
}
