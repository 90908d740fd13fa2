import { scopeOf } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { shortDate } from "../chat/wording.ts";
import { inEachPost } from "../domain/posts.ts";
import { isOutsider } from "../domain/roles.ts";
import type { Person } from "../store/people.ts";
import type { StandIn } from "../store/stand-ins.ts";
import type { Writer } from "../store/store.ts";
import { handoverCard, passOn } from "./handover.ts";
import { DECIDING } from "./joined.ts";
import { whatWaits } from "./waiting.ts";

export type Absence = {
  person: Person;
  standIn: Person;
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
  by: Person;
};

/** 请假: somebody acts for another from a day to a day. In the caller's transaction. */
export async function goAway(absence: Absence, context: Context<Writer>): Promise<Card | Refusal> {
  const { person, standIn, from, to, by } = absence;
  const { store, now, today } = context;
  const fault = await absenceFault(absence, context);
  if (fault !== null) return fault;
  const row = await store.standIns.plan({
    personId: person.id,
    byId: standIn.id,
    from: from.toString(),
    to: to.toString(),
    createdBy: by.id,
    createdAt: now.epochMilliseconds,
  });
  const span = `${shortDate(from)}至${shortDate(to)}`;
  if (from.equals(today)) await beginStandIn(row, context);
  else
    await tellStandIn(
      standIn,
      {
        title: `${person.name}${span}请假，由您代理`,
        blocks: [{ kind: "text", text: "到时会收到同样的通知，可以代为办理；记录写明是您代办。" }],
      },
      `stand-in/${row.id}/planned`,
      context,
    );
  return {
    title: `已登记：${person.name}${span}请假，由${standIn.name}代理`,
    tone: "good",
    subject: `person:${person.id}`,
    audit: {
      person: { id: person.id, name: person.name },
      standIn: { id: standIn.id, name: standIn.name },
      from: row.from,
      to: row.to,
    },
    blocks: [
      {
        kind: "text",
        text: `期间${standIn.name}收到与${person.name}相同的通知，可代为办理，记录写“${standIn.name}代${person.name}”；任一人经办过的，另一人不能代为复核。提前回来请发送“销假”。`,
      },
    ],
    facts: { person: person.name, standIn: standIn.name, from: row.from, to: row.to },
  };
}

/** Why it can't be, or null: each of the two has to be there and free, and nobody stands in for a stand-in. */
async function absenceFault(
  { person, standIn, from, to, by }: Absence,
  { store, office, today }: Context<Writer>,
): Promise<Refusal | null> {
  if (Temporal.PlainDate.compare(from, today) < 0)
    return refuse("bad-date", "请假开始的日期已经过去，请写今天或以后的日期。");
  if (Temporal.PlainDate.compare(to, from) < 0)
    return refuse("bad-date", "请假结束的日期早于开始的日期，请核对。");
  if (from.until(to).days > MOST_DAYS)
    return refuse("bad-date", `一次请假最多${MOST_DAYS}天。长期不在岗请由市办办理调岗或离任。`);
  if (standIn.id === person.id) return refuse("conflict", "代理人不能是本人，请写另一位成员。");
  const overlaps = (row: StandIn) => row.from <= to.toString() && row.to >= from.toString();
  const own = (await store.standIns.openOf(person.id)).filter(overlaps);
  const theirs = (await store.standIns.openOf(standIn.id)).filter(overlaps);
  if (own.some((row) => row.personId === person.id))
    return refuse("conflict", `${person.name}这段时间已登记请假。要改请先发送“销假”，再重新登记。`, ["销假"]);
  if ([person, standIn].some(isOutsider))
    return refuse("forbidden", "企业联系人不设代理。换人请市办或县（市、区）在企业的卡片上另邀联系人。");
  if (own.some((row) => row.byId === person.id))
    return refuse(
      "conflict",
      `${person.name}这段时间正代理他人，不能再由别人代理。请先请被代理人销假或另选代理人。`,
    );
  if (theirs.some((row) => row.personId === standIn.id))
    return refuse("conflict", `${standIn.name}这段时间也请假，不能代理，请另选一人。`);
  const deciding = inEachPost({ ...person, beside: [] }).some(({ role }) => DECIDING.includes(role));
  if (deciding && by.id !== person.id)
    return refuse("forbidden", `${person.name}的代理须由本人发送“请假”指定，他人不能代为指定。`);
  if (deciding && !DECIDING.includes(standIn.role))
    return refuse("forbidden", "市办、督查、市领导须由市办、督查或市领导中的另一人代理。");
  if (deciding || by.role === "office") return null;
  const scope = scopeOf({ ...person, beside: [] }, office, today);
  const same =
    person.departmentId === null
      ? standIn.regionId !== null && (scope ?? []).includes(standIn.regionId)
      : standIn.departmentId === person.departmentId;
  return same
    ? null
    : refuse("forbidden", `${standIn.name}与${person.name}不在同一单位。跨单位代理须由市办登记。`);
}

