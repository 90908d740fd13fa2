/** Where a guard's table of cases stands: in the file of `test/` that bears its own path. */
export const casesOf = (guard: string): string =>
  `test/${guard.replace(/^src\//, "").replace(/\.ts$/, ".test.ts")}`;

/** Guards: what decides who, where, when and how much. `npm run mutate -- guards` measures them by their tables. */
export const GUARDS = [
  "src/chat/access.ts",
  "src/delivery/digest-wait.ts",
  "src/delivery/quiet.ts",
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
  "src/domain/issues/part.ts",
  "src/domain/papers/course.ts",
  "src/domain/papers/exposure-rule.ts",
  "src/domain/papers/interview-rule.ts",
  "src/domain/posts.ts",
  "src/domain/responses/course.ts",
  "src/domain/responses/terms.ts",
  "src/domain/time-of-day.ts",
  "src/platforms/kit/flood.ts",
  "src/platforms/web/guard.ts",
  "src/platforms/web/way.ts",
] as const;
