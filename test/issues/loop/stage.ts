import Database from "better-sqlite3";
import { press } from "../../../src/bot/router.ts";
import { isRefusal, type Refusal } from "../../../src/chat/refusal.ts";
import { clockOf } from "../../../src/domain/issues/clock.ts";
import type { State } from "../../../src/domain/issues/states.ts";
import { lineIdOf } from "../../../src/issues/history.ts";
import { stepOf } from "../../../src/issues/loop.ts";
import { actionName } from "../../../src/issues/step-button.ts";
import { clockRulesOf } from "../../../src/issues/terms.ts";
import type { Issue, NewIssueRow } from "../../../src/store/issues.ts";
import type { Person } from "../../../src/store/people.ts";
import { anOffice } from "../../support/office.ts";
import { investigated, URGED, urged } from "../../support/records.ts";
import type { Step } from "./rules.ts";

/** An open issue of the demonstration, to merge others into. */
export const MERGES_INTO = "NT-2020-000006";

/** Somebody who is no member, between two newest rows of audit and outbox. */
type Away = { id: number; name: string; from: [number, number]; to: [number, number] | null };

export type Stage = Awaited<ReturnType<typeof aStage>>;
export type Fill = Readonly<Record<string, string>>;

/**
 * A whole office, with issues wherever a test wants them, buttons in anybody's hand, and a second look at the database that
 * doesn't go through the bot.
 */
