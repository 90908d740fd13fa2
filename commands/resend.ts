import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { shortTime } from "../src/chat/wording.ts";
import { droppedCard } from "../src/runs/dropped.ts";
import { sendLate } from "../src/runs/send-late.ts";

const who = only("补发通知", "office");
const toDropped = says("补发");
/** What is older than this nobody asks for any more. */
const KEPT_DAYS = 31;
const MOST = 200;

/** 补发：notices that came due while the bot was down or their job was paused, each with the button that sends it after all. */
export default command({
  name: "resend",
  words: ["补发"],
  hints: ["没发出", "漏发", "未发出", "没有发出"],
  help: { does: "看停运、暂停期间没有发出的通知，可以补发", example: "补发" },
  who,
  audience: "person",
  args: z.object({}),

  async answer(_, { store, office, schedules, now }) {
    const since = now.subtract({ hours: 24 * KEPT_DAYS }).epochMilliseconds;
    const listed = new Set<string>();
    const runs = (await store.ledger.dropped(since, MOST)).flatMap(({ job: name, slot, state }) => {
      const job = schedules.find((one) => one.name === name);
      // Of what is about the present day nobody wants more than the newest.
      const isOld = job?.publishes === undefined && listed.has(name);
      listed.add(name);
      return job === undefined || isOld
        ? []
        : [{ job: name, slot, title: job.title, why: state === "paused" ? "paused" : "down" } as const];
    });
    if (runs.length > 0) return droppedCard(`没有发出的通知（${runs.length}期）`, runs, office);
    return {
      title: "没有漏发的通知",
      tone: "good",
      blocks: [{ kind: "text", text: `近${KEPT_DAYS}天到点的通知都已发出。` }],
      facts: { dropped: [] },
    };
  },
});

/** 补发: a dropped slot goes out late, once, and says so. */
export const resendRun = action({
  name: "run.resend",
  label: "补发",
  params: z.object({ job: z.string(), slot: z.int() }),
  fields: z.object({}),
  async press({ params: { job: name, slot }, person }, context) {
    const { office, schedules, today } = context;
    const forbidden = who.check({ person, args: {}, office, today });
    if (forbidden !== null) return forbidden;
    const job = schedules.find((one) => one.name === name);
    if (job === undefined) return refuse("stale-action", "这项通知已停用，不能补发。", ["补发"]);
    const sent = await sendLate(job, slot, { by: person }, context);
    if (isRefusal(sent)) return sent;
    const at = office.local(Temporal.Instant.fromEpochMilliseconds(slot));
    return {
      title: `已补发${job.title}`,
      blocks: [
        {
          kind: "text",
          text:
            sent === 0
              ? "按当时的数据没有要发的内容，没有发给任何人。"
              : `${shortTime(at)}一期，共发出${sent}份。`,
        },
      ],
      buttons: [toDropped("还有没有漏发的")],
      audit: { job: name, slot, sent },
      facts: { job: name, sent },
    };
  },
});
