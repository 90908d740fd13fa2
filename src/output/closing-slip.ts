import { headingOf, titleOf, wordDocument } from "./word.ts";
import { tableOf, type WordPicture } from "./word-table.ts";

/** What a 销号单 says. Times are office text (6月15日 08:30), missing ones “—”. */
export type ClosingSlip = {
  office: string;
  no: string;
  title: string;
  source: string;
  level: string;
  county: string;
  assignee: string;
  /** Units that helped. */
  helping?: string;
  place: string;
  requirement: string;
  assigned: string;
  due: string;
  acknowledged: string;
  submitted: string;
  measures: string;
  /** Opinions of both levels, in order. */
  reviews: readonly { level: string; by: string; at: string; opinion: string }[];
  closed: string;
  course: readonly { at: string; step: string; by: string; text: string }[];
  before: readonly WordPicture[];
  after: readonly WordPicture[];
};

/** 问题销号单 as .docx: what was wrong, what was done, pictures of before and after, both reviews, the whole course. */
export function closingSlipDocument(slip: ClosingSlip): Promise<Uint8Array> {
  return wordDocument({ title: `${slip.no}销号单`, creator: slip.office }, (word) => [
    ...titleOf(word, ["大气污染问题销号单"], `编号：${slip.no}`),
    tableOf(
      word,
      [
        [label("问题描述"), { text: slip.title, span: 3 }],
        [label("来源"), slip.source, label("等级"), slip.level],
        [label("责任地区"), slip.county, label("责任单位"), slip.assignee],
        ...(slip.helping ? [[label("协办单位"), { text: slip.helping, span: 3 }]] : []),
        [label("地点"), { text: slip.place, span: 3 }],
        [label("整改要求"), { text: slip.requirement, span: 3 }],
        [label("交办"), slip.assigned, label("整改期限"), slip.due],
        [label("签收"), slip.acknowledged, label("提交整改"), slip.submitted],
        [label("整改措施\n和完成情况"), { text: slip.measures, span: 3 }],
        ...pairsOf(slip).map(([before, after]) => [
          photo(before, slip.before.length === 0 ? "无整改前照片" : ""),
          photo(after, slip.after.length === 0 ? "无整改后照片" : ""),
        ]),
        ...slip.reviews.map(({ level, by, at, opinion }) => [
          label(`${level}意见`),
          { text: `${opinion}\n${by}　${at}`, span: 3 },
        ]),
        [label("销号"), { text: slip.closed, span: 3 }],
        [label("责任单位\n（签章）"), SEAL, label("县级确认\n（签章）"), SEAL],
        [label("市级复核\n（签章）"), { text: SEAL, span: 3 }],
      ],
      { widths: [28, 50, 28, 50], height: 9 },
    ),
    headingOf(word, "办理经过"),
    tableOf(
      word,
      [
        ["时间", "经过", "经办", "说明"],
        ...slip.course.map(({ at, step, by, text }) => [at, step, by, text]),
      ],
      { widths: [32, 34, 28, 62], head: true },
    ),
  ]);
}

const label = (text: string) => ({ text, look: "label" as const });
const photo = (picture: WordPicture | undefined, none: string) =>
  picture ? { picture, span: 2 } : { text: none, look: "label" as const, span: 2 };
/** Room for a seal or a signature, and its date. */
const SEAL = "\n\n　　　　年　　月　　日";

/** Pictures of before and after side by side; what has no counterpart stands alone. */
function pairsOf({
  before,
  after,
}: Pick<ClosingSlip, "before" | "after">): (readonly [WordPicture | undefined, WordPicture | undefined])[] {
  const rows = Math.max(before.length, after.length, 1);
  return Array.from({ length: rows }, (_, i) => [before[i], after[i]] as const);
}
