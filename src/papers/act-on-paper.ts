import { roleNames } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { EpochMs } from "../domain/ids.ts";
import { type CourseFault, courseAfter, isReady, isWaiting, type PaperAct } from "../domain/papers/course.ts";
import { actingIn, bothOf, inEachPost } from "../domain/posts.ts";
import { queueDeliveries } from "../runs/queue-deliveries.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { askedOf, reviewCard } from "./ask.ts";
import { redrawDelivered } from "./delivered-card.ts";
import { redrafted } from "./draft.ts";
import { kindOfPaper, noOf, paperCourse, subjectOfPaper } from "./kind-of.ts";
import { tellRollCall } from "./roll-call.ts";
import { paperSeen } from "./sees.ts";
import { numbered, sendOut } from "./send-out.ts";
import { redrawReviews, tellReturned, tellWithdrawn } from "./tell.ts";
import { termsOf } from "./terms.ts";

/** What somebody does with a paper; `version` is the draft that they saw. */
export type PaperDeed = {
  act: "check" | "sign" | "return" | "withdraw";
  version: number;
  text?: string | undefined;
};

/**
 * Checks, signs, returns or withdraws a paper, in the caller's transaction. What was checked or signed is held against the data of
 * this moment first: where they are others by now there is another draft, and nothing was signed. With the last signature come the
 * number, the issue and the deliveries, unless its time is still to come.
 */
export async function actOnPaper(
  id: number,
  { act, version, text }: PaperDeed,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now } = context;
  const row = await paperSeen(id, person, context);
  if (isRefusal(row)) return row;
  const course = paperCourse(row, await store.officialPapers.acts(id), context);
  const posts = rightfulPosts(act, row, person, context);
  const deed = (post: Person): PaperAct =>
    act === "withdraw" ? { act } : { act, version, by: bothOf(post) };
  if (posts.length === 0) {
    // Whoever else could do no more than they hears that, and not whose it would be.
    const fault = courseAfter(course, deed(person));
    const isOver = typeof fault === "string" && OVER.includes(fault);
    return isOver ? faultOf(fault, act, row, person, context) : notTheirs(act, row, context);
  }
  const able =
    posts.find((post) => typeof courseAfter(course, deed(post)) !== "string") ?? posts[0] ?? person;
  const after = courseAfter(course, deed(able));
  if (typeof after === "string") return faultOf(after, act, row, person, context);
  const as = actingIn(person, able);
  if (act === "check" || act === "sign") {
    const anew = await redrafted(row, context);
    if (anew.gaps !== undefined) return anew.gaps;
    if (anew.isNew) return drawnAnew(anew.row, person, context);
  }
  const at = now.epochMilliseconds;
  await store.officialPapers.note({
    ...{ paperId: id, version: row.version, act, at, text: text?.trim() || null },
    personId: person.id,
    behalfId: as.behalf?.id ?? null,
  });
  const changed = await store.officialPapers.change(id, { state: after.state });
  const done = await followed(changed, { act, text: text?.trim() ?? "" }, as, context);
  await redrawReviews(done, context);
  return doneCard(done, act, as, context);
}

/** What comes of it: numbers, deliveries, who is asked next, who hears of it. */
async function followed(
  row: OfficialPaperRow,
  { act, text }: { act: PaperDeed["act"]; text: string },
  person: Person,
  context: Context<Writer>,
): Promise<OfficialPaperRow> {
  const { store, now, office } = context;
  const at = now.epochMilliseconds;
  if (act === "withdraw") {
    if (row.number !== null)
      await store.numbers.cancel(subjectOfPaper(row.id), row.kind, { at, why: text || "撤回" });
    await tellWithdrawn(row, text, person, context);
    await tellRollCall(row, `withdrawn-${row.id}`, context);
    await redrawDelivered(row, `withdrawn-${row.id}`, context);
    return row;
  }
  if (act === "return") {
    await tellReturned(row, text, person, context);
    return row;
  }
  const { signing } = termsOf(kindOfPaper(row, context), office.pack);
  const given = act === "sign" ? await numbered(row, person, at, context) : row;
  const sending = { job: row.kind, slot: row.slot ?? at };
  if (isReady({ state: given.state, signing })) {
    if ((await isPaused(given, context)) || ((await notBefore(given, context)) ?? at) > at) return given;
    const sent = await sendOut(given, { at, by: person }, context);
    await queueDeliveries({ key: `paper/${row.id}`, ...sending }, sent.deliveries, context, { at });
    return sent.row;
  }
  const key = `paper-sign/${row.id}/${row.version}/${at}`;
  await queueDeliveries({ key, ...sending }, await askedOf(given, context), context, { at });
  return given;
}

/** The time before which a paper isn't issued: that of its slot, or the one that the office has moved it to. */
async function notBefore(row: OfficialPaperRow, { store }: Context<Writer>): Promise<EpochMs | null> {
  const move = row.slot === null ? null : await store.slotMoves.of(row.kind, row.slot);
  return row.issueAt === null ? null : (move?.due ?? row.issueAt);
}

/** Whether the office has paused the job of a paper that was drafted ahead of its slot: it goes out when that is made up for. */
async function isPaused(row: OfficialPaperRow, { store, now }: Context<Writer>): Promise<boolean> {
  const at = now.epochMilliseconds;
  return row.issueAt !== null && (await store.jobPauses.within(row.kind, at, at)).length > 0;
}

