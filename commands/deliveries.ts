import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { reasonWords, shortTime } from "../src/chat/wording.ts";

const toDeliveries = says("投递");

const SHOWN = 10;
const stateNames = { failed: "未送达", ambiguous: "不确定是否送达" } as const;

/** 投递：what did not get through, or may not have, and a button to send it once more. */
export default command({
  name: "deliveries",
  words: ["投递", "推送情况"],
  hints: ["没送达", "未送达", "送达", "推送", "没收到", "发送失败", "没发出去", "送达情况"],
  help: { does: "看未送达或不确定的推送，可重发", example: "投递" },
  who: only("查看推送情况", "office"),
  audience: "person",
  args: z.object({}),

  async answer(_request, { store, office }) {
    const counts = await store.outbox.countByState();
    const troubled = await store.outbox.troubled(SHOWN);
    const setAside = await store.inbox.setAside();
    const all = await store.outbox.countTroubled();
    return {
      title: "推送情况",
      tone: all + setAside > 0 ? "notice" : "good",
      blocks: [
        {
          kind: "facts",
          items: [
            { label: "已送达", value: `${counts.sent}条` },
            { label: "待发", value: `${counts.pending + counts.sending}条` },
            { label: "未送达", value: `${counts.failed}条` },
            { label: "不确定", value: `${counts.ambiguous}条` },
            ...(setAside > 0 ? [{ label: "未能办理的来信", value: `${setAside}条` }] : []),
          ],
        },
        ...(troubled.length === 0
          ? [{ kind: "text" as const, text: "没有需要处理的推送。" }]
          : [
              {
                kind: "table" as const,
                columns: [
                  { title: "编号" },
                  { title: "收件" },
                  { title: "内容" },
                  { title: "时间" },
                  { title: "状态" },
                  { title: "原因" },
                ],
                rows: troubled.map(({ row, audience }) => [
                  `#${row.id}`,
                  audience,
                  row.title,
                  shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(row.createdAt))),
                  stateNames[row.state as keyof typeof stateNames],
                  reasonWords(row.lastError),
                ]),
              },
              ...(all > troubled.length
                ? [
                    {
                      kind: "text" as const,
                      text: `另有${all - troubled.length}条较早的，处理完以上的再看。`,
                    },
                  ]
                : []),
              { kind: "note" as const, text: "不确定的可能已送达：请先向本人核实，再决定是否重发" },
            ]),
      ],
      buttons: troubled.map(({ row }) => ({
        ...resend.button({ delivery: row.id, claim: row.claim }),
        label: `重发 #${row.id}`,
      })),
      facts: {
        counts,
        setAside,
        rows: troubled.map(({ row, audience }) => ({
          id: row.id,
          audience,
          title: row.title,
          state: row.state,
          error: row.lastError,
        })),
      },
    };
  },
});

/** 重发：a human has decided that a delivery goes out once more. */
export const resend = action({
  name: "deliveries.resend",
  label: "重发",
  params: z.object({ delivery: z.int(), claim: z.int() }),
  fields: z.object({}),
  async press({ params, person }, { store }) {
    if (person.role !== "office") return refuse("forbidden", "重发推送须由市办办理。");
    const again = await store.outbox.resend(params.delivery, params.claim, `resent by ${person.name}`);
    if (!again) return refuse("already-done", "这条推送已经重发或已送达，请重新发送“投递”查看。", ["投递"]);
    return {
      title: `已安排重发 #${params.delivery}`,
      tone: "good",
      subject: `delivery:${params.delivery}`,
      blocks: [{ kind: "text", text: "稍后发送“投递”可看结果。" }],
      buttons: [toDeliveries("投递")],
      facts: { delivery: params.delivery },
    };
  },
});
