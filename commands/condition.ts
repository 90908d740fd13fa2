import { z } from "zod";
import { only, scopeName } from "../src/chat/access.ts";
import { command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { counted, firstNamed, listTitle, shortTime } from "../src/chat/wording.ts";
import { inEachPost } from "../src/domain/posts.ts";

const toDeliveries = says("投递");
const toAudit = says("审计");
/** People who are named; the rest is counted. */
const NAMED = 10;

/** 运维：how the bot itself is, for whoever looks after it: what /health and /metrics tell, and whom nothing can reach. */
export default command({
  name: "condition",
  words: ["运维", "运行情况"],
  help: { does: "看机器人本身是否正常：平台、推送、备份、数据、审计", example: "运维" },
  who: only("查看运维情况", "office"),
  audience: "person",
  looksAtBot: true,
  args: z.object({}),

  async answer(_request, { store, office, today, condition = [] }) {
    const people = (await store.people.all()).filter((one) => inEachPost(one).length > 0);
    const without: string[] = [];
    for (const one of people)
      if ((await store.people.platformsOf(one.id)).length === 0)
        without.push(`${one.name}（${scopeName(one, office, today)}）`);
    const thinned = (await store.audit.about({ act: "rows.thin" }, 1, 0)).rows[0];
    const ill = condition.filter(({ ok }) => !ok);
    return {
      title: listTitle("运维", ill.length === 0 ? "都正常" : counted(ill.length, "项异常")),
      tone: ill.length === 0 ? "good" : "bad",
      blocks: [
        {
          kind: "facts",
          items: [
            ...condition.map(({ title, says: value, ok }) => ({
              label: title,
              value,
              ...(ok ? {} : { tone: "bad" as const }),
            })),
            ...(thinned === undefined
              ? []
              : [
                  {
                    label: "清理过期数据",
                    value: shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(thinned.at))),
                  },
                ]),
            {
              label: "没有账号的成员",
              value: without.length === 0 ? "无" : firstNamed(without, NAMED, "人"),
            },
          ],
        },
        ...(ill.length === 0 ? [] : [{ kind: "note" as const, text: "处理办法见docs/runbook.md" }]),
      ],
      buttons: [toDeliveries("投递"), toAudit("审计")],
      facts: {
        ok: ill.length === 0,
        parts: condition.map(({ name, ok, says: value }) => ({ name, ok, says: value })),
        withoutAccount: without.length,
      },
    };
  },
});
