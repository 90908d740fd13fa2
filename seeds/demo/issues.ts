import type { PlanPack } from "../../src/domain/plan/pack.ts";
import type { DemoIssue } from "./demo-issue.ts";
import { demoPeople } from "./people.ts";
import { demoSeed } from "./random.ts";
import { storiesOf } from "./stories.ts";

/** The fictional issues of a plan's June. Places are made up; no firm is named. Refuses a pack without their regions, departments or people. */
export function demoIssues(pack: PlanPack, seed: number = demoSeed): DemoIssue[] {
  const { issues } = storiesOf(pack, seed);
  const people = new Set(demoPeople(pack).map((person) => person.name));
  const regions = new Set(pack.regions.map((region) => region.id));
  const departments = new Set(pack.departments.map((department) => department.id));
  for (const { title, region, department, steps } of issues) {
    if (!regions.has(region)) throw new Error(`演示问题“${title}”需要地区“${region}”，方案包没有。`);
    if (department !== null && !departments.has(department))
      throw new Error(`演示问题“${title}”需要部门“${department}”，方案包没有。`);
    const stranger = steps.find((step) => !people.has(step.by));
    if (stranger) throw new Error(`演示问题“${title}”需要人员“${stranger.by}”，演示名单没有。`);
  }
  return issues.map((issue) => ({ ...issue, steps: issue.steps.map((step) => ({ ...step })) }));
}