/** Whether somebody has the right to do something with a paper, whatever its state. */
export const mayAct = (
  act: PaperDeed["act"] | "correct",
  row: OfficialPaperRow,
  person: Person,
  context: Pick<Context<Reader>, "office" | "officialPapers">,
): boolean => rightfulPosts(act === "correct" ? "withdraw" : act, row, person, context).length > 0;

/** The posts in which somebody may do something with a paper. */
function rightfulPosts(
  act: PaperDeed["act"],
  row: OfficialPaperRow,
  person: Person,
  context: Pick<Context<Reader>, "office" | "officialPapers">,
): Person[] {
  const { by } = termsOf(kindOfPaper(row, context), context.office.pack);
  const roles =
    act === "check" ? ["office"] : act === "sign" ? [by] : act === "withdraw" ? ["office"] : ["office", by];
  return inEachPost(person).filter(({ role }) => roles.includes(role));
}

function notTheirs(act: PaperDeed["act"], row: OfficialPaperRow, context: Context<Writer>): Refusal {
  const { by } = termsOf(kindOfPaper(row, context), context.office.pack);
  const who = act === "sign" ? roleNames[by] : act === "return" ? `市办或${roleNames[by]}` : "市办";
  return refuse("forbidden", `${noOf(row)}文件须由${who}${WORDS[act]}。`);
}

/** What nobody can mend by asking somebody else. */
const OVER: readonly CourseFault[] = ["withdrawn", "already-issued", "needs-no-signature"];

const WORDS = { check: "审核", sign: "签发", return: "退回", withdraw: "撤回" } as const;

/** Whoever acted saw other figures than there are now: they see these, and so does everybody whom it waits for. */
async function drawnAnew(row: OfficialPaperRow, person: Person, context: Context<Writer>): Promise<Card> {
  const at = context.now.epochMilliseconds;
  const others = (await askedOf(row, context)).filter(
    ({ to }) => !("person" in to && to.person.id === person.id),
  );
  const sending = { key: `paper-check/${row.id}/${row.version}`, job: row.kind, slot: row.slot ?? at };
  await queueDeliveries(sending, others, context, { at });
  const card = await reviewCard(row, person, context);
  return {
    ...card,
    title: `数据有变化，已改为第${row.version}稿，尚未签发：${row.title}`,
    facts: { ...card.facts, redrafted: true },
  };
}

async function faultOf(
  fault: CourseFault,
  act: PaperDeed["act"],
  row: OfficialPaperRow,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const look = [`文件 ${noOf(row)}`];
  const { by } = termsOf(kindOfPaper(row, context), context.office.pack);
  switch (fault) {
    case "outdated": {
      // What they look at is drawn anew; nothing has been done.
      const card = await reviewCard(row, person, context);
      return { ...card, title: `您看到的是旧稿，现在是第${row.version}稿，请核对：${row.title}` };
    }
    case "same-person":
      return refuse(
        "forbidden",
        `${noOf(row)}文件由您（或您代理的人）审核，须由另一位${roleNames[by]}签发。`,
        look,
      );
    case "not-checked":
      return refuse(
        "conflict",
        act === "return"
          ? `${noOf(row)}文件还是待审核的稿子，不用退回。`
          : `${noOf(row)}文件市办还没有审核，不能签发。`,
        look,
      );
    case "needs-no-signature":
      return refuse("conflict", `${noOf(row)}文件不需要${WORDS[act]}。`, look);
    case "already-done":
      return refuse("already-done", `${noOf(row)}文件已经${WORDS[act]}，不用重复操作。`, look);
    case "already-issued":
      return refuse(
        "already-done",
        `${noOf(row)}文件已经印发，不能再${WORDS[act]}。数字有误请发送“更正 ${noOf(row)}”，发错了请“撤回公文 ${noOf(row)}”。`,
        look,
      );
    case "withdrawn":
      return refuse("already-done", `${noOf(row)}文件已经撤回。`, look);
    case "not-ready":
    case "not-issued":
      return refuse("conflict", `${noOf(row)}文件还没有印发。`, look);
    default:
      return fault satisfies never;
  }
}

async function doneCard(
  row: OfficialPaperRow,
  act: PaperDeed["act"],
  as: Person,
  context: Context<Writer>,
): Promise<Card> {
  const { office } = context;
  const local = (at: number) => office.local(Temporal.Instant.fromEpochMilliseconds(at));
  const held = await notBefore(row, context);
  const { signing } = termsOf(kindOfPaper(row, context), office.pack);
  const isHeld = isReady({ state: row.state, signing }) && (await isPaused(row, context));
  const next = isHeld
    ? "任务已暂停，恢复后由市办补发。"
    : isWaiting(row.state)
      ? held !== null && row.state !== "draft" && held > context.now.epochMilliseconds
        ? `${local(held).toPlainTime().toString({ smallestUnit: "minute" })}发出，发出前再核对一次数据。`
        : act === "return"
          ? "已请市办核对。"
          : "已送签发人。"
      : row.state === "issued"
        ? "已编号印发。"
        : `${row.number === null ? "已作废" : "文号保留、作废"}，已告知收到的人。`;
  return {
    title: `已${WORDS[act]}：${row.number ?? row.title}`,
    tone: "good",
    subject: subjectOfPaper(row.id),
    ...(as.behalf ? { behalf: as.behalf } : {}),
    audit: { paper: row.id, version: row.version, act, number: row.number },
    blocks: [{ kind: "text", text: `${row.title}：${next}` }],
    facts: { no: noOf(row), number: row.number, state: row.state, version: row.version },
  };
}
