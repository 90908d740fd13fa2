import { z } from "zod";
import { anyone, scopeOf } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Button, Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import type { Office } from "../src/chat/office.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { shortDate, shortTime } from "../src/chat/wording.ts";
import {
  isOverdue,
  judge,
  type Relation,
  STEPS,
  type Step,
  stateNames,
  stepsFor,
} from "../src/domain/issues/machine.ts";
import type { Issue, IssueEvent } from "../src/store/issues.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader, Writer } from "../src/store/store.ts";

/** 问题 NT-2020-000001：one issue with its history and what this person can do about it. */
export default command({
  name: "issue",
  words: ["问题"],
  help: { does: "看一件问题的情况和经过", example: "问题 NT-2020-000001" },
  who: anyone,
  args: z.object({ no: arg.issue() }),

  async answer({ args: { no }, person }, context) {
    const issue = await context.store.issues.byNo(no);
    if (issue === null || issue.assignedAt > context.now.epochMilliseconds) {
      return refuse("unknown-issue", `没有编号为${no}的问题。发送“问题”看清单。`, ["问题"]);
    }
    if (relationTo(issue, person, context.office, context.today) === "stranger") {
      return refuse("forbidden", `问题${no}不在您的权限范围内。`);
    }
    return issueCard(issue, person, context);
  },
});

const params = z.object({ issue: z.int(), version: z.int() });

/** 签收：the responsible unit takes the issue on. */
export const acknowledge = action({
  name: "issue.acknowledge",
  label: "签收",
  params,
  fields: z.object({}),
  press: ({ params, person }, context) => take("acknowledge", params, person, context),
});

/** 提交整改：the responsible unit reports what it has done. */
export const submit = action({
  name: "issue.submit",
  label: "提交整改",
  params,
  fields: z.object({
    measures: arg.longtext("整改措施和完成情况", { hint: "做了什么、谁负责、何时完成", maxLength: 1000 }),
  }),
  press: ({ params, fields, person }, context) => take("submit", params, person, context, fields.measures),
});

/** How a person stands to an issue, from its place and department and the person's role and scope. */
export function relationTo(
  issue: Issue,
  person: Person,
  office: Office,
  today: Temporal.PlainDate,
): Relation {
  if (person.role === "office" || person.role === "supervision") return "assigning";
  if (person.role === "city-lead") return "watching";
  if (person.role === "department-liaison")
    return person.departmentId === issue.departmentId ? "responsible" : "stranger";
  if (!(scopeOf(person, office, today) ?? []).includes(issue.regionId)) return "stranger";
  return person.role === "station-chief" ? "watching" : "responsible";
}

/** An issue as one person sees it. `title` replaces the plain title in notices. */
export async function issueCard(
  issue: Issue,
  person: Person,
  context: Context<Reader>,
  title?: string,
): Promise<Card> {
  const { store, office, today } = context;
  const history = await store.issues.history(issue.id);
  const facts = issueFacts(issue, history, context);
  const relation = relationTo(issue, person, office, today);
  const draw: Record<Step, (p: { issue: number; version: number }) => Button> = {
    acknowledge: (p) => acknowledge.button(p, { style: "primary" }),
    submit: (p) => submit.button(p, { style: "primary" }),
  };
  const local = (ms: number) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(ms)));
  const left = facts.overdue
    ? `已超期${-facts.daysLeft}天`
    : issue.state === "submitted"
      ? ""
      : facts.daysLeft === 0
        ? "今天到期"
        : `还剩${facts.daysLeft}天`;
  return {
    title: title ?? `问题 ${issue.no}`,
    tone: facts.overdue ? "bad" : issue.state === "submitted" ? "good" : "notice",
    subject: `issue:${issue.id}`,
    blocks: [
      { kind: "text", text: issue.title },
      {
        kind: "facts",
        items: [
          { label: "编号", value: issue.no },
          { label: "状态", value: stateNames[issue.state], tone: facts.overdue ? "bad" : "muted" },
          {
            label: "整改期限",
            value: `${shortDate(issue.due)}${left ? `（${left}）` : ""}`,
            ...(facts.overdue ? { tone: "bad" as const } : {}),
          },
          { label: "责任地区", value: facts.county },
          ...(issue.departmentId
            ? [{ label: "责任单位", value: office.department(issue.departmentId).name }]
            : []),
          ...(issue.place ? [{ label: "地点", value: issue.place }] : []),
          { label: "来源", value: `${issue.source}，${issue.level}` },
          ...(issue.requirement ? [{ label: "整改要求", value: issue.requirement }] : []),
        ],
      },
      {
        kind: "table",
        columns: [{ title: "时间" }, { title: "经过" }, { title: "经办" }],
        rows: history.map((e) => [local(e.at), `${e.step}${e.text ? `：${e.text}` : ""}`, e.by ?? "—"]),
      },
    ],
    buttons: stepsFor(issue.state, relation).map((step) =>
      draw[step]({ issue: issue.id, version: issue.version }),
    ),
    facts: { issue: facts },
  };
}

