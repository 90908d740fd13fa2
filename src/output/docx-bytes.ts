import { FONT_TABLE } from "./word-fonts.ts";

/**
 * The package writes the moment of its call into the file and its archive: taken out, for a document tells its own date and
 * is kept byte for byte. Fonts that a machine lacks are named with those that may stand for them.
 */
export async function withoutMoment(docx: Uint8Array): Promise<Uint8Array> {
  const { strFromU8, strToU8, unzipSync } = await import("fflate");
  const files = unzipSync(docx);
  const properties = "docProps/core.xml";
  const core = strFromU8(files[properties] ?? new Uint8Array());
  return zippedAlike({
    ...files,
    [properties]: strToU8(core.replace(/<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g, "")),
    "word/fontTable.xml": strToU8(FONT_TABLE),
  });
}

/** Files as an archive that tells no time. */
export async function zippedAlike(files: Record<string, Uint8Array>): Promise<Uint8Array> {
  const { zipSync } = await import("fflate");
  return zipSync(files, { mtime: new Date(1980, 0, 2) });
}
