import { demoDutyRecords } from "../../seeds/demo/duty-records.ts";
import { demoExemptions } from "../../seeds/demo/exemptions.ts";
import { demoIssues } from "../../seeds/demo/issues.ts";
import { demoNightPermits } from "../../seeds/demo/night-permits.ts";
import { demoChiefs } from "../../seeds/demo/patrols.ts";
import { demoPeople } from "../../seeds/demo/people.ts";
import { demoProgress } from "../../seeds/demo/progress.ts";
import { CLOCK_KINDS, type ClockEntry, type ClockRule, clockOf } from "../domain/issues/clock.ts";
import { atRung, type Climbed, FOOT, remindedAt, remindedOn } from "../domain/issues/ladders.ts";
import type { State } from "../domain/issues/states.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import { lookAtDustfall } from "../enterprises/dustfall-look.ts";
import { stepOf } from "../issues/loop.ts";
import { subjectOf } from "../issues/numbering.ts";
import assign from "../issues/steps/assign.ts";
import { clockRulesOf } from "../issues/terms.ts";
import { initialsOf } from "../office/names.ts";
import { type Office, officeOf } from "../office/office.ts";
import { lookAtInterviews } from "../papers/interview/look.ts";
import terminal from "../platforms/terminal/provider.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { loadEnterprises } from "./demonstration-enterprises.ts";
import { loadFigures } from "./demonstration-figures.ts";

/** Brings the generated demonstration data into a new database; the caller's transaction makes it all or nothing. */
export async function loadDemonstration(writer: Writer, pack: PlanPack, at: number): Promise<void> {
  await loadFigures(writer, pack, at);
  for (const row of demoProgress(pack)) {
    const { indicator, region, date, value, note } = row;
    await writer.progress.report({
      indicatorId: indicator,
      regionId: region,
      date,
      value,
      note,
      personId: null,
      reportedAt: at,
    });
  }
  const people = new Map<string, Person>();
  for (const { name, role, region, department, handle } of demoPeople(pack)) {
    const person = await writer.people.add({
      name,
      role,
      regionId: region,
      departmentId: department,
      createdAt: at,
    });
    people.set(name, person);
    if (handle !== undefined)
      await writer.people.bind(person.id, { platform: terminal.name, workspace: "", userKey: handle }, at);
  }
  await loadIssues(writer, pack, people, at);
  // Whoever is one month from a 约谈 by the lists that are there has been told so.
  const now = Temporal.Instant.fromEpochMilliseconds(at);
  const office = officeOf(pack);
  await lookAtInterviews({ store: writer, office, now, today: office.today(now) });
  // Nor does anybody hear again what dustfall had tightened before.
  await lookAtDustfall({ store: writer, office, today: office.today(now) });
  await loadNightPermits(writer, office, people);
  await loadEnterprises(writer, pack, at);
  await loadExemptions(writer, pack, people);
  await loadPatrols(writer, pack, people);
  for (const { region, ...record } of demoDutyRecords(pack))
    await writer.dutyRecords.add({
      ...record,
      regionId: region,
      personId: people.get("市办")?.id ?? null,
      recordedAt: at,
    });
}

async function loadPatrols(
  writer: Writer,
  pack: PlanPack,
  people: ReadonlyMap<string, Person>,
): Promise<void> {
  const instant = (local: string) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(pack.timeZone).epochMilliseconds;
  for (const { person, station, since, patrols } of demoChiefs(pack)) {
    const chief = people.get(person);
    if (chief === undefined) continue;
    await writer.ownStations.take(chief.id, station, instant(`${since}T09:00`));
    for (const { at } of patrols)
      await writer.patrols.add({
        ...{ stationId: station, personId: chief.id, at: instant(at), date: at.slice(0, 10) },
        outcome: "clear",
      });
  }
}

async function loadExemptions(
  writer: Writer,
  pack: PlanPack,
  people: ReadonlyMap<string, Person>,
): Promise<void> {
  const at = Temporal.PlainDate.from({ year: pack.year, month: 1, day: 2 }).toZonedDateTime({
    timeZone: pack.timeZone,
    plainTime: "10:00",
  }).epochMilliseconds;
  for (const { region, ...row } of demoExemptions(pack))
    await writer.exemptions.add({
      ...row,
      ...{ regionId: region, state: "listed", proposedAt: at, decidedAt: at },
      enterpriseId: (await writer.enterprises.byName(row.name))?.id ?? null,
      proposedBy: people.get("市办")?.id ?? null,
      decidedBy: people.get("市领导")?.id ?? null,
    });
}

