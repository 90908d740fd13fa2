import { z } from "zod";
import { roleNames, scopeName } from "../chat/access.ts";
import { buttonsOf } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { shortTime } from "../chat/wording.ts";
import type { PersonId } from "../domain/ids.ts";
import { holdsRole, judgesFor } from "../domain/posts.ts";
import type { Role } from "../domain/roles.ts";
import { codeMakersOf } from "../office/code-makers.ts";
import type { Invitation, Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";

/** Roles that nobody gives alone: who holds one decides over what the office does. */
const WEIGHTY: readonly Role[] = ["office", "city-lead"];

const agree = buttonsOf("grants.agree", z.object({}));
const disagree = buttonsOf("grants.refuse", z.object({}));

/**
 * Whether a second member of the office has to agree before somebody gets a role: from the office's second member on. A
 * sole member gives the city's lead alone; the second member of the office comes in by the code that the start prints.
 */
export async function needsSecondPerson(
  role: Role,
  { store, demo }: Pick<Context<Reader>, "store" | "demo">,
): Promise<boolean | Refusal> {
  if (!WEIGHTY.includes(role)) return false;
  const own = (await store.people.withRoles(["office"])).filter(({ behalf }) => behalf === undefined);
  if (own.length > 1) return true;
  // In a demonstration nothing is printed, and whoever looks is whom they choose.
  if (role !== "office" || demo) return false;
  return refuse(
    "conflict",
    "市办现在只有您一人，第二位成员不能由您一人邀请：请系统维护人员重启机器人，启动时会打印市办第二位成员的邀请码。",
  );
}

/** An invitation that a second member of the office is asked to agree to, and who asks. */
export type Grant = Pick<Invitation, "id" | "name" | "role" | "regionId" | "departmentId"> & {
  by: PersonId | null;
};

/** Asks every other member of the office, in the caller's transaction. */
export async function askSecondPerson(grant: Grant, context: Context<Writer>): Promise<void> {
  const { store, now } = context;
  const asking = grant.by === null ? null : await store.people.byId(grant.by);
  for (const one of await store.people.withRoles(["office"])) {
    if (grant.by !== null && !judgesFor(one, grant.by, "office")) continue;
    const card = grantCard(grant, asking, context);
    const key = `grant/${grant.id}/${one.id}`;
    await store.outbox.queue(
      { key, to: { personId: one.id }, class: "must-arrive", uncounted: "signature", card },
      now.epochMilliseconds,
    );
  }
}

/** Why somebody is no second person for what another member of the office has asked for, or null: of the office, and neither who asks, nor who stands in for them, nor from an account of their making. */
export async function notSecond(
  person: Person,
  by: PersonId | null,
  context: Pick<Context<Reader>, "store" | "now" | "identity">,
): Promise<Refusal | null> {
  if (!holdsRole(person, "office")) return refuse("forbidden", "这件事须由市办另一位成员确认。");
  if (by === null) return null;
  if (!judgesFor(person, by, "office"))
    return refuse("forbidden", "这是您自己或您代理的人提出的，须由市办另一位成员确认。");
  if ((await codeMakersOf(person, context.identity, context)).includes(by))
    return refuse("forbidden", "您的账号是由提出的人一人开通的，不能由您确认，请市办其他成员确认。");
  return null;
}

/** 待确认授权: what is to be given to whom by whom, with 同意 and 不同意. */
export function grantCard(
  grant: Grant,
  asking: Pick<Person, "name"> | null,
  { office, today, now }: Pick<Context<Reader>, "office" | "today" | "now">,
): Card {
  const params = { invitation: grant.id };
  return {
    title: `请确认授权：${grant.name}（${roleNames[grant.role]}）`,
    tone: "notice",
    subject: `grant:${grant.id}`,
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "姓名", value: grant.name },
          { label: "角色", value: roleNames[grant.role] },
          { label: "范围", value: scopeName(grant, office, today) },
          { label: "提出人", value: asking?.name ?? "系统" },
          { label: "时间", value: shortTime(office.local(now)) },
        ],
      },
      {
        kind: "text",
        text: "市办、市领导的身份须两人授予。请先向提出人和本人核实，再按“同意”；没有同意以前不生效。",
      },
    ],
    buttons: [agree("同意", params, { style: "primary" }), disagree("不同意", params, { style: "danger" })],
    facts: { grant: { id: grant.id, name: grant.name, role: grant.role } },
  };
}
