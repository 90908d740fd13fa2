import { z } from "zod";
import { action, buttonsOf } from "../chat/action.ts";
import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Alert } from "../store/alerts.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { alertCard, CAUSE_WORDS, causeWordsButton, mayExplain } from "./card.ts";
import { kinOf } from "./kin.ts";
import { alertSeen } from "./seen.ts";
import { redrawAlert } from "./tell.ts";
import { subjectOfAlert } from "./words.ts";

const causeButton = buttonsOf("alerts.cause", z.object({}));
const OTHER = "其他";
const about = z.object({ alert: z.number() });

/** What an anomaly may come from: the kinds of problem that the office gives out, and what nobody can be given. */
export const causesIn = ({ settings }: PlanPack): string[] => [
  ...new Set(
    [...settings.issues.categories.map(({ name }) => name), ...settings.alerts.causes].filter(
      (name) => name !== OTHER,
    ),
  ),
  OTHER,
];

/** The menu of causes. */
export const causeButtons = (alert: number, pack: PlanPack): Button[] =>
  causesIn(pack).map((cause) => causeButton(cause, { alert, cause }));

/** The cause of the menu that words name, or a word that ledgers have for it; 其他 where they name none. */
export function causeIn(words: string, pack: PlanPack): string {
  const categories = pack.settings.issues.categories;
  const named = ({ name, also = [] }: { name: string; also?: readonly string[] }) =>
    [name, ...also].some((word) => words.includes(word));
  const found = causesIn(pack).find((name) => named(categories.find((one) => one.name === name) ?? { name }));
  return found ?? OTHER;
}

/** What somebody typed behind the number is laid before them as the cause, which one tap keeps. */
export function causeSaidButton(alert: number, words: string, pack: PlanPack): Button {
  const cause = causeIn(words, pack);
  return causeWordsButton(`原因：${cause}`, { alert, cause }, { style: "primary", values: { text: words } });
}

async function explaining(id: number, person: Person, context: Context<Writer>): Promise<Alert | Refusal> {
  const one = await alertSeen(id, person, context);
  if (isRefusal(one)) return one;
  return mayExplain(person) ? one : refuse("forbidden", "原因由点位长或县（市、区）填写。", ["异常"]);
}

/** 填原因: the menu, one tap away from what it says. */
export const chooseCause = action({
  name: "alerts.causes",
  label: "填原因",
  params: about,
  fields: z.object({}),
  async press({ params: { alert }, person }, context) {
    const one = await explaining(alert, person, context);
    if (isRefusal(one)) return one;
    const causes = causesIn(context.office.pack);
    return {
      title: "原因是什么？",
      subject: subjectOfAlert(alert),
      blocks: [
        { kind: "text", text: "点一个最接近的；要补充的，选好后再写。也可以直接发现场照片，附一句说明。" },
      ],
      buttons: causeButtons(alert, context.office.pack),
      facts: { alert, causes },
    };
  },
});

export const giveCause = action({
  name: "alerts.cause",
  label: "选原因",
  params: about.extend({ cause: z.string() }),
  fields: z.object({}),
  async press({ params: { alert, cause }, person }, context) {
    const one = await explaining(alert, person, context);
    if (isRefusal(one)) return one;
    if (!causesIn(context.office.pack).includes(cause))
      return refuse("stale-action", "原因的选项有变化，请重新选。", [`异常 ${alert}`]);
    return explained(one, { cause }, person, context);
  },
});

export const explainCause = action({
  name: "alerts.explain",
  label: "补充说明",
  params: about.extend({ cause: z.string().optional() }),
  fields: CAUSE_WORDS,
  async press({ params: { alert, cause }, fields: { text }, person }, context) {
    const one = await explaining(alert, person, context);
    if (isRefusal(one)) return one;
    return explained(one, { cause: cause ?? one.cause ?? OTHER, causeWords: text.trim() }, person, context);
  },
});

/** What an anomaly comes from, on every card that shows it and on those of the same station and time. In the caller's transaction. */
export async function explained(
  one: Alert,
  said: Partial<Pick<Alert, "cause" | "causeWords">>,
  person: Person,
  context: Context<Writer>,
): Promise<Card> {
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const saidOf = async (each: Alert) => {
    const changed = await store.alerts.change(each, { ...said, causeBy: person.id, causeAt: at });
    await store.alerts.record({
      ...{ episodeId: each.id, at, kind: "cause", personId: person.id },
      text: said.causeWords ?? said.cause ?? null,
    });
    await redrawAlert(changed, context);
    return changed;
  };
  const kin = await kinOf(one, store);
  const changed = await saidOf(one);
  for (const other of kin) if (other.cause === one.cause) await saidOf(other);
  const card = await alertCard(changed, person, context, { title: "已记录原因" });
  return { ...card, audit: { ...said } };
}
