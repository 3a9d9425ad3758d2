// Charts as inline SVG: bars with their numbers, told to screen readers as one sentence.

const WIDE = 340;

/** Horizontal bars of a Map of names to numbers; `kind` gives a bar's class. */
function bars(title, counts, kind = () => "bar") {
  const most = Math.max(1, ...counts.values());
  const step = 22;
  const left = 150;
  const chart = svg("svg", { viewBox: `0 0 ${WIDE} ${Math.max(counts.size, 1) * step}`, role: "img", "aria-label": `${title}: ${[...counts].map(([k, n]) => `${k} ${n}`).join(", ") || "none"}` });
  [...counts].forEach(([name, n], i) => {
    const long = ((WIDE - left - 50) * n) / most;
    chart.append(
      svg("text", { x: left - 6, y: i * step + 15, "text-anchor": "end", class: "name" }, svg("title", {}, name), cut(shown(name), 22)),
      svg("rect", { x: left, y: i * step + 4, width: Math.max(long, 1), height: step - 8, rx: 2, class: kind(name) }),
      svg("text", { x: left + long + 6, y: i * step + 15, class: "number" }, n.toLocaleString("en")),
    );
  });
  return figure(title, chart);
}

/** Columns of numbers that follow each other, with a name below each. */
function columns(title, names, numbers) {
  const most = Math.max(1, ...numbers);
  const high = 130;
  const step = WIDE / names.length;
  const chart = svg("svg", { viewBox: `0 0 ${WIDE} ${high + 34}`, role: "img", "aria-label": `${title}: ${names.map((name, i) => `${name} ${numbers[i]}`).join(", ")}` });
  numbers.forEach((n, i) => {
    const tall = (high * n) / most;
    const middle = i * step + step / 2;
    chart.append(svg("rect", { x: i * step + 3, y: high + 16 - tall, width: step - 6, height: Math.max(tall, 1), rx: 2, class: "bar" }),
      svg("text", { x: middle, y: high + 30, "text-anchor": "middle", class: "number" }, names[i]));
    if (n) chart.append(svg("text", { x: middle, y: high + 12 - tall, "text-anchor": "middle", class: "number" }, n.toLocaleString("en")));
  });
  return figure(title, chart);
}

function figure(title, chart) {
  return el("figure", {}, el("figcaption", {}, title), chart);
}
