// ---- building blocks ----

const byId = (id) => document.getElementById(id);

/** An element with properties (class, text, on…, else attributes) and children. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Text of the data, kept apart from the direction of the text around it. */
const foreign = (text, tag = "bdi") => make(tag, { dir: "auto", text: String(text) });

/** A link, if it leads to the web; anything else is only text. */
function link(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return foreign(text);
  }
  if (!["http:", "https:"].includes(url.protocol)) return foreign(text);
  const properties = { href: url.href, rel: "noopener noreferrer", target: "_blank" };
  return make("a", properties, foreign(text));
}

function nodeButton(i) {
  return make("button", { type: "button", class: "link", onclick: () => jumpTo(i) },
    foreign(labelOf(i)));
}

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  dot: "M8 2a6 6 0 1 0 .01 0z",
  square: "M2.5 2.5h11v11h-11z",
  diamond: "M8 1l7 7-7 7-7-7z",
  triangle: "M8 1.5l7 12.5H1z",
  triangleDown: "M8 14.5L1 2h14z",
  hexagon: "M4.5 2h7L15 8l-3.500 6h-7L1 8z",
  star: "M8 1l2.100 4.600 4.900.6-3.600 3.400.9 4.900L8 12.100l-4.300 2.400.9-4.900L1 6.200l4.900-.6z",
};

function drawn(className, viewBox, tag, attributes) {
  const svg = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, tag);
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("aria-hidden", "true");
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  svg.append(shape);
  return svg;
}

const symbol = (type) =>
  drawn("symbol", "0 0 16 16", "path", { d: SHAPES[type.shape], fill: type.colour });

const stroke = (className) =>
  drawn(`stroke ${className}`, "0 0 30 8", "line", { x1: 0, x2: 30, y1: 4, y2: 4 });

/** The colour of a CSS variable. */
function palette() {
  const style = getComputedStyle(document.documentElement);
  const known = new Map();
  return (name) => {
    if (!known.has(name)) known.set(name, style.getPropertyValue(name).trim());
    return known.get(name);
  };
}

/** One hex colour faded into another; 1 leaves nothing of the first. */
function mixed(one, other, part) {
  const channel = (colour, at) => parseInt(colour.slice(at, at + 2), 16);
  const mix = (at) => Math.round(channel(one, at) * (1 - part) + channel(other, at) * part);
  return `#${[1, 3, 5].map((at) => mix(at).toString(16).padStart(2, "0")).join("")}`;
}

const decimals = (number, most = 3) =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: most }).format(number);
