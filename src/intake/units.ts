/** Units by the words that offices write them with, folded; `power` is that of ten, within what can be converted. */
const UNITS = {
  "mg/m³": { words: /mg|毫克/, of: "concentration", power: -3 },
  "µg/m³": { words: /μg|ug|微克/, of: "concentration", power: -6 },
  "t/km²": { words: /^(t|吨)$|km2|平方公里|平方千米/, of: "deposit", power: 0 },
} as const;
type Unit = keyof typeof UNITS;
/** A unit or what is left of one that was cut at its slash, and the words around it. */
const PART =
  /^((单位)?[为是]?(mg|毫克|μg|ug|微克|t|吨)?(每?m3|每?立方米|km2.*|平方公里.*|平方千米.*)?|单位|%|无量纲|℃)$/;

export const isUnit = (unit: string): unit is Unit => Object.hasOwn(UNITS, unit);

/** The unit that a folded piece of a head is, or ends with. */
export function unitIn(piece: string): Unit | null {
  return (Object.keys(UNITS) as Unit[]).find((unit) => UNITS[unit].words.test(piece)) ?? null;
}

/** Whether a folded piece is a unit or a part of one and nothing else. */
export const isOnlyUnit = (piece: string): boolean => PART.test(piece);

/** By how many places the point of a number moves from one unit to the other; null where they measure different things. */
export function shiftBetween(from: string, to: string): number | null {
  if (!isUnit(from) || !isUnit(to) || UNITS[from].of !== UNITS[to].of) return null;
  return UNITS[from].power - UNITS[to].power;
}

/** A plain decimal with its point moved, exactly: 0.028 by 3 is 28. Any other text comes back as it is, for its reader to refuse. */
export function shifted(text: string, places: number): string {
  const found = /^([+-]?)(\d{0,12})(?:\.(\d{0,12}))?$/.exec(
    text.normalize("NFKC").trim().replaceAll(",", ""),
  );
  if (found === null || `${found[2]}${found[3] ?? ""}` === "") return text;
  const [, sign = "", whole = "", fraction = ""] = found;
  const digits =
    places >= 0 ? `${whole}${fraction.padEnd(places, "0")}` : `${whole.padStart(1 - places, "0")}${fraction}`;
  const point = places >= 0 ? whole.length + places : Math.max(whole.length, 1 - places) + places;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, "") || "0";
  const right = digits.slice(point).replace(/0+$/, "");
  return `${sign}${left}${right === "" ? "" : `.${right}`}`;
}

/** Above this a figure of mg/m³ is one of µg/m³ (domain document, section 13), up to where its own range ends. */
const MOST_MILLIGRAMS = { from: 20, to: 50 };

/**
 * Why a figure looks like one of another unit: µg/m³ below 1 and mg/m³ above 20 where no unit is said, and what is so little
 * that it would be published as 0. Null for what it may well be.
 */
export function looksLikeAnother(unit: string, text: string, said: boolean): string | null {
  const first = text.charCodeAt(0);
  const isDigit = first >= 0x31 && first <= 0x39;
  if (unit === "mg/m³") {
    // Nearly all figures have one digit before their point.
    if (said || text.length < 2 || text.charCodeAt(1) === POINT) return null;
    const value = Number(text.normalize("NFKC"));
    const many = value > MOST_MILLIGRAMS.from && value <= MOST_MILLIGRAMS.to;
    return many ? "超过20，像是以µg/m³为单位，请写明单位或换算成mg/m³" : null;
  }
  if (unit !== "µg/m³" || isDigit) return null;
  const found = /^[0０]?[.．](\d+)$/.exec(text.normalize("NFKC").trim());
  if (found === null || /^0*$/.test(found[1] ?? "")) return null;
  if (!said) return "不足1，像是以mg/m³为单位，请写明单位或换算成µg/m³";
  return Number(`0.${found[1]}`) <= 0.5 ? "不足1 µg/m³，请核对单位" : null;
}

const POINT = 46;
