import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Block, Button, Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { reasonWords, shortTime } from "../src/chat/wording.ts";
import { own } from "../src/domain/own.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { notePhoned } from "../src/issues/phoned.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader, Writer } from "../src/store/store.ts";

const toDeliveries = says("投递");
const toIssue = says("问题");

/** Rows of a page, each of which opens. */
const SHOWN = 10;
const stateNames = { failed: "未送达", ambiguous: "不确定是否送达" } as const;
/** What a human may decide about one that is listed, and how the answer says it. */
const WAYS = {
  resend: { label: "重发", done: "已安排重发" },
  arrived: { label: "已核实送达", done: "已记为送达" },
  phoned: { label: "已电话通知", done: "已记为电话通知" },
  dropped: { label: "不再发送", done: "不再发送" },
} as const;
type Way = keyof typeof WAYS;
type Troubled = Awaited<ReturnType<Reader["outbox"]["troubled"]>>[number];

/** 投递：what did not get through, or may not have, by pages; each is sent once more, or settled. */
export default command({
  name: "deliveries",
  words: ["投递", "推送情况"],
  hints: ["没送达", "未送达", "送达", "推送", "没收到", "发送失败", "没发出去", "送达情况"],
  help: { does: "看未送达或不确定的推送，逐条处理", example: "投递" },
  who: only("查看推送情况", "office"),
  audience: "person",
  args: z.object({
    delivery: arg.maybe.number("推送编号", { bare: true }),
    page: arg.maybe.number("页码"),
  }),

  async answer({ args: { delivery, page } }, context) {
    if (delivery !== undefined) return oneOf(Number(delivery), context);
    const { store, office } = context;
    const counts = await store.outbox.countByState();
    const setAside = await store.inbox.setAside();
    const total = await store.outbox.countTroubled();
    const pages = Math.max(1, Math.ceil(total / SHOWN));
    const at = Number(page ?? 1);
    if (!Number.isInteger(at) || at < 1 || at > pages)
      return refuse("bad-number", `没有第${at}页，共${pages}页。`, [`投递 第${pages}页`]);
    const troubled = await store.outbox.troubled(SHOWN, (at - 1) * SHOWN);
    const turnTo = (label: string, n: number) => toDeliveries(label, `第${n}页`);
    return {
      title: "推送情况",
      tone: total + setAside > 0 ? "notice" : "good",
      blocks: [
        {
          kind: "facts",
          items: [
            { label: "已送达", value: `${counts.sent}条` },
            { label: "待发", value: `${counts.waiting + counts.pending + counts.sending}条` },
            { label: "未送达", value: `${counts.failed}条` },
            { label: "不确定", value: `${counts.ambiguous}条` },
            ...(counts.settled > 0 ? [{ label: "已人工处理", value: `${counts.settled}条` }] : []),
            ...(setAside > 0 ? [{ label: "未能办理的来信", value: `${setAside}条` }] : []),
          ],
        },
        ...listBlocks(troubled, context),
        ...(pages > 1 ? [{ kind: "note" as const, text: `第${at}页，共${pages}页，${total}条` }] : []),
      ],
      buttons: [
        ...(at > 1 ? [turnTo("上一页", at - 1)] : []),
        ...(at < pages ? [turnTo("下一页", at + 1)] : []),
        ...(troubled.length > 1 ? troubled.map((one) => decide([one], "resend")) : []),
        ...waysFor(troubled),
      ],
      facts: {
        counts,
        setAside,
        total,
        page: at,
        pages,
        rows: troubled.map(({ row, audience }) => ({
          id: row.id,
          audience,
          title: row.title,
          state: row.state,
          error: row.lastError,
          at: office.local(Temporal.Instant.fromEpochMilliseconds(row.createdAt)).toString(),
        })),
      },
    };
  },
});

