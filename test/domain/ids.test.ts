import { expectTypeOf, test } from "vitest";
import type { DepartmentId, EpochMs, IssueId, PersonId, RegionId } from "../../src/domain/ids.ts";
import type { Taken } from "../../src/domain/issues/step-rule.ts";
import type { Office } from "../../src/office/office.ts";
import type { Issue } from "../../src/store/issues.ts";
import type { Person } from "../../src/store/people.ts";
import type { Reader, Writer } from "../../src/store/store.ts";

// Types only: `npm run check` compiles this, and a mix-up that the compiler lets pass fails there.

test("one id is never taken for another, nor for a moment", () => {
  expectTypeOf<IssueId>().not.toExtend<PersonId>();
  expectTypeOf<PersonId>().not.toExtend<IssueId>();
  expectTypeOf<RegionId>().not.toExtend<DepartmentId>();
  expectTypeOf<DepartmentId>().not.toExtend<RegionId>();
  expectTypeOf<EpochMs>().not.toExtend<PersonId>();
  expectTypeOf<EpochMs>().not.toExtend<IssueId>();
  expectTypeOf<PersonId>().not.toExtend<EpochMs>();
  expectTypeOf<IssueId>().not.toExtend<EpochMs>();
});

test("what a row says reaches the question that takes it, and no other", () => {
  type PersonAsked = Parameters<Reader["people"]["byId"]>[0];
  type HistoryAsked = Parameters<Reader["issues"]["history"]>[0];
  type RegionAsked = Parameters<Office["region"]>[0];
  type DepartmentAsked = Parameters<Office["department"]>[0];
  type Queued = Parameters<Writer["outbox"]["queue"]>[1];

  expectTypeOf<Person["id"]>().toExtend<PersonAsked>();
  expectTypeOf<Issue["assignedBy"] & number>().toExtend<PersonAsked>();
  expectTypeOf<Taken["by"] & number>().toExtend<PersonAsked>();
  expectTypeOf<Issue["id"]>().not.toExtend<PersonAsked>();
  expectTypeOf<Issue["assignedAt"]>().not.toExtend<PersonAsked>();

  expectTypeOf<Issue["id"]>().toExtend<HistoryAsked>();
  expectTypeOf<Person["id"]>().not.toExtend<HistoryAsked>();

  expectTypeOf<Issue["regionId"]>().toExtend<RegionAsked>();
  expectTypeOf<Issue["regionId"]>().not.toExtend<DepartmentAsked>();
  expectTypeOf<Issue["departmentId"] & string>().toExtend<DepartmentAsked>();
  expectTypeOf<Issue["departmentId"] & string>().not.toExtend<RegionAsked>();

  expectTypeOf<Issue["movedAt"]>().toExtend<Queued>();
  expectTypeOf<Person["id"]>().not.toExtend<Queued>();
});

test("a literal, a sum and a clock need no cast", () => {
  expectTypeOf<7>().toExtend<PersonId>();
  expectTypeOf<"haian">().toExtend<RegionId>();
  expectTypeOf<Temporal.Instant["epochMilliseconds"]>().toExtend<EpochMs>();
});
