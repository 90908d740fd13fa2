import type { Lantian, Speaker } from "../../src/bot/lantian.ts";
import { ask, press } from "../../src/bot/router.ts";
import type { DrawnCard } from "../../src/chat/card.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { fixedClock } from "../../src/clock.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { beat } from "../../src/scheduler/beat.ts";

type Fill = Readonly<Record<string, string>>;
/** Minutes after the beginning, who acts, by which phrase they get the card, and the button on it. */
type Step = { after: number; who?: string; says?: string; label?: string; fill?: Fill };

export const COURSE_BEGINS = "2020-12-10T17:00";

/** One response from the order to the morning after its end; steps without somebody are what the clock does. */
export const COURSE: readonly Step[] = [
  {
    after: 1,
    who: "市办",
    says: "启动响应 黄色 苏大气办〔2020〕3号",
    label: "启动黄色预警响应",
    fill: { level: "黄色", documentNo: "苏大气办〔2020〕3号" },
  },
  { after: 5, who: "海安联络员", says: "应急", label: "签收" },
  { after: 10, who: "铸造厂联系人", says: "应急", label: "签收" },
  { after: 20, who: "铸造厂联系人", says: "应急", label: "报执行", fill: { reading: "100" } },
  { after: 61 },
  { after: 121 },
  {
    after: 150,
    who: "市办",
    says: "应急",
    label: "升级",
    fill: { level: "红色", documentNo: "苏大气办〔2020〕5号" },
  },
  { after: 155, who: "如皋联络员", says: "应急", label: "签收" },
  { after: 270 },
  { after: 960 },
  { after: 1000, who: "市办", says: "应急", label: "解除", fill: { documentNo: "苏大气办〔2020〕6号" } },
  { after: 3 * 1440 + 960 },
];

const beginning = Temporal.PlainDateTime.from(COURSE_BEGINS).toZonedDateTime("Asia/Shanghai").toInstant();

/**
 * Goes through the course from the step after the one that was last finished: what was done and not yet noted is done again, as
 * people do who don't know whether the bot has heard them.
 */
export async function goThrough(bot: Lantian, began: (step: number) => void = () => {}): Promise<void> {
  const done = Number(await bot.store.read((r) => r.settings.get("demo-clock")));
  for (const [i, step] of COURSE.entries()) {
    const now = beginning.add({ minutes: step.after });
    if (now.epochMilliseconds <= done) continue;
    began(i);
    const there = { ...bot, clock: fixedClock(now) };
    await beat(there);
    await act(there, step);
    await deliverDue(there, [webDoor(there)], () => now.epochMilliseconds);
    await bot.store.write((w) => w.settings.set("demo-clock", String(now.epochMilliseconds)));
  }
}

async function act(bot: Lantian, { who, says, label, fill = {} }: Step): Promise<void> {
  if (who === undefined || says === undefined || label === undefined) return;
  const person = await bot.store.read((r) => r.people.byName(who));
  const speaker: Speaker = { identity: { platform: "terminal", workspace: "", userKey: who }, person };
  const asked = await ask(bot, speaker, says);
  const card = asked.answer.kind === "card" ? (asked.answer.card as DrawnCard) : null;
  const button = card?.buttons.find((one) => one.label === label);
  // It is no longer there: the step was done.
  if (button?.kind !== "press") return;
  const { answer } = await press(bot, speaker, button.token, fill);
  if (isRefusal(answer) && answer.code !== "already-done") throw new Error(`${label}: ${answer.message}`);
}
