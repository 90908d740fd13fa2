import { z } from "zod";
import type { Context } from "../../chat/command.ts";
import { paper } from "../../chat/paper.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { longDate } from "../../chat/wording.ts";
import { labelCell, type PaperModel } from "../../output/paper-model.ts";
import { DOCX, wordDocument } from "../../output/word.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { seesUnit } from "../units.ts";
import { type Arrangement, INTERVIEW, type InterviewCandidate } from "./standings.ts";
import { monthsWords } from "./words.ts";

/** What the record of a 约谈 says; dates are office text. */
type InterviewRecord = {
  body: string;
  county: string;
  reason: string;
  arrangement: Arrangement;
  attended: string;
  problems: string;
  stance: string;
  demands: string;
  due: string;
};

/** 约谈记录 as .docx, for three to sign by hand. */
export const interviewRecord = paper({
  name: "interview.record",
  params: z.object({ candidate: z.int() }),
  data: ({ params, person }, context) => recordOf(params.candidate, person, context),
  render: async (record, { marks }) => ({
    name: `${record.county}约谈记录.docx`,
    type: DOCX,
    bytes: await wordDocument(recordModel(record, marks)),
  }),
});

async function recordOf(
  id: number,
  person: Person,
  { store, office, today }: Context<Reader>,
): Promise<InterviewRecord | Refusal> {
  const row = (await store.candidates.byId(id)) as InterviewCandidate | null;
  const arrangement = row?.facts.arrangement;
  if (
    row === null ||
    row.kind !== INTERVIEW ||
    arrangement === undefined ||
    !seesUnit(person, row, { office, today })
  )
    return refuse("no-data", "没有这份约谈记录，或不在您的范围内。请看“约谈”。", ["约谈"]);
  const steps = await store.candidates.steps(id);
  const minutes = steps.findLast(({ step }) => step === "minutes")?.detail;
  if (minutes === undefined) return refuse("no-data", "这次约谈还没有记录。", ["约谈"]);
  const attended = steps.findLast(({ step }) => step === "attend")?.detail;
  return {
    body: office.pack.office,
    county: office.region(row.regionId ?? "").name,
    reason: `${monthsWords(row.facts.months.map(({ month }) => month))}PM2.5浓度连续列全省后列`,
    arrangement,
    attended: attended === undefined ? "未回复" : `${attended.as}：${attended.who}`,
    problems: minutes.problems ?? "—",
    stance: minutes.stance ?? "—",
    demands: minutes.demands ?? "—",
    due: longDate(Temporal.PlainDate.from(minutes.due ?? arrangement.on)),
  };
}

function recordModel(record: InterviewRecord, marks: readonly string[]): PaperModel {
  const { county, body, arrangement } = record;
  const rows = [
    ["被约谈单位", county],
    ["时间", `${longDate(Temporal.PlainDate.from(arrangement.on))} ${arrangement.time}`],
    ["地点", arrangement.place],
    ["约谈人", arrangement.by],
    ["被约谈人", `${arrangement.whom}（${record.attended}）`],
    ["事由", record.reason],
    ["指出的问题", record.problems],
    ["被约谈方表态", record.stance],
    ["整改要求", record.demands],
    ["整改方案期限", record.due],
    ["约谈人签字", ""],
    ["被约谈人签字", ""],
    ["记录人签字", ""],
  ];
  return {
    name: `${county}约谈记录`,
    creator: body,
    marks,
    margins: "form",
    blocks: [
      { kind: "title", lines: ["约谈记录"] },
      {
        kind: "table",
        widths: [40, 130],
        height: 12,
        rows: rows.map(([label = "", value = ""]) => [labelCell(label), value]),
      },
    ],
  };
}
