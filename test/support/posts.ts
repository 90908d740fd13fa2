import type { Mandate } from "../../src/domain/posts.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { officeOf } from "../../src/office/office.ts";
import type { Person } from "../../src/store/people.ts";

/** The plan's office, without anybody in it. */
export const nantong = officeOf(await loadPlanPack("seeds/nantong-2020"));

/** 港闸 becomes part of 崇川 on the second day, and 海门 another 海门. */
export const MERGER = {
  before: Temporal.PlainDate.from("2020-07-27"),
  after: Temporal.PlainDate.from("2020-07-28"),
} as const;

/** A post of a region, or of a department; of the city where neither is named. */
export const post = (role: Mandate["role"], of: { region?: string; department?: string } = {}): Mandate => ({
  role,
  regionId: of.region ?? null,
  departmentId: of.department ?? null,
});

/** Somebody in a main post and those beside it. */
export const holder = (main: Mandate, ...beside: Mandate[]): Person => {
  const somebody: Partial<Person> = {
    id: 1,
    name: "某人",
    active: true,
    enterpriseId: null,
    ...main,
    beside,
  };
  return somebody as Person;
};
