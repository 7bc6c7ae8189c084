// Sentences in the language of the device: an English sentence is the key of its translation; numbers by Intl.

// Those that have a catalogue, as [code, its own name]; the server writes the codes into the page.
export const LANGUAGES = (document.documentElement.dataset.languages || "en").split(" ").map((code) => [code, ownName(code)]);

let language = "en";
let catalogue = {};

export async function speak(wanted, base) {
  language = LANGUAGES.some(([code]) => code === wanted) ? wanted : "en";
  catalogue = {};
  if (language !== "en") {
    try {
      const answer = await fetch(`${base}/faces/languages/${language}.json`);
      if (answer.ok) catalogue = await answer.json();
    } catch { /* without the catalogue the sentences stay English */ }
  }
}

function ownName(code) {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

// Marks a sentence that is translated where it is shown.
export const mark = (sentence) => sentence;

export const spoken = () => language;

export function t(sentence, places = {}) {
  const text = String(Object.hasOwn(catalogue, sentence) && catalogue[sentence] || sentence);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(places, name) ? put(places[name]) : whole)).replace(/ %/g, "\u00a0%");
}

export const say = (message) => (Array.isArray(message) ? t(message[0], message[1]) : message ? t(message) : "");

function put(value) {
  if (typeof value === "number") return number(value);
  if (value && typeof value === "object" && "money" in value) return money(value.money);
  if (value && typeof value === "object" && "change" in value) return money(value.change, true);
  if (value && typeof value === "object" && "amount" in value) return amount(value.amount);
  if (value && typeof value === "object" && "list" in value) return value.list.map((one) => t(String(one))).join(", ") || "–";
  return t(String(value));
}

export function number(value, digits) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const most = digits ?? (size >= 1000 || Number.isInteger(value) ? 0 : 2);
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits ?? 0, maximumFractionDigits: most }).format(value).replace("-", "−");
}

// Amounts of streams and capital: three digits are enough on a phone.
export function amount(value) {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(value);
}

const price = (value) => new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value).replace("-", "−");
export { price };

let scale = "M";
export const fix = (unit) => { scale = unit || "M"; };

// The unit is fixed for a seat for the whole game: million or thousand EUR.
export function money(value, sign = false) {
  if (value === null || value === undefined) return "–";
  const divided = value / (scale === "M" ? 1e6 : 1e3);
  const text = new Intl.NumberFormat(language, { minimumFractionDigits: scale === "M" ? 2 : 0, maximumFractionDigits: scale === "M" ? 2 : 0 }).format(divided);
  return (sign && divided > 0 ? "+" : "") + text.replace("-", "−") + (scale === "M" ? "\u00a0M" : "\u00a0k");
}

export function date(year, month) {
  return new Intl.DateTimeFormat(language, { year: "numeric", month: "short", timeZone: "UTC" }).format(Date.UTC(year, month - 1, 2));
}

export function clock(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// One strict rule reads every number that is typed. Returns {value}, {ask: [a, b]} where two readings are possible, or {}.
export function readNumber(text) {
  const cleaned = text.trim().replace(/[−–]/g, "-").replace(/[\s\u00a0\u2009\u202f'’]/g, "");
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(cleaned)) return {};
  const marks = cleaned.match(/[.,]/g) || [];
  if (!marks.length) return { value: Number(cleaned) };
  const kinds = new Set(marks);
  if (kinds.size === 2) {
    const last = marks[marks.length - 1];
    const other = last === "." ? "," : ".";
    const [whole, ...rest] = cleaned.split(last);
    if (rest.length !== 1 || !grouped(whole, other)) return {};
    return { value: Number(whole.split(other).join("") + "." + rest[0]) };
  }
  const [mark] = kinds;
  if (marks.length > 1) return grouped(cleaned, mark) ? { value: Number(cleaned.split(mark).join("")) } : {};
  const [whole, part] = cleaned.split(mark);
  const decimal = Number(`${whole || "0"}.${part || "0"}`);
  if (part.length !== 3 || /^[+-]?0*$/.test(whole) || whole.replace(/[+-]/, "").length > 3) return { value: decimal };
  return { ask: [decimal, Number(whole + part)] };
}

function grouped(text, mark) {
  const parts = text.replace(/^[+-]/, "").split(mark);
  return parts[0].length >= 1 && parts[0].length <= 3 && parts.slice(1).every((part) => part.length === 3);
}
