import type { Feature } from "write-excel-file/node";
import {
  findElement,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings as insert,
  replaceElement,
} from "write-excel-file/utility";

/** As a spreadsheet numbers them; twenty columns on A4 are too small to be read. */
const SIZES = { A3: 8, A4: 9 } as const;
/** Inches. */
const MARGIN = 0.4;
const FITS = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';

/** A sheet's table: `columns` is how many there are, `head` the row of the heads, `last` the last one, both from 1. */
type PrintedSheet = {
  sheet: string;
  columns: number;
  head: number;
  last: number;
  size: keyof typeof SIZES;
  /** Stand in red at the head of every page. */
  marks: readonly string[];
};

/**
 * Makes sheets ones that can be filtered and printed: a filter on the heads, all columns on one page's width, the rows down
 * to the heads on every page, marks at its head, and pages numbered.
 */
export function printedSheets<Content>(sheets: readonly PrintedSheet[]): Feature<Content> {
  const names = sheets.map(({ sheet, columns, head, last }, i) => {
    const named = (name: string, what: string, more = "") =>
      `<definedName name="_xlnm.${name}" localSheetId="${i}"${more}>'${escaped(sheet)}'!${what}</definedName>`;
    const filtered = named("_FilterDatabase", `$A$${head}:$${letters(columns)}$${last}`, ' hidden="1"');
    return filtered + named("Print_Titles", `$1:$${head}`);
  });
  const of = (sheetIndex: number) => sheets[sheetIndex] as PrintedSheet;
  return {
    files: {
      transform: {
        "xl/worksheets/sheet{id}.xml": {
          transform(xml, _options, { sheetIndex }) {
            const { columns, head, last, marks, size } = of(sheetIndex);
            const order = getOrderOfSiblings("xl/worksheets/sheet{id}.xml", "worksheet") ?? [];
            const filter = `<autoFilter ref="A${head}:${letters(columns)}${last}"/>`;
            return [FITS, filter, ...upright(xml, size), headerFooter(marks)].reduce(
              (whole, part) => insert(whole, part, order, "worksheet"),
              xml,
            );
          },
          transformElementAttributes(tag, attributes, _index, _options, { sheetIndex }) {
            if (tag === "pageMargins") return { ...attributes, left: MARGIN, right: MARGIN };
            const fit = { paperSize: SIZES[of(sheetIndex).size], fitToWidth: 1, fitToHeight: 0 };
            return tag === "pageSetup" ? { ...attributes, ...fit } : attributes;
          },
        },
        "xl/workbook.xml": {
          transform(xml) {
            const place = findElement(xml, "definedNames");
            if (place === undefined) throw new Error("the workbook has no place for names");
            return replaceElement(xml, place, `<definedNames>${names.join("")}</definedNames>`);
          },
        },
      },
    },
  };
}

/** The package sets up pages only of what is printed across. */
function upright(xml: string, size: keyof typeof SIZES): string[] {
  if (xml.includes("<pageSetup ")) return [];
  return [
    `<pageMargins left="${MARGIN}" right="${MARGIN}" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>`,
    `<pageSetup paperSize="${SIZES[size]}" orientation="portrait" fitToWidth="1" fitToHeight="0"/>`,
  ];
}

/** In a header & is a command, and 255 signs are all that fit. */
function headerFooter(marks: readonly string[]): string {
  const said = escaped(marks.join("　").slice(0, 200).replaceAll("&", "&&"));
  const header = said === "" ? "" : `<oddHeader>&amp;C&amp;KC00000${said}</oddHeader>`;
  return `<headerFooter>${header}<oddFooter>&amp;C第&amp;P页，共&amp;N页</oddFooter></headerFooter>`;
}

/** A to Z, AA … of a column's number from 1. */
function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : "") + String.fromCharCode(65 + ((column - 1) % 26));
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
