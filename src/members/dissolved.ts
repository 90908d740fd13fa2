import { z } from "zod";
import { barred, roleNames } from "../chat/access.ts";
import { action, buttonsOf } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { longDate } from "../chat/wording.ts";
import { holdsRole } from "../domain/posts.ts";
import { FOR_SIGNATURE } from "../issues/weight.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { changePost } from "./change-post.ts";
import { passChecks } from "./pass-checks.ts";

const toLeave = says("离任");
const joinButton = buttonsOf("person.join", z.object({}));

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** Members whose region is no more and of whom nobody has said where they belong. */
async function unplacedOf({ store, office, today }: Around): Promise<Person[]> {
  return (await store.people.all()).filter(
    ({ regionId }) => regionId !== null && office.dissolvedOn(regionId, today),
  );
}

/**
 * Asks the office, once for each region that is no more, what becomes of its people, and passes on the spot checks that waited
 * for them. In the caller's transaction.
 */
export async function askAboutDissolved(context: Context<Writer>): Promise<void> {
  const { store, now } = context;
  const people = await unplacedOf(context);
  // Nobody can go there meanwhile.
  for (const person of people) if (barred(person, context) !== null) await passChecks(person, null, context);
  for (const [regionId] of Map.groupBy(people, (person) => person.regionId ?? ""))
    for (const { id } of await store.people.withRoles(["office"])) {
      const card = dissolvedCard(regionId, people, context);
      await store.outbox.queue(
        { key: `dissolved/${regionId}/${id}`, to: { personId: id }, ...FOR_SIGNATURE, card },
        now.epochMilliseconds,
      );
    }
}

/** Each person of a region that is no more, with what can become of them. */
function dissolvedCard(
  regionId: string,
  people: readonly Person[],
  { office, today }: Pick<Around, "office" | "today">,
): Card {
  const region = office.region(regionId);
  const heir = office.heirOn(regionId, today);
  const own = people.filter((person) => person.regionId === regionId);
  const since = region.to === undefined ? today : Temporal.PlainDate.from(region.to).add({ days: 1 });
  return {
    title: `${region.short}已并入${heir.short}：请确认${own.length}人的去向`,
    tone: "notice",
    subject: `dissolved:${regionId}`,
    blocks: [
      {
        kind: "text",
        text: `${region.name}自${longDate(since)}起并入${heir.name}。确认以前，他们不再收到通知，也不能办理；${heir.short}的人员照常。`,
      },
      own.length === 0
        ? { kind: "text", text: "都已确认。", tone: "good" }
        : {
            kind: "table",
            columns: [{ title: "姓名" }, { title: "职务" }],
            rows: own.map((person) => [person.name, roleNames[person.role]]),
          },
    ],
    buttons: own.flatMap((person) => [
      joinButton(`并入${heir.short} ${person.name}`, { person: person.id }),
      toLeave(`离任 ${person.name}`, person.name),
    ]),
    facts: { region: region.short, heir: heir.short, people: own.map(({ name }) => name) },
  };
}

/** Draws the question anew wherever it stands, without those of whom it has been said. In the caller's transaction. */
export async function redrawDissolved(person: Person, context: Context<Writer>): Promise<void> {
  const { regionId } = person;
  if (regionId === null || !context.office.dissolvedOn(regionId, context.today)) return;
  const card = dissolvedCard(regionId, await unplacedOf(context), context);
  for (const { id, personId } of await context.store.outbox.showing(`dissolved:${regionId}`))
    if (personId !== null && (await context.store.people.byId(personId))?.active)
      await context.store.outbox.queueEdit(
        { messageId: id, personId, card, version: `${person.id}` },
        context.now.epochMilliseconds,
      );
}

/** 并入：somebody of a region that is no more goes on in the same role in the one that it has become part of. */
export const join = action({
  name: "person.join",
  label: "并入",
  params: z.object({ person: z.int() }),
  fields: z.object({}),
  async press({ params, person: by }, context): Promise<Card | Refusal> {
    if (!holdsRole(by, "office")) return refuse("forbidden", "人员去向须由市办确认。");
    const { store, office, today } = context;
    const person = await store.people.byId(params.person);
    if (!person?.active) return refuse("already-done", "该成员已离任，不用再确认。", ["人员"]);
    if (person.regionId === null || !office.dissolvedOn(person.regionId, today))
      return refuse("already-done", `${person.name}的去向已经确认，不用重复办理。`, [
        `人员 “${person.name}”`,
      ]);
    const mandate = {
      role: person.role,
      regionId: office.heirOn(person.regionId, today).id,
      departmentId: null,
    };
    const done = await changePost({ person, mandate, main: true, from: today, by }, context);
    if (!isRefusal(done)) await redrawDissolved(person, context);
    return done;
  },
});
