import { z } from "zod";
import { hourWords, isoHour } from "../air/live.ts";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Button, Card, Tone } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { removedAmong } from "../chat/kept-paper.ts";
import { says } from "../chat/says.ts";
import { isAboutData } from "../domain/alerts/readings.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Alert } from "../store/alerts.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { AlertDetail } from "./courses.ts";
import { causeFiles, causePhotos } from "./photo-paper.ts";
import { alertName, amountWords, CHECK_WORDS, STATE_WORDS, subjectOfAlert } from "./words.ts";

const toLive = says("实况");
const toIssue = says("问题");
const toAlerts = says("异常");
const causeButton = buttonsOf("alerts.causes", z.object({}));
export const CAUSE_WORDS = z.object({ text: arg.longtext("情况说明", { maxLength: 300 }) });
export const causeWordsButton = buttonsOf("alerts.explain", CAUSE_WORDS);
const assignButton = buttonsOf("alerts.assign", z.object({}));

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** An anomaly as it stands, for somebody: what was measured beside what, and what they can do about it. */
export async function alertCard(
  one: Alert,
  person: Person,
  around: Around,
  { title }: { title?: string } = {},
): Promise<Card> {
  const { store, office, today } = around;
  const station = await store.air.station(one.stationId);
  const name = station?.name ?? one.stationId;
  const county = station === null ? office.city : office.heirOn(station.regionId, today);
  const photos = await causePhotos(one, store);
  const gone = removedAmong(photos, "张", office);
  const issue = one.issueId === null ? null : await store.issues.byId(one.issueId);
  const asks = one.state === "on" && one.cause === null && isNear(person);
  const buttons: Button[] = [];
  if (!isAboutData(one.rule)) {
    if (mayExplain(person)) {
      buttons.push(causeButton(one.cause === null ? "填原因" : "改原因", { alert: one.id }));
      if (one.cause !== null) buttons.push(causeWordsButton("补充说明", { alert: one.id }));
    }
    if (issue === null && one.state !== "withdrawn" && holdsRole(person, "office", "supervision"))
      buttons.push(assignButton("交办", { alert: one.id }, { style: "primary" }));
  }
  if (issue !== null) buttons.push(toIssue(`看 ${issue.no}`, issue.no));
  buttons.push(toLive(`${county.short}实况`, county.short));
  return {
    title: title ?? alertName(one, name),
    tone: toneOf(one),
    subject: subjectOfAlert(one.id),
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "站点", value: `${name}（${county.short}）` },
          { label: "时间", value: timeWords(one) },
          ...measured(one),
          { label: "状态", value: STATE_WORDS[one.state] ?? one.state },
          ...(one.cause === null
            ? []
            : [
                {
                  label: "原因",
                  value: one.causeWords === null ? one.cause : `${one.cause}：${one.causeWords}`,
                },
              ]),
          ...(gone === "" ? [] : [{ label: "照片", value: `${photos.length}张，${gone}` }]),
          ...(issue === null ? [] : [{ label: "交办", value: issue.no }]),
        ],
      },
      {
        kind: "note",
        text: isAboutData(one.rule)
          ? `存疑的数据不进任何统计，请${office.pack.settings.alerts.operator}核实设备`
          : `小时数据未经审核，仅供参考${asks ? "；原因也可以直接发现场照片，附一句说明" : ""}`,
      },
    ],
    buttons: [...buttons, toAlerts("异常清单")],
    files: causeFiles(photos),
    facts: alertFacts(one, name, county.short, issue?.no ?? null),
  };
}

/** Who is near enough to know what it comes from. */
const isNear = (person: Person): boolean =>
  holdsRole(person, "station-chief", "county-liaison", "county-lead");
export const mayExplain = (person: Person): boolean =>
  isNear(person) || holdsRole(person, "office", "supervision");

export function alertFacts(one: Alert, station: string, county: string, issue: string | null) {
  const { id, rule, item, state, rung, peak, value, peakValue, cause, causeWords } = one;
  return {
    ...{
      alert: id,
      station,
      county,
      rule,
      item,
      state,
      rung,
      peak,
      value,
      peakValue,
      cause,
      causeWords,
      issue,
    },
    ...{ from: isoHour(one.firstHour), to: isoHour(one.lastHour) },
  };
}

const toneOf = ({ state, rung }: Alert): Tone => (state !== "on" ? "good" : rung >= 2 ? "bad" : "notice");

/** 6月18日 09:00起，最新13:00. */
function timeWords({ firstHour, lastHour }: Alert): string {
  return firstHour === lastHour ? hourWords(firstHour) : `${hourWords(firstHour)}至${hourWords(lastHour)}`;
}

function measured({ rule, item, value, peakValue, detail }: Alert): { label: string; value: string }[] {
  const { median, neighbours, before, check } = JSON.parse(detail) as AlertDetail;
  if (rule === "missing")
    return [{ label: "缺测", value: `连续${value ?? 0}小时没有数据；一天缺4小时以上，当日无效` }];
  if (rule === "doubt")
    return [
      {
        label: "存疑",
        value: `${check === undefined ? "" : CHECK_WORDS[check]}，测得${amountWords(item, value)}`,
      },
    ];
  const peak = peakValue !== null && peakValue !== value ? `，最高${amountWords(item, peakValue)}` : "";
  return [
    { label: "浓度", value: `${amountWords(item, value)}${peak}` },
    ...(before == null ? [] : [{ label: "上升前", value: amountWords(item, before) }]),
    ...(neighbours === undefined
      ? []
      : [
          {
            label: "周边",
            value:
              median == null
                ? `有数据的站点只有${neighbours}个，没有比较`
                : `${neighbours}个站点中位数${amountWords(item, Math.round(median))}`,
          },
        ]),
  ];
}