function listBlocks(troubled: readonly Troubled[], { office }: Context<Reader>): Block[] {
  if (troubled.length === 0) return [{ kind: "text", text: "没有需要处理的推送。" }];
  const titles = ["编号", "收件", "内容", "时间", "状态", "原因"];
  return [
    {
      kind: "table",
      columns: titles.map((title) => ({ title })),
      rows: troubled.map(({ row, audience }) => [
        `#${row.id}`,
        audience,
        row.title,
        shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(row.createdAt))),
        own(stateNames, row.state) ?? "",
        reasonWords(row.lastError),
      ]),
      opens: troubled.map(({ row }) => toDeliveries("", row.id).say),
    },
    { kind: "note", text: "不确定的可能已送达：请先向本人核实，再决定是否重发" },
  ];
}

/** The four decisions about one, or about all that a page shows. */
const waysFor = (troubled: readonly Troubled[]): Button[] =>
  troubled.length === 0 ? [] : (Object.keys(WAYS) as Way[]).map((way) => decide(troubled, way));

function decide(troubled: readonly Troubled[], way: Way): Button {
  const rows = troubled.map(({ row }) => `${row.id}:${row.claim}`).join(",");
  const [first] = troubled;
  const { label } = WAYS[way];
  return {
    ...settleDelivery.button({ rows, way }),
    label: troubled.length === 1 ? `${label} #${first?.row.id}` : `本页全部${label}`,
  };
}

/** One delivery, whatever has become of it. */
async function oneOf(id: number, context: Context<Reader>): Promise<Card | Refusal> {
  const { store, office } = context;
  const found = Number.isSafeInteger(id) ? await store.outbox.numbered(id) : null;
  if (found === null) return refuse("no-data", `没有编号为${id}的推送。请发送“投递”看清单。`, ["投递"]);
  const { row, audience } = found;
  const isOpen = row.state === "failed" || row.state === "ambiguous";
  const by = row.settledBy === null ? null : await store.people.byId(row.settledBy);
  const timeOf = (ms: number) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(ms)));
  const settled =
    row.settledAs &&
    `${WAYS[row.settledAs].done}（${by?.name ?? "离任时自动处理"}，${timeOf(row.settledAt ?? 0)}）`;
  const state = settled ?? own(stateNames, row.state) ?? (row.sentAt === null ? "待发" : "已送达");
  const phone = row.personId === null ? null : ((await store.people.byId(row.personId))?.phone ?? null);
  const no = row.subject === null ? null : await issueNo(row.subject, store);
  return {
    title: `推送 #${row.id}：${row.title}`,
    tone: isOpen ? "notice" : "muted",
    subject: `delivery:${row.id}`,
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "收件", value: audience },
          { label: "时间", value: timeOf(row.createdAt) },
          { label: "状态", value: state },
          ...(isOpen ? [{ label: "原因", value: reasonWords(row.lastError) }] : []),
          // Here the office is to telephone: nowhere else does a card say the whole number.
          ...(isOpen && phone !== null ? [{ label: "电话", value: phone }] : []),
        ],
      },
      ...(row.state === "ambiguous"
        ? [{ kind: "note" as const, text: "可能已送达：请先向本人核实，再决定是否重发" }]
        : []),
    ],
    buttons: [
      ...(isOpen ? waysFor([found]) : []),
      ...(no === null ? [] : [toIssue(`看 ${no}`, no)]),
      toDeliveries("投递"),
    ],
    facts: { delivery: row.id, audience, title: row.title, state: row.state, settledAs: row.settledAs },
  };
}

async function issueNo(subject: string, { issues }: Reader): Promise<string | null> {
  const id = subject.match(/^issue:(\d+)$/)?.[1];
  return id === undefined ? null : ((await issues.byId(Number(id)))?.no ?? null);
}

