import { z } from "zod";
import { AUDIT } from "../src/air/audit.ts";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, change } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { shortDate, shortTime } from "../src/chat/wording.ts";
import { kindOfPaper } from "../src/papers/kind-of.ts";
import type { BatchBy } from "../src/store/batches.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader, Writer } from "../src/store/store.ts";

const toImports = says("导入记录");

/** Imports that are offered; older ones are named by their number. */
const OFFERED = 5;
const reasonSaid = arg.maybe.longtext("原因", { maxLength: 200, hint: "可不填" });
const mayWithdraw = only("撤回导入", "office");

/** 撤回导入：an import is undone: what it brought goes, what it corrected is again what it was. */
export default change({
  name: "withdraw",
  words: ["撤回导入"],
  help: { does: "撤回一次导入，恢复导入前的数据", example: "撤回导入" },
  audience: "person",
  who: mayWithdraw,
  args: z.object({ no: arg.maybe.number("导入编号", { bare: true }), reason: reasonSaid }),

  async instead({ args: { no } }, context) {
    return no === undefined ? listOf(context) : null;
  },

  async answer({ args: { no, reason }, person }, context) {
    return withdraw(Number(no), reason, person, context);
  },
});

/** 撤回 on the list. */
export const takeBackBatch = action({
  name: "withdraw.batch",
  label: "撤回",
  params: z.object({ batch: z.int() }),
  fields: z.object({ reason: reasonSaid }),
  async press({ params, fields, person }, context) {
    const { office, today } = context;
    const forbidden = mayWithdraw.check({ person, args: {}, office, today });
    return forbidden ?? withdraw(params.batch, fields.reason, person, context);
  },
});

async function listOf({ store, office, imports }: Context<Reader>): Promise<Card> {
  const batches = await store.batches.latest(OFFERED, { standing: true });
  const titles = new Map([...imports, AUDIT].map(({ id, title }) => [id, title]));
  return {
    title: "撤回导入",
    blocks: [
      batches.length === 0
        ? { kind: "text", text: "没有可以撤回的导入。" }
        : {
            kind: "table",
            columns: [
              { title: "编号" },
              { title: "时间" },
              { title: "导入人" },
              { title: "类别" },
              { title: "文件" },
            ],
            rows: batches.map(({ id, at, by, kind, name }) => [
              String(id),
              shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at))),
              by ?? "终端",
              titles.get(kind) ?? kind,
              name,
            ]),
          },
      {
        kind: "note",
        text: "更早的请写编号，例如“撤回导入 12”；已用于通报的、台账里有问题已在办理的不能撤回",
      },
    ],
    buttons: [
      ...batches.map(({ id }) => ({ ...takeBackBatch.button({ batch: id }), label: `撤回 ${id}` })),
      toImports("导入记录"),
    ],
    facts: { rows: batches.map(({ id, kind, by, name }) => ({ batch: id, kind, by, file: name })) },
  };
}

/** Undoes a batch unless something published rests on it or something later has changed its rows. */
async function withdraw(
  id: number,
  reason: string | undefined,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, imports, now } = context;
  const batch = await store.batches.byId(id);
  if (batch === null)
    return refuse("unknown-import", `没有第${id}号导入。发送“导入记录”看编号。`, ["导入记录"]);
  const at = now.epochMilliseconds;
  const why = reason?.trim() || null;
  if (batch.withdrawnAt !== null) {
    const on = office.local(Temporal.Instant.fromEpochMilliseconds(batch.withdrawnAt));
    return refuse("already-done", `第${id}号导入已在${shortTime(on)}撤回。`, ["导入记录"]);
  }
  const kind = [...imports, AUDIT].find((one) => one.id === batch.kind);
  if (kind?.takeBack === undefined)
    return refuse("conflict", `${kind?.title ?? batch.kind}的导入不能整批撤回，请导入更正后的数据。`);
  const published = await publishedOf(batch, context);
  if (published !== null) return refuse("conflict", published);
  const done = await kind.takeBack(batch, { ...context, person, reason: why });
  if (isRefusal(done)) return done;
  const { words, ...counts } = done;
  await store.batches.withdraw(id, { personId: person.id, at, why });
  return {
    title: `已撤回第${id}号：${batch.name}`,
    tone: "good",
    subject: `batch:${id}`,
    audit: { batch: id, kind: batch.kind, file: batch.name, ...counts, reason: why },
    blocks: [
      {
        kind: "text",
        text: words ?? `删去${done.removed}条，恢复${done.restored}条，数据与导入前相同。`,
      },
    ],
    buttons: [toImports("导入记录")],
    facts: { batch: id, kind: batch.kind, ...counts },
  };
}

/** Why a batch has to stand: the papers that went out with its figures, but for those of their day only. */
async function publishedOf({ id, firstDay }: BatchBy, context: Context<Reader>): Promise<string | null> {
  if (firstDay === null) return null;
  const { store, office } = context;
  const since = Temporal.PlainDate.from(firstDay).toZonedDateTime(office.pack.timeZone);
  const issued = await store.officialPapers.issuedSince(since.epochMilliseconds);
  const resting = issued.filter(
    ({ row, print }) => print.batches.includes(id) && !kindOfPaper(row, context).passing,
  );
  if (resting.length === 0) return null;
  const named = resting.map(
    ({ row }) =>
      `${kindOfPaper(row, context).title}（${shortDate(row.firstDay)}至${shortDate(row.lastDay)}）`,
  );
  const shown = `${named.slice(0, 3).join("、")}${named.length > 3 ? `等${named.length}份` : ""}`;
  return `第${id}号导入的数据已用于发出的${shown}，不能撤回；数据有误请导入更正后的文件。`;
}
