import { type Page, type PageMark, printLines, pt, type Strip, type TextLook } from "./page-strip.ts";
import { tableStrips } from "./page-table.ts";
import { MARGINS, PAGE, type PaperBlock, type PaperModel, POINTS, withoutControls } from "./paper-model.ts";

const RED = "#c00000";
const LINE = 28;
const SIGN = POINTS.text;

/**
 * A paper's pages as they are drawn: lines broken and pages turned by the same measures as in the Word file, without a font
 * to ask, so that anybody can count them. Where Word turns a page its reader's fonts decide, a line or two from here:
 * `spare` are millimetres of each page that what has to fit leaves free for that.
 */
export function pagesOf(paper: PaperModel, spare = 0): Page[] {
  const { top, bottom, left, right } = MARGINS[paper.margins];
  const frame = { left: pt(left), width: pt(PAGE.width - left - right) };
  const end = pt(PAGE.height - bottom - spare);
  const pages: PageMark[][] = [];
  let y = Number.POSITIVE_INFINITY;
  const turn = () => {
    pages.push([...headOf(paper, frame), ...footOf(pages.length + 1, bottom)]);
    y = pt(top);
  };
  const put = (strip: Strip) => {
    pages.at(-1)?.push(...strip.draw(y));
    y += strip.height;
  };
  const strips = paper.blocks.flatMap((block, i) => {
    const own = stripsOf(block, paper, frame);
    return paper.blocks[i + 1]?.kind === "signature" ? kept(own, block) : own;
  });
  for (const [at, strip] of strips.entries()) {
    // What is kept together is looked at as one.
    let whole = 0;
    for (let i = at; i < strips.length; i++) {
      const next = strips[i] as Strip;
      whole += next.height + (i === at ? 0 : (next.before ?? 0));
      if (!next.keepNext) break;
    }
    const isFirst = at === 0 || strips[at - 1]?.keepNext !== true;
    const before = y === pt(top) ? 0 : (strip.before ?? 0);
    if (pages.length === 0 || (y + before + (isFirst ? whole : strip.height) > end && y > pt(top))) {
      turn();
      if (strip.head !== undefined) put(strip.head);
    } else y += before;
    put(strip);
  }
  return pages.map((marks) => ({ marks }));
}

/** Never a signature alone on its page: a paragraph goes with it, of a table the last row. */
const kept = (strips: readonly Strip[], { kind }: PaperBlock): Strip[] =>
  strips.map((strip, i) =>
    kind === "text" || i === strips.length - 1 ? { ...strip, keepNext: true } : strip,
  );

type Frame = { left: number; width: number };

function headOf({ marks, margins }: PaperModel, { left, width }: Frame): PageMark[] {
  const y = pt(MARGINS[margins].top - 12) + 7;
  return marks.length === 0
    ? []
    : [
        {
          ...{ kind: "text", text: withoutControls(marks.join("　")), x: left + width / 2, y },
          ...{ size: POINTS.page, bold: true, color: RED, align: "center" },
        },
      ];
}

function footOf(page: number, bottom: number): PageMark[] {
  const y = pt(PAGE.height - bottom + 7) + 10;
  return [
    { kind: "text", text: `— ${page} —`, x: pt(PAGE.width / 2), y, size: POINTS.page, align: "center" },
  ];
}

function stripsOf(block: PaperBlock, { margins }: PaperModel, frame: Frame): Strip[] {
  const { left, width } = frame;
  switch (block.kind) {
    case "title":
      return [
        ...block.lines.flatMap((text) => centred(text, POINTS.title, frame)),
        ...(block.below === undefined || block.below === ""
          ? []
          : centred(block.below, POINTS.text, frame).map((strip) => ({ ...strip, before: 8 }))),
      ].map((strip, i, all) => (i === all.length - 1 ? { ...strip, height: strip.height + 12 } : strip));
    case "addressee":
      return paragraph(block.text, frame, { indent: 0 });
    case "heading":
      return paragraph(block.text, frame, { indent: 2 * SIGN, bold: true }).map((strip, i, all) => ({
        ...strip,
        ...(i === 0 ? { before: 6 } : {}),
        ...(i === all.length - 1 ? { height: strip.height + 6 } : {}),
        keepNext: true,
      }));
    case "text":
      return paragraph(block.text, frame, { indent: 2 * SIGN });
    case "note":
      return printLines(block.text, width, POINTS.small).map((text) =>
        lineStrip(15, { text, x: left, size: POINTS.small }),
      );
    case "table":
      return tableStrips(block, frame);
    case "attachments":
      return attachments(block.names, frame);
    case "signature":
      return [block.body, block.date]
        .flatMap((text, i) =>
          lineStrip(LINE, {
            text,
            x: left + width - (i === 0 ? 2 : 4) * SIGN,
            size: POINTS.text,
            align: "right",
          }),
        )
        .map((strip, i) => (i === 0 ? { ...strip, before: aboveSignature(margins), keepNext: true } : strip));
    default:
      return block satisfies never;
  }
}

function lineStrip(height: number, mark: { text: string; x: number; size: number } & TextLook): Strip {
  return { height, draw: (y) => [{ kind: "text", ...mark, y: y + height / 2 }] };
}

/** Room for a seal; a form has it in its cells. */
const aboveSignature = (margins: PaperModel["margins"]) => (margins === "form" ? LINE / 2 : 2 * LINE);

const centred = (text: string, size: number, { left, width }: Frame): Strip[] =>
  printLines(text, width, size).map((line) => ({
    ...lineStrip(30, { text: line, x: left + width / 2, size, align: "center" }),
    keepNext: true,
  }));

function paragraph(
  text: string,
  { left, width }: Frame,
  { indent, bold }: { indent: number; bold?: true },
): Strip[] {
  // The indent is two signs of the first line: so are the two that stand for it while lines are broken.
  const filler = "口".repeat(Math.round(indent / SIGN));
  return printLines(`${filler}${text}`, width, POINTS.text).map((line, i) =>
    lineStrip(LINE, {
      text: i === 0 ? line.slice(filler.length) : line,
      x: left + (i === 0 ? indent : 0),
      size: POINTS.text,
      ...(bold ? { bold } : {}),
    }),
  );
}

function attachments(names: readonly string[], { left, width }: Frame): Strip[] {
  const several = names.length > 1;
  const hang = left + (several ? 6.5 : 5) * SIGN;
  return names.flatMap((name, at) => {
    const number = `${at === 0 ? "附件：" : ""}${several ? `${at + 1}．` : ""}`;
    const x = left + (at === 0 ? 2 : 5) * SIGN;
    return printLines(name, left + width - hang, POINTS.text).map((line, i) => {
      const strip = lineStrip(LINE, { text: line, x: hang, size: POINTS.text });
      const first = lineStrip(LINE, { text: number, x, size: POINTS.text });
      return {
        ...strip,
        ...(at + i === 0 ? { before: LINE } : {}),
        keepNext: true,
        draw: (y: number) => [...(i === 0 ? first.draw(y) : []), ...strip.draw(y)],
      };
    });
  });
}
