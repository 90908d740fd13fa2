import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { counted, listTitle, shortTime } from "../src/chat/wording.ts";
import { issueCard } from "../src/issues/card.ts";
import { maySee } from "../src/issues/sees.ts";
import { digestOf, digestTime } from "../src/office/digest.ts";
import type { OutboxRow } from "../src/store/outbox.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const toDigest = says("简报");
const toSettings = says("我的设置");

const SHOWN = 15;

/** 简报：what has been sent to me today and what still waits for my digest, piece by piece, each of which opens. */
export default command({
  name: "digest",
  words: ["简报", "我的简报"],
  hints: ["今天收到的", "收到的消息", "今天的消息", "发给我的"],
  help: { does: "看今天发给我的和还没发的消息", example: "简报" },
  who: anyone,
  audience: "person",
  args: z.object({
    delivery: arg.maybe.number("消息编号", { bare: true }),
    page: arg.maybe.number("页码"),
  }),

  async answer({ args: { delivery, page }, person }, context) {
    if (delivery !== undefined) return pieceOf(Number(delivery), person, context);
    const { store, office, today, now } = context;
    const midnight = today.toZonedDateTime({ timeZone: office.pack.timeZone }).epochMilliseconds;
    const waiting = await store.outbox.waitingFor(person.id);
    const sent = (await store.outbox.piecesFor(person.id, midnight)).filter((row) => row.state !== "waiting");
    const pieces = [...waiting, ...sent.reverse()];
    const pages = Math.max(1, Math.ceil(pieces.length / SHOWN));
    const at = Number(page ?? 1);
    if (!Number.isInteger(at) || at < 1 || at > pages)
      return refuse("bad-number", `没有第${at}页，共${pages}页。`, [`简报 第${pages}页`]);
    const shown = pieces.slice((at - 1) * SHOWN, at * SHOWN);
    const digest = await digestOf(person, context);
    const next = digest && (await digestTime(person.id, now.epochMilliseconds, digest, { store, office }));
    const timeOf = (ms: number) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(ms)));
    return {
      title: listTitle("简报", counted(waiting.length, "项", "待发"), counted(sent.length, "项", "今天已发")),
      tone: "muted",
      blocks: [
        pieces.length === 0
          ? { kind: "text", text: "今天还没有发给您的消息。" }
          : {
              kind: "table",
              columns: [{ title: "时间" }, { title: "内容" }, { title: "状态" }],
              rows: shown.map((row) => [
                timeOf(row.createdAt),
                row.title,
                row.state === "waiting" ? "待发" : "已发",
              ]),
              opens: shown.map(({ id }) => toDigest("", id).say),
            },
        {
          kind: "note",
          text:
            digest && next !== null
              ? `不急的消息合并成一条，${timeOf(next)}发${digest.why === "eased" ? "（本周消息已多）" : ""}；重大和最高一级上报随时发`
              : "现在每条消息单独发；要每天一条，发送“我的设置”",
        },
      ],
      buttons: [
        ...(at > 1 ? [toDigest("上一页", `第${at - 1}页`)] : []),
        ...(at < pages ? [toDigest("下一页", `第${at + 1}页`)] : []),
        toSettings("我的设置"),
      ],
      facts: {
        digest: digest && { hour: digest.hour, why: digest.why },
        waiting: waiting.map(({ id, title }) => ({ delivery: id, title })),
        sent: sent.map(({ id, title }) => ({ delivery: id, title })),
      },
    };
  },
});

/** One message that was meant for the person, as it was written; one about an issue as the issue stands by now. */
async function pieceOf(id: number, person: Person, context: Context<Reader>): Promise<Card | Refusal> {
  const { store } = context;
  const found = Number.isSafeInteger(id) ? await store.outbox.numbered(id) : null;
  if (found === null || found.row.personId !== person.id)
    return refuse("no-data", `没有编号为${id}的消息。请发送“简报”看今天的。`, ["简报"]);
  const { row } = found;
  const issue = await issueShown(row, store);
  if (issue !== null && (await maySee(issue, person, context))) return issueCard(issue, person, context);
  const card = JSON.parse(row.card) as Card;
  return { ...card, facts: { ...card.facts, delivery: row.id } };
}

async function issueShown({ subject }: OutboxRow, { issues }: Reader) {
  const id = subject?.match(/^issue:(\d+)$/)?.[1];
  return id === undefined ? null : issues.byId(Number(id));
}