/** A human has decided what becomes of deliveries: `rows` has each with the number of the sending that was looked at. */
export const settleDelivery = action({
  name: "deliveries.settle",
  label: "处理推送",
  params: z.object({
    rows: z.string().regex(/^\d+:\d+(,\d+:\d+)*$/),
    way: z.enum(Object.keys(WAYS) as Way[]),
  }),
  fields: z.object({}),
  async press({ params: { rows, way }, person }, context) {
    if (!holdsRole(person, "office")) return refuse("forbidden", "处理推送须由市办办理。");
    const settled: Troubled[] = [];
    for (const one of rows.split(",")) {
      const [id = 0, claim = 0] = one.split(":").map(Number);
      const done = await settleOne(id, claim, way, person, context);
      if (done !== null) settled.push(done);
    }
    if (settled.length === 0)
      return refuse("already-done", "已经重发、送达或处理过，请重新发送“投递”查看。", ["投递"]);
    const names = settled.map(({ row, audience }) => `#${row.id} ${audience}：${row.title}`);
    return {
      title: `${WAYS[way].done}：${settled.length === 1 ? `#${settled[0]?.row.id}` : `${settled.length}条`}`,
      tone: "good",
      subject: `delivery:${settled[0]?.row.id}`,
      audit: { way, deliveries: names },
      blocks: [
        { kind: "text", text: names.join("\n") },
        ...(way === "resend" ? [{ kind: "note" as const, text: "稍后发送“投递”可看结果" }] : []),
      ],
      buttons: [toDeliveries("投递")],
      facts: { way, deliveries: settled.map(({ row }) => row.id) },
    };
  },
});

/** @returns the delivery, or null when it has been decided, or has arrived, since. */
async function settleOne(
  id: number,
  claim: number,
  way: Way,
  person: Person,
  context: Context<Writer>,
): Promise<Troubled | null> {
  const { store, now } = context;
  const found = await store.outbox.numbered(id);
  if (found === null) return null;
  const by = { personId: person.id, at: now.epochMilliseconds };
  const done =
    way === "resend"
      ? await store.outbox.resend(id, claim, `resent by ${person.name}`)
      : await store.outbox.settleByHand({ id, claim }, way, by);
  if (!done) return null;
  if (way === "phoned") await notePhoned(found.row, found.audience, person, context);
  return found;
}

/** 已电话通知 of a notice that its reader hasn't seen: the office was asked to telephone. */
export const telephoned = action({
  name: "deliveries.telephoned",
  label: "已电话通知",
  params: z.object({ delivery: z.int() }),
  fields: z.object({}),
  async press({ params: { delivery }, person }, context) {
    const { store, now } = context;
    if (!holdsRole(person, "office")) return refuse("forbidden", "电话通知须由市办登记。");
    const found = await store.outbox.numbered(delivery);
    if (found === null) return refuse("no-data", "没有这条推送。", ["投递"]);
    const { row, audience } = found;
    if (!(await store.outbox.telephoned(row, person.id, now.epochMilliseconds))) {
      const by = row.settledBy === null ? null : await store.people.byId(row.settledBy);
      return refuse("already-done", `${by?.name ?? "市办"}已经登记过，不用再打。`);
    }
    await notePhoned(row, audience, person, context);
    return {
      title: `${WAYS.phoned.done}：${audience}`,
      tone: "good",
      subject: `delivery:${row.id}`,
      audit: { deliveries: [`#${row.id} ${audience}：${row.title}`] },
      blocks: [{ kind: "text", text: row.title }],
      facts: { delivery: row.id, person: audience },
    };
  },
});

/** 重发 as cards from before the other decisions have it. */
export const resend = action({
  name: "deliveries.resend",
  label: "重发",
  params: z.object({ delivery: z.int(), claim: z.int() }),
  fields: z.object({}),
  press: ({ params: { delivery, claim }, person }, context) =>
    settleDelivery.press(
      { params: { rows: `${delivery}:${claim}`, way: "resend" }, fields: {}, person },
      context,
    ),
});
