import { type PaperModel, POINTS } from "./paper-model.ts";
import { printWidth } from "./print-width.ts";
import { type SetLine, SIGN, setLine, textWidth } from "./set-line.ts";

/** Lines of the text that the issuing body's name stands below, at the head of the page (35 mm), and its largest print. */
const ABOVE = 3;
const LARGEST = 60;

/** What stands above a paper's title: corner marks; 发文机关标志, number, 签发人 and the red rule where it has a red head. */
export function redHeadOf({ redHead, corner = [], no = "", signer = "", margins }: PaperModel): SetLine[] {
  const corners = corner.map((text) => setLine(text, { face: "heading", keepNext: true }));
  if (redHead === undefined) return corners;
  const size = Math.min(
    LARGEST,
    Math.max(POINTS.title, Math.floor(textWidth(margins) / printWidth(redHead))),
  );
  const blank = setLine("", { keepNext: true });
  const blanks = (count: number) => Array.from({ length: Math.max(0, count) }, () => blank);
  return [
    ...corners,
    ...blanks(ABOVE - corners.length),
    setLine(redHead, {
      ...{ face: "title", size, leading: Math.ceil(size * 1.3), align: "center", red: true, keepNext: true },
    }),
    ...blanks(2),
    signer === ""
      ? setLine(no, { align: "center", keepNext: true })
      : setLine(no, { first: SIGN, right: SIGN, atEnd: `签发人：${signer}`, keepNext: true }),
    setLine("", { leading: 12, rule: 2, keepNext: true }),
    ...blanks(2),
  ];
}

/** 版记: whom it is copied to, who printed it when, in 四号 and a sign from both margins. */
export function imprintOf({ imprint }: PaperModel): SetLine[] {
  if (imprint === undefined) return [];
  const sign = POINTS.page;
  const look = { size: POINTS.page, leading: 24, first: sign, right: sign };
  const { copies, issuer, date } = imprint;
  return [
    ...(copies.length === 0 ? [] : [setLine(`抄送：${copies.join("，")}。`, { ...look, left: 4 * sign })]),
    setLine(issuer, { ...look, left: sign, atEnd: `${date}印发` }),
  ];
}
