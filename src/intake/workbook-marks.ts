import { type Epoch, type Marks, type Merge, UNWORKED } from "./sheet.ts";

/** What a sheet's part says beside the texts of its cells; `said` are cells that its reader takes for empty. */
export type PartMarks = Omit<Marks, "epoch" | "hidden"> & {
  said: readonly { row: number; column: number; text: string }[];
};

const PREFIX = "<(?:[\\w.-]+:)?";
// “<” ends each search: a tag has none in it, as was checked before.
const MERGE = new RegExp(`${PREFIX}mergeCell\\s[^<]*?\\bref=["']([A-Z]+)(\\d+):([A-Z]+)(\\d+)["']`, "g");
const HIDDEN = `(?=[^<]*?\\bhidden=["'](?:1|true)["'])[^<]*?>`;
const ROW = new RegExp(`${PREFIX}row\\s${HIDDEN}`, "g");
const COLUMN = new RegExp(`${PREFIX}col\\s${HIDDEN}`, "g");
const FAILED = new RegExp(`${PREFIX}c\\s([^<]*?\\bt=["']e["'][^<]*)>((?:(?!</(?:[\\w.-]+:)?c>)[^])*)`, "g");
const FORMULA = new RegExp(
  `${PREFIX}c\\s([^<]*)>\\s*${PREFIX}f(?:\\s[^<]*)?(?:/>|>([^<]*)</(?:[\\w.-]+:)?f>)\\s*(<(?:[\\w.-]+:)?v\\s*/>|${PREFIX}v>\\s*</(?:[\\w.-]+:)?v>)?\\s*</(?:[\\w.-]+:)?c>`,
  "g",
);
/** More columns than a table of ours may have: what lies beyond is nobody's. */
const MOST_COLUMNS = 16_384;

/** Merged, hidden, failed and unworked cells of a sheet, by its XML. */
export function marksOf(xml: string): PartMarks {
  const merges: Merge[] = [];
  for (const [, left = "", top, right = "", bottom] of all(xml, "mergeCell", MERGE))
    merges.push({
      top: Number(top) - 1,
      left: columnAt(left),
      bottom: Number(bottom) - 1,
      right: columnAt(right),
    });
  const hiddenRows = new Set(all(xml, "hidden", ROW).map(([tag]) => Number(attribute(tag, "r")) - 1));
  const hiddenColumns = new Set<number>();
  for (const [tag] of all(xml, "hidden", COLUMN)) {
    const last = Math.min(Number(attribute(tag, "max")), MOST_COLUMNS);
    for (let n = Number(attribute(tag, "min")); n <= last; n++) hiddenColumns.add(n - 1);
  }
  const failed = all(xml, xml.includes(`='e'`) ? "" : `="e"`, FAILED);
  const said = [
    ...failed.map(([, tag = "", inside = ""]) => {
      const error = /v>(#[^<]*)</.exec(inside)?.[1] ?? "#N/A";
      return { ...placeOf(tag), text: error };
    }),
    ...all(xml, "f", FORMULA)
      // A formula that gives an empty text was worked out.
      .filter(([, tag = "", , value]) => attribute(tag, "t") !== "str" || value === undefined)
      .map(([, tag = "", formula = ""]) => ({ ...placeOf(tag), text: `${UNWORKED}=${plain(formula)}` })),
  ].filter(({ row, column }) => row >= 0 && column >= 0);
  return { merges, hiddenRows, hiddenColumns, said };
}

const all = (xml: string, word: string, pattern: RegExp): RegExpMatchArray[] =>
  xml.includes(word) ? [...xml.matchAll(pattern)] : [];

function placeOf(tag: string): { row: number; column: number } {
  const found = /^([A-Z]{1,3})(\d{1,7})$/.exec(attribute(tag, "r"));
  return found ? { row: Number(found[2]) - 1, column: columnAt(found[1] ?? "") } : { row: -1, column: -1 };
}

/** What an attribute says; of the name alone, whatever is before it. */
export function attribute(tag: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return plain(found?.[1] ?? found?.[2] ?? "");
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? "") : whole;
    const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });

/** A is 0, Z 25, AA 26. */
function columnAt(letters: string): number {
  let n = 0;
  for (const letter of letters) n = n * 26 + letter.charCodeAt(0) - 64;
  return n - 1;
}

/** A workbook's sheets in the order of its directory: the part of each, whether it is hidden, and its date system. */
export function directoryOf(
  workbook: string,
  relations: string,
): { epoch: Epoch; sheets: { part: string; hidden: boolean }[] } {
  const tags = (xml: string, name: string) =>
    [...xml.matchAll(new RegExp(`${PREFIX}${name}(\\s[^<]*)>`, "g"))].map(([, inside = ""]) => inside);
  const parts = new Map(
    tags(relations, "Relationship").map((tag) => {
      const target = attribute(tag, "Target");
      return [attribute(tag, "Id"), target.startsWith("/") ? target.slice(1) : `xl/${target}`];
    }),
  );
  const sheets = tags(workbook, "sheet").filter((tag) => attribute(tag, "name") !== "");
  const [properties = ""] = tags(workbook, "workbookPr");
  return {
    epoch: attribute(properties, "date1904") === "1" ? 1904 : 1900,
    sheets: sheets.map((tag) => ({
      part: parts.get(attribute(tag, "id")) ?? "",
      hidden: /^(hidden|veryHidden)$/.test(attribute(tag, "state")),
    })),
  };
}
