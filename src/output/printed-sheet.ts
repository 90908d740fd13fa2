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
const FOOTER = "<headerFooter><oddFooter>&amp;C第&amp;P页，共&amp;N页</oddFooter></headerFooter>";

/**
 * Makes a sheet one that can be filtered and printed: a filter on the heads, all columns on one page's width, the rows down
 * to the heads on every page, and pages numbered. `head` is the row of the heads, `last` the last one, both from 1.
 */
export function printedSheet<Content>({
  sheet,
  columns,
  head,
  last,
  size = "A3",
}: {
  sheet: string;
  /** Letter of the last column. */
  columns: string;
  head: number;
  last: number;
  size?: keyof typeof SIZES;
}): Feature<Content> {
  const filter = `<autoFilter ref="A${head}:${columns}${last}"/>`;
  const titles = `'${sheet}'!$1:$${head}`;
  const filtered = `'${sheet}'!$A$${head}:$${columns}$${last}`;
  const names =
    `<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${filtered}</definedName>` +
    `<definedName name="_xlnm.Print_Titles" localSheetId="0">${titles}</definedName></definedNames>`;
  return {
    files: {
      transform: {
        "xl/worksheets/sheet{id}.xml": {
          transform(xml) {
            const order = getOrderOfSiblings("xl/worksheets/sheet{id}.xml", "worksheet") ?? [];
            return [FITS, filter, FOOTER].reduce(
              (whole, part) => insert(whole, part, order, "worksheet"),
              xml,
            );
          },
          transformElementAttributes(tag, attributes) {
            if (tag === "pageMargins") return { ...attributes, left: MARGIN, right: MARGIN };
            const fit = { paperSize: SIZES[size], fitToWidth: 1, fitToHeight: 0 };
            return tag === "pageSetup" ? { ...attributes, ...fit } : attributes;
          },
        },
        "xl/workbook.xml": {
          transform(xml) {
            const place = findElement(xml, "definedNames");
            if (place === undefined) throw new Error("the workbook has no place for names");
            return replaceElement(xml, place, names);
          },
        },
      },
    },
  };
}
