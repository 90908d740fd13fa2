import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where a guard's tables of cases stand: in those tests of the folder that mirrors its own which import it. */
export function casesOf(guard: string): string[] {
  const folder = join("test", dirname(guard).replace(/^src\/?/, ""));
  return globSync(`${folder}/*.test.ts`).filter((test) => {
    const imported = readFileSync(test, "utf8").matchAll(/ from "(\.[^"]+)"/g);
    return imported.some(([, file = ""]) => join(dirname(test), file) === guard);
  });
}

/** Guards: what decides who, where, when and how much. `npm run mutate -- guards` measures them by their tables. */
export const GUARDS = [
  "src/chat/access.ts",
  "src/delivery/digest-wait.ts",
  "src/delivery/look.ts",
  "src/delivery/quiet.ts",
  "src/delivery/settle.ts",
  "src/domain/air/hour-checks.ts",
  "src/domain/air/sufficiency.ts",
  "src/domain/alerts/course.ts",
  "src/domain/alerts/readings.ts",
  "src/domain/alerts/telling.ts",
  "src/domain/calendar.ts",
  "src/domain/day-rule.ts",
  "src/domain/days-off.ts",
  "src/domain/digest.ts",
  "src/domain/enterprises/exemption.ts",
  "src/domain/enterprises/night-permit.ts",
  "src/domain/issues/machine.ts",
  "src/domain/issues/part.ts",
  "src/domain/papers/course.ts",
  "src/domain/papers/exposure-rule.ts",
  "src/domain/papers/interview-rule.ts",
  "src/domain/posts.ts",
  "src/domain/responses/course.ts",
  "src/domain/responses/terms.ts",
  "src/domain/time-of-day.ts",
  "src/enterprises/exemption-rights.ts",
  "src/enterprises/night-rights.ts",
  "src/enterprises/sees.ts",
  "src/intake/budget.ts",
  "src/issues/audience.ts",
  "src/issues/consent.ts",
  "src/issues/relation.ts",
  "src/issues/sees.ts",
  "src/members/second-person.ts",
  "src/platforms/kit/flood.ts",
  // Each platform's own, by what they see to: who speaks, and who is let in.
  ...globSync("src/platforms/*/{admission,guard,members,speaker,way}.ts").sort(),
];