export async function aStage(at = "2020-06-15T10:00", { jobs = true } = {}) {
  const office = await anOffice({ at, jobs });
  const { bot, file } = office;
  const raw = new Database(file);
  const faults: unknown[] = [];
  bot.report = (error) => faults.push(error);
  const left: Away[] = [];
  const id = async (name: string) => (await personOf(name)).id;
  const personOf = async (name: string): Promise<Person> => {
    const person = await bot.store.read((r) => r.people.byName(name));
    if (person === null) throw new Error(`nobody is called ${name}`);
    return person;
  };

  return {
    office,
    bot,
    raw,
    /** What the bot has reported as faults of its own. */
    faults,
    id,
    personOf,

    /** An issue of 海安 and 住建 that stands where the test says, with its clock running. */
    async issueIn(state: State, differs: Partial<NewIssueRow> = {}): Promise<Issue> {
      const now = (await bot.clock.now()).epochMilliseconds;
      const today = bot.office.today(await bot.clock.now());
      const by = await id("市办");
      const due = today.add({ days: 20 }).toString();
      const row = {
        title: "工地裸土未覆盖",
        source: "部门督查",
        level: "一般",
        regionId: "haian",
        departmentId: "housing",
        state,
        createdAt: now,
        createdBy: by,
        assignedBy: by,
        assignedAt: now,
        due,
        firstDue: due,
        termFrom: today.toString(),
        ...differs,
      };
      return bot.store.write(async (w) => {
        const issue = await w.issues.create(row, "NT-2020");
        await w.issueClock.set(issue.id, clockOf(issue, now, clockRulesOf(bot.office)), now);
        if (state === "transferring")
          await w.transfers.propose(
            {
              regionId: issue.regionId,
              reason: "逾期不整改",
              proposedBy: issue.proposedBy ?? by,
              proposedAt: now,
            },
            { year: 2020, issues: [issue.id] },
          );
        return issue;
      });
    },

    /** A department helps with an issue; `handedIn`: its part waits to be looked at. */
    helps: (issueId: number, departmentId: string, { handedIn = false } = {}) =>
      bot.store.write(async (w) => {
        const at = (await bot.clock.now()).epochMilliseconds;
        const part = { role: "helping", departmentId, regionId: null, name: null, due: null } as const;
        await w.issueUnits.add(issueId, [part], { at, personId: null });
        const [added] = await w.issueUnits.of(issueId);
        if (handedIn && added) await w.issueUnits.mark(added.id, { acknowledgedAt: at, handedInAt: at });
      }),

    /**
     * Presses the button of a step as somebody who has got hold of one, whoever they are and however old it is.
     * @returns why nothing came of it, or null.
     */
    async presses(
      who: string | Person,
      step: Step,
      { id: issue, version }: Pick<Issue, "id" | "version">,
      fill: Fill = {},
    ): Promise<Refusal | null> {
      const person = typeof who === "string" ? await personOf(who) : who;
      const at = (await bot.clock.now()).epochMilliseconds;
      const meaning = { personId: person.id, action: actionName(stepOf(step)), params: { issue, version } };
      const token = await bot.store.write((w) => w.buttons.draw(meaning, at));
      const identity = { platform: "web", workspace: "", userKey: person.name } as const;
      const { answer } = await press(bot, { identity, person }, token, fill);
      return isRefusal(answer) ? answer : null;
    },

    /** What a transfer rests on: that somebody looked into it, and that its unit was urged and got it. */
    urges: (issue: Pick<Issue, "id" | "no">) => urged(office, issue),
    investigates: (issue: Pick<Issue, "id">) => investigated(office, issue),

    issue(id: number): Record<string, unknown> & { no: string; state: State; version: number; due: string } {
      return raw.prepare("select * from issue where id = ?").get(id) as never;
    },
    /** Everything that a step could have changed, in short; the audit apart. */
    traces(issueId: number): string {
      const newest = (table: string) =>
        raw.prepare(`select count(*) n, max(id) id from ${table}`).get() as { n: number; id: number | null };
      return JSON.stringify([
        raw.prepare("select * from issue where id = ?").get(issueId),
        raw.prepare("select state, version from transfer").all(),
        ...[
          "issue",
          "issue_event",
          "issue_unit",
          "issue_clock",
          "outbox",
          "evidence",
          "spot_check",
          "transfer",
        ].map(newest),
      ]);
    },
    newest: (table: "audit" | "issue_event" | "outbox"): number =>
      (raw.prepare(`select coalesce(max(id), 0) id from ${table}`).get() as { id: number }).id,
    toldAfter: (after: number): (number | null)[] =>
      raw.prepare("select person_id from outbox where id > ?").pluck().all(after) as (number | null)[],
    auditAfter: (after: number) =>
      raw.prepare("select outcome, act, person_id as personId from audit where id > ?").all(after) as {
        outcome: "done" | "denied";
        act: string;
        personId: number | null;
      }[],
    eventsOf: (issueId: number) =>
      raw
        .prepare(
          "select id, step, from_state as fromState, to_state as toState from issue_event where issue_id = ?",
        )
        .all(issueId) as { id: number; step: string; fromState: State | null; toState: State }[],
    /** The first line of a history that {@link issueIn} leaves out. */
    record: (issueId: number, state: State) =>
      bot.store.write(async (w) =>
        w.issues.record({
          issueId,
          at: (await bot.clock.now()).epochMilliseconds,
          step: lineIdOf("register"),
          toState: state,
        }),
      ),
    openClockOf: (issueId: number) =>
      raw
        .prepare("select kind, at from issue_clock where issue_id = ? and state = 'open' order by at, id")
        .all(issueId) as { kind: string; at: number }[],
    /** Who has been told the same of an issue twice: person, issue and version. */
    doubled: (): unknown[] =>
      raw
        .prepare(
          `select key from outbox where kind = 'post' and key like 'issue/%'
           group by person_id, key having count(*) > 1`,
        )
        .all(),
    /**
     * Nothing but the loop, and in it nothing but what the test brings: no weekly notices, the demonstration's issues closed
     * but for one that the test may name.
     */
    emptied(besides = "") {
      bot.registry = { ...bot.registry, schedules: [] };
      raw.exec(`
        update issue set state = 'closed' where no <> '${besides}';
        update issue_clock set state = 'dropped' where issue_id in (select id from issue where state = 'closed')`);
    },
    /** As an operator would: there is no command for it. */
    withdraw: (personId: number, active = false) =>
      void raw.prepare("update person set active = ? where id = ?").run(active ? 1 : 0, personId),
    /** Somebody leaves by the office's word; where there is nobody to say it, as an operator would. */
    async leaves(name: string): Promise<void> {
      const person = await personOf(name);
      if (name !== "市办" && (await personOf("市办")).active) await office.says("市办", `离任 ${name}`);
      else this.withdraw(person.id);
      left.push({ id: person.id, name, from: [this.newest("audit"), this.newest("outbox")], to: null });
    },
    async comesBack(name: string): Promise<void> {
      this.withdraw(await id(name), true);
      const stay = left.findLast((one) => one.name === name);
      if (stay) stay.to = [this.newest("audit"), this.newest("outbox")];
    },
    /** What people did, or were sent, while they were no members. */
    ofLeavers: (): unknown[] =>
      left.flatMap(({ id, from: [audit, outbox], to }) => {
        const [lastAudit, lastOutbox] = to ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
        const acts = "select act from audit where person_id = ? and outcome = 'done' and id > ? and id <= ?";
        // A reminder that a test writes down as sent is none of the bot's.
        const sent = `select key from outbox where person_id = ? and id > ? and id <= ?
          and (kind = 'post' or state = 'sent') and title <> '${URGED}'`;
        return [
          ...raw.prepare(acts).all(id, audit, lastAudit),
          ...raw.prepare(sent).all(id, outbox, lastOutbox),
        ];
      }),
    close() {
      raw.close();
      office.close();
    },
  };
}

/** What a person writes into the form of a step, so that nothing is missing. */
export function completeForm(step: Step): Fill {
  const text = { text: "情况属实" };
  const due = { due: "2020-07-20" };
  switch (step) {
    case "assign":
      return { county: "海安", department: "住建", ...due };
    case "reassign":
      return { county: "海安", department: "住建", ...text, ...due };
    case "set-helpers":
      return { helping: "公安" };
    case "request-extension":
    case "suspend":
    case "reopen":
    case "close-stage":
    case "display":
      return { ...text, ...due };
    case "submit":
    case "hand-in-part":
      return { measures: "已覆盖" };
    case "hand-down":
      return { units: "城东镇", ...text };
    case "merge":
      return { into: MERGES_INTO };
    case "amend":
      return { title: "工地裸土未苫盖", level: "较大", ...due };
    case "acknowledge":
    case "acknowledge-part":
    case "accept-part":
      return {};
    case "investigate":
      return { people: "张三、李四", on: "2020-06-15", ...text };
    default:
      return text;
  }
}