const MOST_DAYS = 180;

/** It begins: who stands in hears what waits. In the caller's transaction. */
export async function beginStandIn(row: StandIn, context: Context<Writer>): Promise<void> {
  const { store } = context;
  const person = await store.people.byId(row.personId);
  const standIn = await store.people.byId(row.byId);
  if (!person?.active || !standIn?.active) {
    await store.standIns.end([row.id], context.now.epochMilliseconds);
    return;
  }
  const waiting = await whatWaits(person, context);
  await store.standIns.begin(row.id);
  const handover = await passOn({ person, kind: "away", waiting, heir: standIn, by: standIn }, context);
  const until = shortDate(row.to);
  await tellStandIn(
    standIn,
    await handoverCard(handover, context, `今天起由您代理${person.name}，至${until}`),
    `stand-in/${row.id}/begins`,
    context,
  );
}

/** 销假, or its last day has passed. In the caller's transaction. */
export async function endStandIn(row: StandIn, why: string, context: Context<Writer>): Promise<void> {
  const { store, now } = context;
  await store.standIns.end([row.id], now.epochMilliseconds);
  const person = await store.people.byId(row.personId);
  const standIn = await store.people.byId(row.byId);
  for (const one of [person, standIn]) {
    const other = one === person ? standIn : person;
    if (!one?.active) continue;
    const title =
      one === person ? `${other?.name ?? ""}不再代理您：${why}` : `您不再代理${other?.name ?? ""}：${why}`;
    const card = { title, blocks: [{ kind: "text" as const, text: "发送“今日”看等您办的事。" }] };
    await tellStandIn(one, card, `stand-in/${row.id}/ended`, context);
  }
}

/** All relations of somebody who leaves; the office hears where whoever is away has nobody any more. */
export async function endStandIns(person: Person, why: string, context: Context<Writer>): Promise<void> {
  const { store } = context;
  for (const row of await store.standIns.openOf(person.id)) {
    await endStandIn(row, why, context);
    if (row.byId !== person.id) continue;
    const absent = await store.people.byId(row.personId);
    if (!absent?.active) continue;
    for (const one of await store.people.withRoles(["office"]))
      await tellStandIn(
        one,
        {
          title: `${absent.name}请假期间没有代理人了：${why}`,
          tone: "notice",
          blocks: [
            { kind: "text", text: `请另行登记：请假 ${absent.name} 今天到${shortDate(row.to)} 由×××代理` },
          ],
        },
        `stand-in/${row.id}/without`,
        context,
      );
  }
}

async function tellStandIn(
  { id }: Person,
  card: Card,
  key: string,
  { store, now }: Context<Writer>,
): Promise<void> {
  await store.outbox.queue(
    { key: `${key}/${id}`, to: { personId: id }, class: "must-arrive", card },
    now.epochMilliseconds,
  );
}
