import type { Context } from "../../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";
import { longDate } from "../../chat/wording.ts";
import { holdsRole } from "../../domain/posts.ts";
import type { OfficialPaperRow } from "../../store/official-papers.ts";
import type { Person } from "../../store/people.ts";
import type { Writer } from "../../store/store.ts";
import { draftPaper } from "../draft.ts";
import { askOrIssue } from "../issue-at-once.ts";
import kind from "../kinds/interview.ts";
import { strikeCandidate } from "../strike-candidate.ts";
import { brokenBy } from "./look.ts";
import { interviewAbout } from "./notice.ts";
import {
  type Arrangement,
  gapsWithin,
  INTERVIEW,
  type InterviewCandidate,
  interviewCourseOf,
} from "./standings.ts";
import { monthsWords } from "./words.ts";

type Around = Context<Writer>;

/** A candidate that the office may still decide on: proposed, or confirmed without a notice that stands. */
async function openCandidate(
  id: number,
  person: Person,
  { store }: Around,
): Promise<InterviewCandidate | Refusal> {
  if (!holdsRole(person, "office")) return refuse("forbidden", "是否约谈由市办认定。");
  const row = (await store.candidates.byId(id)) as InterviewCandidate | null;
  if (row === null || row.kind !== INTERVIEW)
    return refuse("stale-action", "没有这个约谈候选，请重新发送“约谈”。", ["约谈"]);
  if (row.state === "lapsed")
    return refuse("stale-action", `这个约谈候选已撤销：${row.reason ?? ""}。请看“约谈”。`, ["约谈"]);
  if (row.state === "struck") return refuse("already-done", `已定为不约谈：${row.reason ?? ""}。`, ["约谈"]);
  const { paper } = await interviewCourseOf(row, store);
  if (paper !== null)
    return refuse("already-done", `已经认定，通知是${paper.id}号文件。`, [`文件 ${paper.id}号`]);
  return row;
}

/** Confirms a candidate and drafts its notice, which is then checked and signed like any other paper. */
export async function confirmInterview(
  id: number,
  said: { arrangement: Omit<Arrangement, "on"> & { on: Temporal.PlainDate }; note: string | undefined },
  person: Person,
  context: Around,
): Promise<OfficialPaperRow | Refusal> {
  const { store, office, now, today } = context;
  const row = await openCandidate(id, person, context);
  if (isRefusal(row)) return row;
  const region = office.heirOn(row.regionId ?? "", today);
  if (office.dissolvedOn(row.regionId ?? "", today))
    return refuse("conflict", `${office.region(row.regionId ?? "").name}已并入${region.name}，不能再约谈。`);
  const why = await brokenBy(row, region, context);
  if (why !== null)
    return refuse("conflict", `${region.short}${why}，不再符合约谈条件。`, [`约谈 ${region.short}`]);
  const gaps = gapsWithin(row.facts);
  const note = said.note?.trim() || null;
  if (gaps.length > 0 && note === null)
    return refuse(
      "usage",
      `${monthsWords(gaps)}没有全省排名名单，不能认定连续。请先导入；省里确未公布的，在“缺月说明”里写明。`,
    );
  const fault = faultOf(said.arrangement, context);
  if (fault !== null) return fault;
  const arrangement = { ...said.arrangement, on: said.arrangement.on.toString() };
  const facts = { ...row.facts, arrangement };
  const at = now.epochMilliseconds;
  await store.candidates.settle(id, {
    state: "confirmed",
    reason: note,
    facts,
    decidedAt: at,
    decidedBy: person.id,
  });
  const paper = await draftPaper(kind, interviewAbout({ ...row, facts }, region), { by: person }, context);
  if (isRefusal(paper)) return paper;
  return askOrIssue(paper, { by: person, isShown: false }, context);
}

function faultOf(
  { on, time }: { on: Temporal.PlainDate; time: string },
  { office, today }: Around,
): Refusal | null {
  if (Temporal.PlainDate.compare(on, today) <= 0)
    return refuse("bad-date", `约谈日期${longDate(on)}已到或已过，请写明天或以后的工作日。`);
  if (!office.calendar.isWorkingDay(on))
    return refuse("bad-date", `${longDate(on)}不是工作日，请改为工作日。`);
  return /^([01]?\d|2[0-3])[:：][0-5]\d$/.test(time.trim())
    ? null
    : refuse("bad-date", `“${time}”不是时间，请写成 9:30 这样。`);
}

/** Strikes a candidate with the office's reason; with the next month's list it may come again. */
export async function strikeInterview(
  id: number,
  reason: string,
  person: Person,
  context: Around,
): Promise<InterviewCandidate | Refusal> {
  const row = await openCandidate(id, person, context);
  if (isRefusal(row)) return row;
  return strikeCandidate(row, { reason, lacking: "请写明不约谈的理由。" }, person, context);
}
