import { z } from "zod";
import { only } from "../chat/access.ts";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { shortTime } from "../chat/wording.ts";
import type { MeetingId } from "../domain/ids.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { workbook } from "../output/workbook.ts";
import { rollCall, type UnitOnList } from "./units.ts";
import { meetingName } from "./words.ts";

const readsList = only("查看参会名单", "office", "supervision", "city-lead");
const COLUMNS = [
  { title: "序号", width: 6 },
  { title: "单位", width: 14 },
  { title: "报名", width: 8 },
  { title: "参会人员", width: 26 },
  { title: "事由", width: 30 },
  { title: "报送人", width: 14 },
  { title: "报送时间", width: 16 },
] as const;
const ANSWERS: Readonly<Record<UnitOnList["presence"], string>> = {
  attending: "参会",
  delegated: "派员",
  excused: "请假",
  silent: "未报",
};

/** 参会名单: who comes to a meeting, as a workbook. */
export const listPaper = paper({
  name: "meeting.list",
  params: z.object({ meeting: z.int() }),
  async data({ params, person }, context) {
    const { store, office, today } = context;
    const refusal = readsList.check({ person, args: params, office, today });
    if (refusal !== null) return refusal;
    const meeting = await store.meetings.byId(params.meeting as MeetingId);
    if (meeting === null) return refuse("no-data", "没有这次会议。");
    const rows = [];
    for (const [i, { unit, word, presence, comes, remark }] of (await rollCall(meeting, context)).entries()) {
      const holds = presence !== "silent";
      const by = unit.answeredBy === null || !holds ? null : await store.people.byId(unit.answeredBy);
      const at = unit.answeredAt;
      rows.push({
        序号: String(i + 1),
        单位: word,
        报名: ANSWERS[presence],
        参会人员: comes.join("、"),
        事由: remark ?? "",
        报送人: by?.name ?? "",
        报送时间:
          at === null || !holds ? "" : shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at))),
      });
    }
    return { name: meetingName(meeting), rows };
  },
  render: async ({ name, rows }, { marks }) => ({
    name: `${name}参会名单.xlsx`,
    type: XLSX,
    bytes: await workbook(
      [
        {
          name: "参会名单",
          columns: COLUMNS,
          rows: rows.map((row) => COLUMNS.map(({ title }) => row[title])),
        },
      ],
      marks,
    ),
  }),
});
