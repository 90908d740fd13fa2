import { z } from "zod";
import { scopeOf } from "../chat/access.ts";
import { action, buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { isAboutData } from "../domain/alerts/readings.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Alert } from "../store/alerts.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { alertCard, mayExplain } from "./card.ts";
import { kinOf } from "./kin.ts";
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

/** The anomaly of a number as somebody may see it. */
export async function alertSeen(
  id: number,
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Alert | Refusal> {
  const one = await store.alerts.byId(id);
  if (one === null) return refuse("no-data", `没有第${id}号异常。发送“异常”看清单。`, ["异常"]);
  const own = scopeOf(person, office, today);
  const station = (await store.air.stations()).find((each) => each.id === one.stationId);
  const isOwn = own === null || (station !== undefined && own.includes(station.regionId));
  // Of doubted data the office hears, and whoever keeps the station running by it.
  return isOwn && (own === null || !isAboutData(one.rule))
    ? one
    : refuse("forbidden", `第${id}号异常不在您的权限范围内。`, ["异常"]);
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
      blocks: [{ kind: "text", text: "点一个最接近的；要补充的，选好后再写。" }],
      buttons: causes.map((cause) => causeButton(cause, { alert, cause })),
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
  params: about,
  fields: z.object({ text: arg.longtext("情况说明", { maxLength: 300 }) }),
  async press({ params: { alert }, fields: { text }, person }, context) {
    const one = await explaining(alert, person, context);
    if (isRefusal(one)) return one;
    return explained(one, { cause: one.cause ?? OTHER, causeWords: text.trim() }, person, context);
  },
});

async function explained(
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
