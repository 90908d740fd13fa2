import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { longDate } from "../chat/wording.ts";
import { isSamePost, type Mandate } from "../domain/posts.ts";
import { isOutsider } from "../domain/roles.ts";
import type { Person } from "../store/people.ts";
import type { PostRow } from "../store/posts.ts";
import type { Writer } from "../store/store.ts";
import { handoverCard, mandateWords, passOn } from "./handover.ts";
import { DECIDING } from "./joined.ts";
import { lastOfOffice } from "./last-of-office.ts";
import { bareName, callApart } from "./names-apart.ts";
import { whatWaits } from "./waiting.ts";

export type PostChange = {
  person: Person;
  mandate: Mandate;
  /** Takes the place of the main post; otherwise it is held beside it. */
  main: boolean;
  from: Temporal.PlainDate;
  to?: Temporal.PlainDate | undefined;
  by: Person;
};

/** 调岗, 兼任: another post from a day on, today or later. In the caller's transaction. */
export async function changePost(change: PostChange, context: Context<Writer>): Promise<Card | Refusal> {
  const { person, mandate, main, from, to, by } = change;
  const { store, now, today } = context;
  const refusal = (await faultOf(change, context)) ?? null;
  if (refusal !== null) return refusal;
  const words = mandateWords(mandate, context);
  const row = await store.posts.plan({
    ...mandate,
    personId: person.id,
    main,
    from: from.toString(),
    to: to?.toString() ?? null,
    createdBy: by.id,
    createdAt: now.epochMilliseconds,
  });
  const says = main ? `调任${words}` : `兼任${words}`;
  const audit = {
    person: { id: person.id, name: person.name },
    before: { role: person.role, regionId: person.regionId, departmentId: person.departmentId },
    after: mandate,
    main,
    from: row.from,
    to: row.to,
  };
  const subject = `person:${person.id}`;
  if (from.equals(today)) {
    const done = await beginPost(row, context, by);
    return isRefusal(done) ? done : { ...done, subject, audit };
  }
  const until = to === undefined ? "" : `至${longDate(to)}`;
  return {
    title: `已安排：${person.name}${longDate(from)}起${says}`,
    tone: "good",
    subject,
    audit,
    blocks: [
      {
        kind: "text",
        text: `${longDate(from)}起${until}生效，此前仍按原职务办理。${main ? "到时原职务的待办自动交接并列单。" : ""}`,
      },
    ],
    facts: audit,
  };
}

async function faultOf(
  { person, mandate, main, from, to }: PostChange,
  context: Context<Writer>,
): Promise<Refusal | null> {
  const { store, today } = context;
  if (Temporal.PlainDate.compare(from, today) < 0)
    return refuse("bad-date", "生效日期已经过去，请写今天或以后的日期。");
  if (to !== undefined && Temporal.PlainDate.compare(to, from) < 0)
    return refuse("bad-date", "结束日期早于开始日期，请核对。");
  if (isOutsider(person) || isOutsider(mandate))
    return refuse("forbidden", "企业联系人不能调岗或兼任，请在企业的卡片上邀请新的联系人。", ["企业"]);
  if (DECIDING.includes(mandate.role) && mandate.role !== person.role)
    return refuse(
      "forbidden",
      "市办、督查、市领导的职务不能用调岗或兼任授予，请办理离任后用“邀请”按规定授予。",
    );
  const held = [person, ...(person.beside ?? [])].filter(({ behalf }) => behalf === undefined);
  const words = mandateWords(mandate, context);
  if (main ? isSamePost(person, mandate) : held.some((one) => isSamePost(one, mandate)))
    return refuse("already-done", `${person.name}已是${words}，不用重复办理。`);
  const planned = (await store.posts.of(person.id)).filter(({ state }) => state === "planned");
  if (planned.some((row) => isSamePost(row, mandate) || (main && row.main)))
    return refuse(
      "conflict",
      `${person.name}已有安排好的职务变动（${planned.map((row) => `${row.from}起${mandateWords(row, context)}`).join("、")}），请先发送“取消变动 ${person.name}”。`,
      [`取消变动 ${person.name}`],
    );
  return main ? lastOfOffice(person, context, mandate) : null;
}

/** A planned post begins: what waited in the main one passes on, and is listed. In the caller's transaction. */
export async function beginPost(
  row: PostRow,
  context: Context<Writer>,
  by: Person | null = null,
): Promise<Card | Refusal> {
  const { store, now, today } = context;
  const person = await store.people.byId(row.personId);
  if (!person?.active) {
    await store.posts.end([row.id], today.toString());
    return refuse("already-done", "该成员已离任。");
  }
  const mandate = { role: row.role, regionId: row.regionId, departmentId: row.departmentId };
  const at = now.epochMilliseconds;
  if (!row.main) {
    await store.posts.begin(row.id);
    const title = `${person.name}已兼任${mandateWords(mandate, context)}`;
    await tellSelf(person, title, row, context, by);
    return {
      title,
      tone: "good",
      blocks: [{ kind: "text", text: "两个职务的待办都会列在“今日”。" }],
      facts: { person: person.name, after: mandate },
    };
  }
  const fault = await lastOfOffice(person, context, mandate);
  if (fault !== null) {
    await store.posts.end([row.id], today.toString());
    return fault;
  }
  const was = { role: person.role, regionId: person.regionId, departmentId: person.departmentId };
  const waiting = await whatWaits(person, context);
  const before = (await store.posts.of(person.id)).filter((one) => one.main && one.state === "ended");
  const since = before.at(-1)?.to ?? null;
  const first =
    since === null
      ? context.office.today(Temporal.Instant.fromEpochMilliseconds(person.createdAt)).toString()
      : Temporal.PlainDate.from(since).add({ days: 1 }).toString();
  const last = Temporal.PlainDate.from(row.from).subtract({ days: 1 }).toString();
  await store.posts.keepPast({
    ...was,
    personId: person.id,
    main: true,
    from: [first, last].toSorted()[0] ?? last,
    to: last,
    createdBy: row.createdBy,
    createdAt: at,
  });
  await store.people.setMain(person.id, mandate);
  // The new main post is no longer one beside it, and stands in the person's own row from now on.
  const rows = (await store.posts.of(person.id)).filter(
    (one) => one.id === row.id || (!one.main && one.state === "holding" && isSamePost(one, mandate)),
  );
  await store.posts.absorb(rows.map(({ id }) => id));
  await callApart(bareName(person.name), context);
  const moved = (await store.people.byId(person.id)) ?? person;
  // What they may still see to in their new post doesn't pass on.
  const stays = new Set((await whatWaits(moved, context)).map(({ kind, no }) => `${kind}/${no}`));
  const passing = waiting.filter(({ kind, no }) => kind !== "check" && !stays.has(`${kind}/${no}`));
  const handover = await passOn({ person: moved, kind: "moved", waiting: passing, heir: null, by }, context);
  const title = `${moved.name}已调任${mandateWords(mandate, context)}`;
  const card = await handoverCard(handover, context, title);
  await tellSelf(moved, title, row, context, by, card);
  return card;
}

async function tellSelf(
  person: Person,
  title: string,
  row: PostRow,
  { store, now }: Context<Writer>,
  by: Person | null,
  card: Card = {
    title,
    blocks: [{ kind: "text", text: "从今天起按新的职务办理，发送“今日”看等您办的事。" }],
  },
): Promise<void> {
  if (person.id === by?.id) return;
  await store.outbox.queue(
    { key: `post/${row.id}/${person.id}`, to: { personId: person.id }, class: "must-arrive", card },
    now.epochMilliseconds,
  );
}
