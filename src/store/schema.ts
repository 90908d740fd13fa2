// The store's tables, by what they are about.
export * from "./schema/air.ts";
export * from "./schema/alerts.ts";
export * from "./schema/calendar.ts";
export * from "./schema/candidates.ts";
export { CONSOLE, EVIDENCE_KINDS } from "./schema/columns.ts";
export * from "./schema/exposure.ts";
export * from "./schema/import-questions.ts";
export * from "./schema/intakes.ts";
export * from "./schema/issues.ts";
export * from "./schema/meetings.ts";
export * from "./schema/messages.ts";
export * from "./schema/night-permits.ts";
export * from "./schema/numbers.ts";
export * from "./schema/official-papers.ts";
export * from "./schema/patrols.ts";
export * from "./schema/people.ts";
export * from "./schema/plan.ts";
export * from "./schema/progress.ts";
