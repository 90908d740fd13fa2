import { hourWords } from "../air/live.ts";
import { scopeOf } from "../chat/access.ts";
import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { hoursOfDay } from "../domain/air/hour-number.ts";
import { ALERT_RULES, POLLUTION_RULES } from "../domain/alerts/readings.ts";
import type { Period } from "../domain/period.ts";
import type { Place } from "../office/office.ts";
import type { Alert } from "../store/alerts.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { alertFacts } from "./card.ts";
import { causeCounts, causeWords } from "./causes.ts";
import { alertName, amountWords, STATE_WORDS } from "./words.ts";

const toAlert = says("异常");
const SHOWN = 15;

/** 异常: what goes on, what began in a period, and what it came from as far as anybody has said. */
export async function alertList(
  period: Period,
  county: Place | undefined,
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Card> {
  const own = scopeOf(person, office, today);
  const stations = new Map((await store.air.stations()).map((station) => [station.id, station]));
  const named = county === undefined ? null : office.lineage(office.heirOf(county, today).id);
  // The office alone hears of doubted data, and has it looked at.
  const rules = own === null ? ALERT_RULES : POLLUTION_RULES;
  const isShown = (one: Alert) => {
    const region = stations.get(one.stationId)?.regionId;
    return (
      region !== undefined &&
      (rules as readonly string[]).includes(one.rule) &&
      (own === null || own.includes(region)) &&
      (named === null || named.includes(office.heirOn(region, today).id))
    );
  };
  const running = (await store.alerts.running()).filter(isShown);
  const [{ first }, { last }] = [hoursOfDay(period.from.toString()), hoursOfDay(period.to.toString())];
  const ids = new Set(running.map(({ id }) => id));
  const begun = (await store.alerts.begun(first, last, rules)).filter(isShown);
  const past = begun.filter(({ id }) => !ids.has(id));
  const causes = causeCounts(begun);
  const nameOf = (one: Alert) => stations.get(one.stationId)?.name ?? one.stationId;
  const table = (rows: readonly Alert[]): Block => ({
    kind: "table",
    columns: [
      { title: "编号" },
      { title: "异常" },
      { title: "起" },
      { title: "最高", align: "end" },
      { title: "状态" },
      { title: "原因" },
    ],
    rows: rows
      .slice(0, SHOWN)
      .map((one) => [
        String(one.id),
        alertName(one, nameOf(one)),
        hourWords(one.firstHour),
        one.rule === "missing" ? `${one.value ?? 0}小时` : amountWords(one.item, one.peakValue),
        STATE_WORDS[one.state] ?? one.state,
        one.cause ?? "—",
      ]),
    opens: rows.slice(0, SHOWN).map(({ id }) => toAlert("", String(id)).say),
  });
  const more = (rows: readonly Alert[]): Block[] =>
    rows.length > SHOWN ? [{ kind: "note", text: `列出前${SHOWN}件，共${rows.length}件` }] : [];
  const scope = county === undefined ? "" : `${county.short} `;
  return {
    title: `异常情况：${scope}${running.length}件持续中`,
    ...(running.length > 0 ? { tone: "notice" as const } : {}),
    blocks: [
      ...(running.length === 0
        ? [{ kind: "text" as const, text: "现在没有持续的异常。" }]
        : [table(running), ...more(running)]),
      { kind: "text", text: `${period.label}开始的共${begun.length}件${causeWords(causes)}。` },
      ...(past.length === 0 ? [] : [table(past), ...more(past)]),
    ],
    buttons: [toAlert("上周", "上周")],
    facts: {
      running: running.map((one) => factsOf(one)),
      period: `${period.from}..${period.to}`,
      begun: begun.length,
      past: past.map((one) => factsOf(one)),
      causes: Object.fromEntries(causes),
    },
  };

  function factsOf(one: Alert) {
    const region = stations.get(one.stationId)?.regionId;
    return alertFacts(one, nameOf(one), region === undefined ? "" : office.heirOn(region, today).short, null);
  }
}
