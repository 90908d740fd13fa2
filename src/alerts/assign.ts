import { z } from "zod";
import { hourWords } from "../air/live.ts";
import { only } from "../chat/access.ts";
import { action } from "../chat/action.ts";
import { refuse } from "../chat/refusal.ts";
import { isAboutData } from "../domain/alerts/readings.ts";
import { place } from "../issues/attach.ts";
import { issueCard } from "../issues/card.ts";
import { giveOut } from "../issues/create.ts";
import { usualDue } from "../issues/terms.ts";
import type { Alert } from "../store/alerts.ts";
import type { AlertDetail } from "./courses.ts";
import { kinOf } from "./kin.ts";
import { redrawAlert } from "./tell.ts";
import { alertName, amountWords } from "./words.ts";

const who = only("交办异常", "office", "supervision");
/** How grave an order is by the class of what it is about. */
const LEVELS = ["一般", "一般", "较大", "重大"];
/** What ledgers call an order of this kind. */
const SOURCE = "实时预警";

/** 交办: an anomaly becomes an issue of its county in one tap, with place, time and figures. */
export const assignAlert = action({
  name: "alerts.assign",
  label: "交办",
  params: z.object({ alert: z.number() }),
  fields: z.object({}),
  async press({ params: { alert }, person }, context) {
    const { store, office, today, now } = context;
    const refusal = who.check({ person, args: {}, office, today });
    if (refusal !== null) return refusal;
    const one = await store.alerts.byId(alert);
    const station = one && (await store.air.station(one.stationId));
    if (one === null || station === null || isAboutData(one.rule))
      return refuse("stale-action", "这个异常不能交办。", ["异常"]);
    if (one.state === "withdrawn")
      return refuse("stale-action", "数据已更正，这个异常不成立，不用交办。", ["异常"]);
    if (one.issueId !== null) {
      const issue = await store.issues.byId(one.issueId);
      return refuse(
        "already-done",
        `这个异常已经交办：${issue?.no ?? ""}。`,
        issue ? [`问题 ${issue.no}`] : [],
      );
    }
    const level = LEVELS[one.peak] ?? "一般";
    const category =
      office.pack.settings.issues.categories.find(({ name }) => name === one.cause)?.name ?? null;
    const { issue } = await giveOut(
      {
        title: `${alertName(one, station.name)}，${hourWords(one.firstHour)}起`,
        source: SOURCE,
        level,
        category,
        regionId: office.heirOn(station.regionId, today).id,
        place: station.name,
        requirement: requirementOf(one),
        due: usualDue({ category, level }, office, today) ?? today.add({ days: 15 }),
      },
      person,
      context,
    );
    const at = now.epochMilliseconds;
    const kin = await kinOf(one, store);
    for (const photo of await store.alerts.photosOf([one, ...kin].map(({ id }) => id)))
      if (photo.issueId === null) await place(photo, issue, "before", person, context);
    for (const each of [one, ...kin.filter(({ issueId }) => issueId === null)]) {
      const changed = await store.alerts.change(each, { issueId: issue.id });
      await store.alerts.record({
        ...{ episodeId: each.id, at, kind: "assign", personId: person.id },
        text: issue.no,
      });
      await redrawAlert(changed, context);
    }
    return issueCard(issue, person, context, { title: `已交办：${issue.title}` });
  },
});

/** The figures that it rests on, and what is asked for. */
function requirementOf({
  item,
  value,
  peakValue,
  firstHour,
  lastHour,
  detail,
  cause,
  causeWords,
}: Alert): string {
  const { median } = JSON.parse(detail) as AlertDetail;
  const beside = median == null ? "" : `，周边站点中位数${amountWords(item, Math.round(median))}`;
  const why = cause === null ? "" : `初步原因：${cause}${causeWords === null ? "" : `（${causeWords}）`}。`;
  return `${hourWords(firstHour)}至${hourWords(lastHour)}，现值${amountWords(item, value)}，最高${amountWords(item, peakValue)}${beside}（未经审核）。${why}请立即排查站点周边污染源，查明原因并整改，反馈现场照片。`;
}
