import { z } from "zod";
import { only } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { isEnd } from "../domain/issues/states.ts";
import { type Period, periodOf } from "../domain/period.ts";
import { type IntakeSender, REPLIES, type ReplyPart } from "../domain/plan/pack-intakes.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { workbook } from "../output/workbook.ts";
import type { Intake } from "../store/intakes.ts";
import type { Issue } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import { handledAs, replyOf, senderCalled } from "./intakes.ts";

/** Who answers the senders. */
export const handsBack = only("回传来件", "office", "supervision");

type Around = Pick<Context<Reader>, "store" | "office" | "today">;
export type Received = { intake: Intake; issue: Issue; isOver: boolean };

/** What a sender handed down in a period, each with whether it is over; what was merged is over when the other is. */
export async function receivedOf({ id }: IntakeSender, period: Period, around: Around): Promise<Received[]> {
  const { store, office } = around;
  const midnight = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone: office.pack.timeZone }).epochMilliseconds;
  const rows = await store.intakes.received(
    id,
    midnight(period.from),
    midnight(period.to.add({ days: 1 })) - 1,
  );
  const received: Received[] = [];
  for (const row of rows)
    received.push({ ...row, isOver: isEnd((await handledAs(row.issue, around)).state) });
  return received;
}

/** 回传表: the sender's own rows in its own columns, with where each stands and how it ended. */
export const returnSheet = paper({
  name: "handback.sheet",
  params: z.object({ sender: z.string(), from: z.string(), to: z.string() }),
  async data({ params, person }, context) {
    const { office, today } = context;
    const refusal = handsBack.check({ person, args: {}, office, today });
    if (refusal !== null) return refusal;
    const sender = senderCalled(params.sender, office);
    if (sender === undefined) return refuse("no-data", "没有这个来件渠道。", ["回传"]);
    const period = periodOf(Temporal.PlainDate.from(params.from), Temporal.PlainDate.from(params.to));
    const received = await receivedOf(sender, period, context);
    const heads = [...new Set(received.flatMap(({ intake }) => intake.cells.map(([head]) => head)))];
    const replies = (Object.keys(REPLIES) as ReplyPart[]).map((key) => ({
      key,
      head: sender.columns[key] ?? REPLIES[key],
    }));
    const all = [...new Set([...heads, ...replies.map(({ head }) => head)])];
    const rows: string[][] = [];
    for (const { intake, issue } of received) {
      const reply = await replyOf(issue, context);
      const cells = new Map<string, string>(intake.cells);
      for (const { key, head } of replies)
        if (!KEPT.has(key) || (cells.get(head) ?? "") === "") cells.set(head, reply[key]);
      rows.push(all.map((head) => cells.get(head) ?? ""));
    }
    return { name: returnName(sender, period), columns: all.map((title) => ({ title })), rows };
  },
  render: async ({ name, columns, rows }, { marks }) => ({
    name: `${name}.xlsx`,
    type: XLSX,
    bytes: await workbook([{ name: "回传", columns, rows }], marks),
  }),
});

/** What the sender has written there itself stays: its own term, the unit that it named. */
const KEPT: ReadonlySet<ReplyPart> = new Set(["unit", "due"]);

export const returnName = ({ name }: IntakeSender, { label }: Period): string =>
  `${name}来件办理情况（${label}）`;