/** The interfaces document's row of `issue` and `issues`. */
export function issueFacts(
  issue: Issue,
  history: readonly IssueEvent[],
  { office, today }: Pick<Context<Reader>, "office" | "today">,
) {
  const instant = (ms: number | null) =>
    ms === null
      ? null
      : office
          .local(Temporal.Instant.fromEpochMilliseconds(ms))
          .toString({ smallestUnit: "second", timeZoneName: "never" });
  const region = office.region(issue.regionId);
  const heir = office.heirOn(issue.regionId, today);
  return {
    no: issue.no,
    title: issue.title,
    source: issue.source,
    // A merged region's issues pass to its heir; the old name stays in the record.
    county: region.short === heir.short ? region.short : `${heir.short}（原${region.short}）`,
    assignee: issue.departmentId ? office.department(issue.departmentId).short : heir.short,
    state: issue.state,
    assignedAt: instant(issue.assignedAt),
    acknowledgedAt: instant(issue.acknowledgedAt),
    due: issue.due,
    daysLeft: today.until(issue.due).days,
    overdue: isOverdue(issue.state, issue.due, today.toString()),
    history: history.map((e) => ({ at: instant(e.at), step: e.step, by: e.by, text: e.text })),
  };
}

async function take(
  step: Step,
  { issue: id, version }: z.output<typeof params>,
  person: Person,
  context: Context<Writer>,
  text?: string,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  const issue = await store.issues.byId(id);
  if (issue === null) return refuse("unknown-issue", "这件问题已不存在，请重新发送“问题”。", ["问题"]);
  const rule = STEPS[step];
  const relation = relationTo(issue, person, office, today);
  const verdict = judge(step, { state: issue.state, version, current: issue.version, relation, text });
  switch (verdict.kind) {
    case "forbidden":
      return refuse("forbidden", `“${rule.name}”须由责任地区或责任单位的领导、联络员办理。`);
    case "already-done": {
      const done = (await store.issues.history(id)).findLast((e) => e.step === rule.done);
      const when = done ? shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(done.at))) : "";
      return refuse(
        "already-done",
        `${issue.no}已由${done?.by ?? "他人"}于${when}${rule.done}，现为“${stateNames[issue.state]}”，不用重复操作。`,
        [`问题 ${issue.no}`],
      );
    }
    case "stale":
      return refuse(
        "stale-action",
        `${issue.no}已有变化，现为“${stateNames[issue.state]}”。请看最新情况后再操作。`,
        [`问题 ${issue.no}`],
      );
    case "needs-text":
      return refuse("usage", "请写明整改措施和完成情况后再提交。");
    case "moves":
      break;
    default:
      return verdict satisfies never;
  }
  const at = now.epochMilliseconds;
  const stamp = step === "acknowledge" ? { acknowledgedAt: at } : { submittedAt: at };
  const moved = await store.issues.move(id, version, { state: verdict.to, ...stamp });
  if (moved === null)
    return refuse("conflict", `${issue.no}刚被他人办理，请看最新情况。`, [`问题 ${issue.no}`]);
  await store.issues.record({
    issueId: id,
    at,
    personId: person.id,
    step: rule.done,
    fromState: issue.state,
    toState: verdict.to,
    text: text ?? null,
  });
  await tell(
    moved,
    person,
    `${office.heirOn(moved.regionId, today).short}已${rule.done}：${moved.title}`,
    context,
  );
  return issueCard(moved, person, context, `已${rule.done}`);
}

/** Tells the office and whoever assigned the issue, and redraws the issue wherever it stands in a chat. */
async function tell(issue: Issue, actor: Person, title: string, context: Context<Writer>): Promise<void> {
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const watchers = await store.people.withRoles(["office"]);
  const assigner = issue.assignedBy === null ? null : await store.people.byId(issue.assignedBy);
  const recipients = new Map([...watchers, ...(assigner ? [assigner] : [])].map((p) => [p.id, p]));
  recipients.delete(actor.id);
  for (const person of recipients.values()) {
    const card = await issueCard(issue, person, context, title);
    await store.outbox.queue(
      {
        key: `issue/${issue.id}/v${issue.version}/${person.id}`,
        to: { personId: person.id },
        class: "must-arrive",
        card,
      },
      at,
    );
  }
  for (const message of await store.outbox.showing(`issue:${issue.id}`)) {
    const person = message.personId === null ? null : await store.people.byId(message.personId);
    if (person === null) continue;
    await store.outbox.queueEdit(
      {
        messageId: message.id,
        personId: person.id,
        card: await issueCard(issue, person, context),
        version: issue.version,
      },
      at,
    );
  }
}
