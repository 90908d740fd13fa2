import * as word from "docx";

/** An office's template as somebody makes it in Word: paragraphs of a text, or a table of texts; `head` stands at the head of each page. */
export async function anOfficesTemplate(
  parts: readonly (string | readonly (readonly string[])[])[],
  { head = "{标注}" } = {},
): Promise<Uint8Array> {
  const paragraph = (text: string) =>
    new word.Paragraph({ children: [new word.TextRun({ text, font: "华文行楷", color: "336699" })] });
  const cell = (text: string) => new word.TableCell({ children: [paragraph(text)] });
  const document = new word.Document({
    sections: [
      {
        headers: { default: new word.Header({ children: [paragraph(head)] }) },
        children: parts.map((part) =>
          typeof part === "string"
            ? paragraph(part)
            : new word.Table({ rows: part.map((row) => new word.TableRow({ children: row.map(cell) })) }),
        ),
      },
    ],
  });
  return new Uint8Array(await word.Packer.toBuffer(document));
}
