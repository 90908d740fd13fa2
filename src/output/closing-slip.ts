import { pagesOf } from "./pages.ts";
import { labelCell, type PaperCell, type PaperModel, type PaperPicture } from "./paper-model.ts";

/** One round of mending: what was handed in, and what was found, in order. */
export type SlipRound = {
  name: string;
  submitted: string;
  measures: string;
  reviews: readonly SlipReview[];
};
/** `opinion` is what was said, empty where nothing was: nobody is made to say anything. */
export type SlipReview = { level: "县级" | "市级"; result: string; by: string; at: string; opinion: string };

/** What a 销号单 says. Times are office text with their year, missing ones “—”. */
export type ClosingSlip = {
  office: string;
  no: string;
  /** 通气办交〔2020〕12号; null where the order has none. */
  orderNo: string | null;
  title: string;
  source: string;
  level: string;
  county: string;
  unit: string;
  helping: string;
  place: string;
  requirement: string;
  assigned: string;
  acknowledged: string;
  /** The deadline with which it was given out. */
  firstDue: string;
  /** Each later one: until when, how it came about. */
  laterDues: readonly string[];
  /** What is to be said of all of them; null where nothing is. */
  dueRemark: string | null;
  rounds: readonly SlipRound[];
  closedOn: string;
  before: readonly PaperPicture[];
  after: readonly PaperPicture[];
  marks: readonly string[];
};

/**
 * 问题销号单 on one page, whatever it has to hold: print and pictures become smaller first, then long texts are cut, which
 * the course of the issue still has whole.
 */
export function closingSlipModel(slip: ClosingSlip): PaperModel {
  for (const fit of FITS) {
    const model = drawn(slip, fit);
    if (pagesOf(model, SPARE).length === 1) return model;
  }
  return drawn(slip, LAST_FIT);
}

/** What Word and its kin need more than we count, millimetres. */
const SPARE = 10;

/** `pictures`: the newest of each kind, side by side, at most `high` millimetres; texts of at most `signs`; of rounds the `rounds` newest. */
type Fit = { small: number; pictures: number; high: number; signs: number; rounds: number };
const FITS: readonly Fit[] = [
  { small: 1, pictures: 2, high: 46, signs: 1000, rounds: 20 },
  { small: 0.95, pictures: 2, high: 32, signs: 1000, rounds: 20 },
  { small: 1, pictures: 1, high: 46, signs: 1000, rounds: 20 },
  { small: 0.9, pictures: 1, high: 40, signs: 600, rounds: 20 },
  { small: 0.85, pictures: 1, high: 34, signs: 300, rounds: 10 },
  { small: 0.8, pictures: 1, high: 28, signs: 160, rounds: 8 },
  { small: 0.75, pictures: 1, high: 24, signs: 80, rounds: 6 },
];
const LAST_FIT: Fit = { small: 0.7, pictures: 1, high: 20, signs: 40, rounds: 4 };

function drawn(slip: ClosingSlip, fit: Fit): PaperModel {
  const cut = (text: string) => shortened(text, fit.signs);
  const pair = (a: string, b: string, c: string, d: string): PaperCell[] => [
    labelCell(a),
    { text: b, span: 2 },
    labelCell(c),
    { text: d, span: 2 },
  ];
  const wide = (label: string, text: string): PaperCell[] => [labelCell(label), { text, span: 5 }];
  const left = slip.rounds.length - fit.rounds;
  return {
    name: `${slip.no}销号单`,
    creator: slip.office,
    marks: slip.marks,
    margins: "form",
    blocks: [
      {
        kind: "title",
        lines: ["大气污染问题销号单"],
        below: slip.orderNo === null ? `编号：${slip.no}` : `编号：${slip.no}　交办文号：${slip.orderNo}`,
      },
      {
        kind: "table",
        small: fit.small,
        height: 7,
        widths: [26, 26, 26, 26, 26, 26],
        rows: [
          wide("问题描述", cut(slip.title)),
          pair("来源", slip.source, "等级类别", slip.level),
          pair("责任地区", slip.county, "责任单位", slip.unit),
          ...(slip.helping === "" ? [] : [wide("协办单位", slip.helping)]),
          wide("地点", cut(slip.place)),
          wide("整改要求", cut(slip.requirement)),
          pair("交办", slip.assigned, "签收", slip.acknowledged),
          wide(
            "整改期限",
            [
              `原定${slip.firstDue}`,
              ...slip.laterDues,
              ...(slip.dueRemark === null ? [] : [slip.dueRemark]),
            ].join("；"),
          ),
          ...(left > 0 ? [wide("以前各轮", `另有${left}轮，见办理经过。`)] : []),
          ...slip.rounds.slice(-fit.rounds).flatMap((round) => roundRows(round, cut)),
          ...pictureRows(slip, fit),
          [seal("责任单位（签章）"), seal("县级确认（签章）"), seal("市级复核（签章）")],
        ],
      },
      { kind: "signature", body: slip.office, date: slip.closedOn },
    ],
  };
}

function roundRows(
  { name, submitted, measures, reviews }: SlipRound,
  cut: (text: string) => string,
): PaperCell[][] {
  const row = (label: string, text: string): PaperCell[] => [labelCell(label), { text, span: 5 }];
  const said = ({ result, by, at, opinion }: SlipReview) =>
    `${result}${opinion === "" ? "" : `：${cut(opinion)}`}　${by}　${at}`;
  return [
    ...(submitted === "" ? [] : [row(`${name}整改`, `${cut(measures)}\n提交：${submitted}`)]),
    ...reviews.map((review) => row(`${review.level}意见`, said(review))),
  ];
}

/** Pictures of before and after side by side; what has no counterpart stands alone. */
function pictureRows({ before, after }: ClosingSlip, { pictures, high }: Fit): PaperCell[][] {
  const [first, last] = [before.slice(-pictures), after.slice(-pictures)];
  const cell = (picture: PaperPicture | undefined, none: string): PaperCell =>
    picture === undefined ? labelCell(none, 3) : { picture: { ...picture, most: high }, span: 3 };
  return Array.from({ length: Math.max(first.length, last.length, 1) }, (_, i) => [
    cell(first[i], first.length === 0 ? "无整改前照片" : ""),
    cell(last[i], last.length === 0 ? "无整改后照片" : ""),
  ]);
}

/** Room for a seal or a signature, and its date. */
const seal = (who: string): PaperCell => labelCell(`${who}\n\n年　　月　　日`, 2);

function shortened(text: string, signs: number): string {
  const all = [...text];
  return all.length <= signs ? text : `${all.slice(0, signs).join("")}…（全文见办理经过）`;
}
