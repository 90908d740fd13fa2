import { demoStationDays, demoStations } from "../../seeds/demo/air.ts";
import { demoIssues } from "../../seeds/demo/issues.ts";
import { demoPeople } from "../../seeds/demo/people.ts";
import { demoProgress } from "../../seeds/demo/progress.ts";
import { initialsOf } from "../chat/names.ts";
import { STEPS, type State } from "../domain/issues/machine.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

/** Brings the generated demonstration data into a new database; the caller's transaction makes it all or nothing. */
export async function loadDemonstration(writer: Writer, pack: PlanPack, at: number): Promise<void> {
  await writer.air.addStations(
    demoStations().map(({ id, name, region, national }) => ({ id, name, regionId: region, national })),
  );
  await writer.air.mergeStationDays(
    demoStationDays().map(({ station, ...day }) => ({ ...day, id: station })),
    { personId: null, at },
  );
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
      await writer.people.bind(person.id, { platform: "terminal", workspace: "", userKey: handle }, at);
  }
  await loadIssues(writer, pack, people);
}

async function loadIssues(
  writer: Writer,
  pack: PlanPack,
  people: ReadonlyMap<string, Person>,
): Promise<void> {
  const instant = (local: string) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(pack.timeZone).epochMilliseconds;
  const office = people.get("市办")?.id ?? null;
  const city = pack.regions.find((r) => r.id === pack.city.region)?.short ?? "";
  for (const { title, source, region, department, place, level, assignedAt, due, steps } of demoIssues(
    pack,
  )) {
    const acknowledged = steps.find((s) => s.kind === "acknowledge");
    const submitted = steps.find((s) => s.kind === "submit");
    const last = steps.at(-1);
    const state = last ? STEPS[last.kind].to : "assigned";
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
        assignedBy: office,
        assignedAt: at,
        acknowledgedAt: acknowledged ? instant(acknowledged.at) : null,
        submittedAt: submitted ? instant(submitted.at) : null,
        due,
      },
      `${initialsOf(city)}-${assignedAt.slice(0, 4)}`,
    );
    await writer.issues.record({
      issueId: created.id,
      at,
      personId: office,
      step: "交办",
      fromState: null,
      toState: "assigned",
      text: null,
    });
    let from: State = "assigned";
    for (const step of steps) {
      const { done, to } = STEPS[step.kind];
      await writer.issues.record({
        issueId: created.id,
        at: instant(step.at),
        personId: people.get(step.by)?.id ?? null,
        step: done,
        fromState: from,
        toState: to,
        text: step.text ?? null,
      });
      from = to;
    }
  }
}