async function loadNightPermits(
  writer: Writer,
  { pack }: Office,
  people: ReadonlyMap<string, Person>,
): Promise<void> {
  const [granting] = pack.settings.nightWork.grantedBy;
  const granter = pack.departments.find(({ id }) => id === granting)?.name ?? pack.office;
  for (const { region, appliedAt, by, state, ...permit } of demoNightPermits(pack)) {
    const at = Temporal.PlainDateTime.from(appliedAt).toZonedDateTime(pack.timeZone).epochMilliseconds;
    await writer.nightPermits.add({
      ...permit,
      state,
      regionId: region,
      appliedAt: at,
      appliedBy: people.get(by)?.id ?? null,
      approvedBy: state === "granted" ? granter : null,
    });
  }
}

async function loadIssues(
  writer: Writer,
  pack: PlanPack,
  people: ReadonlyMap<string, Person>,
  now: number,
): Promise<void> {
  const rules = clockRulesOf(officeOf(pack));
  const instant = (local: string) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(pack.timeZone).epochMilliseconds;
  const office = people.get("市办")?.id ?? null;
  const city = pack.regions.find((r) => r.id === pack.city.region)?.short ?? "";
  for (const issue of demoIssues(pack)) {
    const { title, source, region, department, place, level, assignedAt, due, steps, intake } = issue;
    const acknowledged = steps.find((s) => s.kind === "acknowledge");
    const submitted = steps.find((s) => s.kind === "submit");
    const last = steps.at(-1);
    const state = last ? (stepOf(last.kind).to as State) : "assigned";
    const at = instant(assignedAt);
    const created = await writer.issues.create(
      {
        title,
        source,
        level,
        place,
        requirement: null,
        regionId: region,
        departmentId: department,
        state,
        createdAt: at,
        createdBy: office,
        assignedBy: office,
        assignedAt: at,
        acknowledgedAt: acknowledged ? instant(acknowledged.at) : null,
        submittedAt: submitted ? instant(submitted.at) : null,
        submittedBy: submitted ? (people.get(submitted.by)?.id ?? null) : null,
        due,
        firstDue: due,
        termFrom: assignedAt.slice(0, 10),
      },
      `${initialsOf(city)}-${assignedAt.slice(0, 4)}`,
    );
    const event = await writer.issues.record({
      issueId: created.id,
      at,
      personId: office,
      step: assign.id,
      fromState: null,
      toState: "assigned",
      text: null,
      due,
      regionId: region,
    });
    await writer.numbers.give({
      kind: "order",
      pattern: pack.settings.papers.order.number,
      year: Number(assignedAt.slice(0, 4)),
      subject: subjectOf("issue", created.id),
      eventId: event,
      title,
      at,
      personId: office,
    });
    if (intake !== undefined) await writer.intakes.add({ ...intake, issueId: created.id, receivedAt: at });
    let from: State = "assigned";
    for (const step of steps) {
      const { id, to } = stepOf(step.kind);
      await writer.issues.record({
        issueId: created.id,
        at: instant(step.at),
        personId: people.get(step.by)?.id ?? null,
        step: id,
        fromState: from,
        toState: to as State,
        text: step.text ?? null,
      });
      from = to as State;
    }
    // What the ladder has reached by the demonstration's start was told then.
    const passed = clockOf(created, at, rules).filter((entry) => entry.at <= now);
    const climbed = climbedBy(passed);
    if (passed.length > 0) await writer.issues.mark(created.id, climbed);
    await writer.issueClock.set(created.id, clockOf({ ...created, ...climbed }, now, rules), now);
  }
}

/** What these entries, soonest first, have reported and reminded of. */
function climbedBy(entries: readonly ClockEntry[]): Climbed {
  let climbed = FOOT;
  for (const { kind, at } of entries) {
    const rule: ClockRule = CLOCK_KINDS[kind];
    if (rule.class === "rung") climbed = { ...climbed, ...atRung(rule.ladder, rule.rung) };
    else if (
      rule.class === "reminder" &&
      rule.ladder !== undefined &&
      remindedOn(climbed, rule.ladder) === null
    )
      climbed = { ...climbed, ...remindedAt(rule.ladder, at) };
  }
  return climbed;
}
