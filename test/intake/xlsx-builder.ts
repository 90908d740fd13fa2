import { crc32, deflateRawSync } from "node:zlib";

/** One entry of an archive under construction; `size` and `method` may lie. */
export type ZipEntry = {
  name: string;
  content: string | Uint8Array;
  size?: number;
  flags?: number;
  method?: number;
};

/** A deflated zip archive, as spreadsheet programs write it. */
export function zip(entries: readonly ZipEntry[], count = entries.length): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, size, flags = 0, method = 8 } of entries) {
    const plain = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(plain) : plain;
    const path = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size ?? plain.length, 18);
    fields.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    files.push(Buffer.from("PK\x03\x04"), fields, path, packed);
    directory.push(Buffer.from("PK\x01\x02"), Buffer.from([20, 0]), fields, place, path);
    offset += 30 + path.length + packed.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...files, ...directory, Buffer.from("PK\x05\x06"), end]));
}

/** A cell: text, a number, or a date (shown as one through its style). */
export type Cell = string | number | { serial: number } | { xml: string } | null;

/** The entries of a workbook of these sheets. */
export function workbookEntries(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): ZipEntry[] {
  const names = Object.keys(sheets);
  const each = (draw: (name: string, n: number) => string) =>
    names.map((name, i) => draw(name, i + 1)).join("");
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return [
    {
      name: "[Content_Types].xml",
      content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    },
    {
      name: "xl/workbook.xml",
      content: `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${each((name, n) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId999" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    },
    {
      name: "xl/styles.xml",
      content: `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    },
    ...Object.values(sheets).map((rows, i) => ({
      name: `xl/worksheets/sheet${i + 1}.xml`,
      content: `<worksheet xmlns="${main}"><sheetData>${rows.map(drawRow).join("")}</sheetData></worksheet>`,
    })),
  ];
}

export function workbook(
  sheets: Parameters<typeof workbookEntries>[0],
  extra: readonly ZipEntry[] = [],
): Uint8Array {
  return zip([...workbookEntries(sheets), ...extra]);
}

function drawRow(cells: readonly Cell[], index: number): string {
  return `<row r="${index + 1}">${cells.map((cell, column) => drawCell(cell, `${String.fromCharCode(65 + column)}${index + 1}`)).join("")}</row>`;
}

function drawCell(cell: Cell, address: string): string {
  if (cell === null) return "";
  if (typeof cell === "number") return `<c r="${address}"><v>${cell}</v></c>`;
  if (typeof cell === "string") return `<c r="${address}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  return "serial" in cell ? `<c r="${address}" s="1"><v>${cell.serial}</v></c>` : cell.xml;
}

/** A workbook of one sheet whose cells show texts of one shared table, by their places in it. */
export function sharingWorkbook(texts: readonly string[], rows: readonly (readonly number[])[]): Uint8Array {
  const shared = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings`;
  const items = texts.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join("");
  const cells = rows.map((row, at) => row.map((text, i) => sharedCell(text, at, i)));
  return zip([
    ...workbookEntries({ 一: cells }).map((entry) =>
      entry.name === "xl/_rels/workbook.xml.rels"
        ? withRelation(entry, `<Relationship Id="rId998" Type="${shared}" Target="sharedStrings.xml"/>`)
        : entry,
    ),
    { name: "xl/sharedStrings.xml", content: `<sst>${items}</sst>` },
  ]);
}

const sharedCell = (text: number, row: number, column: number): Cell => ({
  xml: `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="s"><v>${text}</v></c>`,
});

export function withRelation(entry: ZipEntry, relation: string): ZipEntry {
  return {
    ...entry,
    content: String(entry.content).replace("</Relationships>", `${relation}</Relationships>`),
  };
}
