import type { Context } from "../chat/command.ts";
import { longDate, longTime } from "../chat/wording.ts";
import { unknownYears } from "../domain/calendar.ts";
import type { EpochMs } from "../domain/ids.ts";
import { isUnitsTurn, type State, stateNames } from "../domain/issues/states.ts";
import { numberFrom } from "../domain/plan/number-pattern.ts";
import { nameOfBoth } from "../domain/posts.ts";
import type { TransferLetter, TransferRecords } from "../output/transfer-letter.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import type { Transfer } from "../store/transfers.ts";
import { originalDue } from "./deadlines.ts";
import { answerable, officerName } from "./full-names.ts";
import { subjectOf } from "./numbering.ts";
import { type Records, recordsOf } from "./records.ts";
import proposeTransfer from "./steps/propose-transfer.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** An issue of a file with all that the file holds of it. */
export type Filed = {
  issue: Issue;
  history: readonly IssueEvent[];
  records: Records;
  evidence: readonly (Evidence & { by: string | null })[];
};

/** A file as it stands: its issues with what was found, how they were urged, and what was kept of them. */
export async function filedIn(transfer: Transfer, context: Around): Promise<Filed[]> {
  const { store } = context;
  const filed: Filed[] = [];
  for (const issue of await store.transfers.issuesOf(transfer.id))
    filed.push({
      issue,
      history: await store.issues.history(issue.id),
      records: await recordsOf(issue, transfer.proposedAt, context),
      evidence: await store.evidence.of(issue.id),
    });
  return filed;
}

/** The number that a file's letter was given with its signature; null before. */
export async function transferNumberOf(
  { id }: Pick<Transfer, "id">,
  { store }: Pick<Around, "store">,
): Promise<string | null> {
  const given = await store.numbers.of(subjectOf("transfer", id));
  return given.findLast(({ voidAt }) => voidAt === null)?.no ?? null;
}

/** The units that a file is about, by their full names. */
export const unitsOf = (filed: readonly { issue: Issue }[], context: Around): string =>
  [...new Set(filed.map(({ issue }) => answerable(issue, context)))].join("、");

/** What the letter says: nothing that its file doesn't hold. */
export async function letterOf(
  transfer: Transfer,
  filed: readonly Filed[],
  context: Around,
): Promise<Omit<TransferLetter, "marks">> {
  const { office, today } = context;
  const { number, body, redHead, to } = office.pack.settings.papers.transfer;
  const day = (at: EpochMs) => office.today(Temporal.Instant.fromEpochMilliseconds(at));
  const on = day(transfer.decidedAt ?? transfer.proposedAt);
  const evidence = filed.some((one) => one.evidence.length > 0);
  const several = filed.length > 1;
  const prefix = ({ issue }: Filed) => (several ? `${issue.no}：` : "");
  const approved = transfer.state === "approved";
  // Units are called as they were on the day of the letter, whatever has become of them since.
  const then = { ...context, today: on };
  return {
    body: body ?? office.pack.office,
    redHead,
    no: (await transferNumberOf(transfer, context)) ?? numberFrom(number, today.year, "　"),
    addressees: to ?? [`中共${office.city.name}纪律检查委员会`, `${office.city.name}监察委员会`],
    unit: unitsOf(filed, then),
    plan: office.pack.title,
    issues: filed.map(({ issue, history }) => ({
      no: issue.no,
      title: issue.title,
      place: [issue.town, issue.place].filter(Boolean).join(" "),
      assigned: longDate(day(issue.assignedAt)),
      due: dueWords(issue, history, office),
      stands: standsWords(issue, history, on),
    })),
    investigations: filed.flatMap((one) =>
      one.records.investigations.map(
        ({ on: then, people, findings }) =>
          `${prefix(one)}${longDate(Temporal.PlainDate.from(then))}，${people}调查：${sentence(findings)}`,
      ),
    ),
    urging: filed
      .filter(({ records }) => records.urging.length > 0)
      .map((one) => `${prefix(one)}${urgingWords(one.records, then)}`),
    reason: transfer.reason,
    attachments: ["问题台账", "办理经过图", "调查和督促记录", ...(evidence ? ["证据清单及佐证文件"] : [])],
    signed:
      approved && transfer.decidedAt !== null
        ? { by: await signerOf(transfer, context), on: longDate(on) }
        : null,
  };
}

/** What was found and each time that the unit was urged, one by one. */
export function recordsListed(
  filed: readonly Filed[],
  context: Around,
): Pick<TransferRecords, "investigations" | "urging"> {
  const { office } = context;
  const time = (at: EpochMs) => longTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));
  return {
    investigations: filed.flatMap(({ issue, records }) =>
      records.investigations.map(({ on, people, findings, by, at }) => ({
        issueNo: issue.no,
        on: longDate(Temporal.PlainDate.from(on)),
        people,
        findings,
        entered: `${by ?? "—"}\n${time(at)}`,
      })),
    ),
    urging: filed.flatMap(({ issue, records }) =>
      records.urging.map(({ at, how, to }) => ({
        issueNo: issue.no,
        at: time(at),
        how,
        to: to.map((person) => officerName(person, context)).join("、"),
      })),
    ),
  };
}

async function signerOf({ decidedBy, decidedFor }: Transfer, { store }: Around): Promise<string> {
  const [by, absent] = [decidedBy, decidedFor].map((id) => (id === null ? null : store.people.byId(id)));
  return nameOfBoth((await by)?.name ?? "—", await absent);
}

function dueWords(issue: Issue, history: readonly IssueEvent[], { calendar }: Around["office"]): string {
  const [first, now] = [originalDue(issue, history), issue.due].map((date) =>
    longDate(Temporal.PlainDate.from(date)),
  );
  const unknown = unknownYears(calendar, [originalDue(issue, history), issue.due]);
  return [now, first === now ? "" : `（原定${first}）`, unknown === null ? "" : `（${unknown}）`]
    .filter(Boolean)
    .join("\n");
}

/** Where it stood when it was proposed: nobody may mend it from then on. */
function standsWords(issue: Issue, history: readonly IssueEvent[], on: Temporal.PlainDate): string {
  const proposed = history.findLast((e) => e.step === proposeTransfer.id);
  const state = (proposed?.fromState ?? issue.state) as State;
  const late = Temporal.PlainDate.from(issue.due).until(on).days;
  return isUnitsTurn(state) && late > 0 ? `${stateNames[state]}\n超期${late}天` : stateNames[state];
}

/** 2020年6月12日至6月15日共督促3次（催办1次、整改期限提醒2次），送达… */
function urgingWords({ urging }: Records, context: Around): string {
  const { office } = context;
  const days = urging.map(({ at }) => longDate(office.today(Temporal.Instant.fromEpochMilliseconds(at))));
  const kinds = Map.groupBy(urging, ({ how }) => how);
  const counts = [...kinds].map(([how, all]) => `${how}${all.length}次`).join("、");
  const people = new Map(
    urging.flatMap(({ to }) => to).map((person) => [person.id, officerName(person, context)]),
  );
  const [first = "", last = ""] = [days[0], days.at(-1)];
  const span = first === last ? first : `${first}至${last}`;
  return `${span}督促${urging.length}次（${counts}），送达${[...people.values()].join("、")}。`;
}

const sentence = (text: string) => (/[。！？]$/.test(text) ? text : `${text}。`);
