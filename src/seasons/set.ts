import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { yearHint } from "../chat/wording.ts";
import { daysIn, type Period } from "../domain/period.ts";
import type { GuaranteeTarget } from "../domain/plan/pack-guarantees.ts";
import { type Guarantee, withTarget } from "../domain/seasons/guarantee.ts";
import type { Place } from "../office/office.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { guaranteeCard } from "./card.ts";
import { guaranteesIn } from "./guarantees.ts";

/** What the office says of an event or a season; what it leaves out stays as it was. */
export type SaidGuarantee = {
  name: string;
  period?: Period | undefined;
  county?: Place | undefined;
  pm25?: string | undefined;
  rate?: string | undefined;
  measures?: string | undefined;
};

const LONGEST_DAYS = 366;

/** 设定保障: makes one, or changes one that has not ended, in the caller's transaction. */
export async function setGuarantee(
  said: SaidGuarantee,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, today, now } = context;
  const all = await guaranteesIn(context);
  const name = said.name.trim();
  const before = all.find((one) => one.name === name) ?? null;
  const fault = faultIn(said, before, today);
  if (fault !== null) return fault;
  const region = said.county === undefined ? undefined : office.heirOf(said.county, today).id;
  const aim = (metric: GuaranteeTarget["metric"], value: string | undefined): GuaranteeTarget[] =>
    value === undefined ? [] : [{ metric, value, ...(region === undefined ? {} : { region }) }];
  const targets = [...aim("pm25-mean", said.pm25), ...aim("attainment-rate", said.rate)].reduce(withTarget, [
    ...(before?.targets ?? []),
  ]);
  const from = said.period?.from.toString() ?? before?.from ?? "";
  const to = said.period?.to.toString() ?? before?.to ?? "";
  const measures = said.measures?.trim() || (before?.measures ?? null);
  const packId = before?.packId ?? packIdNamed(name, context);
  await retire(before, "改为新的设定", person, context);
  const row = { packId, name, from, to, targets: JSON.stringify(targets), measures };
  const id = await store.guarantees.add({ ...row, createdAt: now.epochMilliseconds, createdBy: person.id });
  const key = packId ?? `own-${id}`;
  const set = (await guaranteesIn(context)).find((one) => one.key === key);
  if (set === undefined) throw new Error(`guarantee ${id} is missing within its own transaction`);
  const title = `${before === null ? "已设定" : "已修改"}保障：${name}`;
  const card = await guaranteeCard(set, [office.city], person, context, title);
  return { ...card, tone: "good", audit: { name, from, to, targets, measures } };
}

/** Cancels the row that says how one is, if there is one; the pack's own needs a row that takes its place. */
export async function retire(
  guarantee: Guarantee | null,
  why: string,
  by: Person,
  { store, now }: Pick<Context<Writer>, "store" | "now">,
): Promise<void> {
  if (guarantee === null) return;
  const rows = await store.guarantees.all();
  const row = rows.findLast(
    ({ id, packId, cancelledAt }) => cancelledAt === null && (packId ?? `own-${id}`) === guarantee.key,
  );
  if (row !== undefined) await store.guarantees.cancel(row.id, { at: now.epochMilliseconds, by: by.id, why });
}

/** 进博会 that was cancelled and is set again is the pack's. */
const packIdNamed = (name: string, { office }: Pick<Context<Writer>, "office">): string | null =>
  office.pack.settings.guarantees.find((one) => one.name === name)?.id ?? null;

function faultIn(
  { name, period, pm25, rate, county, measures }: SaidGuarantee,
  before: Guarantee | null,
  today: Temporal.PlainDate,
): Refusal | null {
  const day = today.toString();
  if (before === null && period === undefined)
    return refuse("bad-period", `没有名为“${name.trim().slice(0, 20)}”的保障，新增请写起止日期。`, ["保障"]);
  if (before !== null && before.to < day)
    return refuse("conflict", `${before.name}已于${before.to}结束，不能再改；另一年的请用另一个名称。`);
  if (period !== undefined && period.to.toString() < day)
    return refuse("bad-period", `结束日期已经过去，请写今天以后的日期；${yearHint(period.from, 1)}。`);
  if (period !== undefined && daysIn(period) > LONGEST_DAYS)
    return refuse("bad-period", `最多${LONGEST_DAYS}天，请分开设定。`);
  const isNumber = (text: string) => /^\d{1,3}(\.\d)?$/.test(text);
  if (pm25 !== undefined && (!isNumber(pm25) || Number(pm25) < 1 || Number(pm25) > 500))
    return refuse("bad-number", "PM2.5目标应在1至500微克/立方米之间，最多一位小数。");
  if (rate !== undefined && (!isNumber(rate) || Number(rate) > 100))
    return refuse("bad-number", "优良率目标应在0至100之间，最多一位小数。");
  if (county !== undefined && pm25 === undefined && rate === undefined)
    return refuse("usage", `请写${county.short}的目标，例如“PM2.5 60 优良率 90”。`);
  const says = [period, pm25, rate, measures].some((one) => one !== undefined);
  if (!says) return refuse("usage", "请写要改的日期、目标（PM2.5 60 优良率 90）或措施。", ["保障"]);
  return null;
}
