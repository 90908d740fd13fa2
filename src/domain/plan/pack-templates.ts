/** An office's own Word template of a kind of paper: `templates/<paper>.docx` of the pack, its bytes in base64. */
export type PackTemplate = { paper: string; docx: string };

/** The office's own template of a kind of paper, by the kind's id; null where it has none and ours counts. */
export function templateOf(
  { templates }: { templates: readonly PackTemplate[] },
  paper: string,
): Uint8Array | null {
  const own = templates.find((one) => one.paper === paper);
  return own === undefined ? null : new Uint8Array(Buffer.from(own.docx, "base64"));
}
