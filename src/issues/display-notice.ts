import { z } from "zod";
import { withoutPersonalData } from "../domain/personal-data.ts";
import { type DisplayNotice, displayParts } from "../output/display-notice.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import { unitFullName } from "./full-names.ts";
import { dayWords, dueWords, type PaperContext } from "./paper-facts.ts";
import submit from "./steps/submit.ts";

const displayDetail = z.object({ until: z.string(), term: z.string().optional() });

/** Until when a line of the history has shown an issue to the public, and as which term; null of other lines. */
export function displayIn({ detail }: IssueEvent): z.output<typeof displayDetail> | null {
  return displayDetail.safeParse(detail === null ? null : JSON.parse(detail)).data ?? null;
}

/** What the public is told of an issue that is shown before it is closed: without names, numbers and plates. */
export async function displayNoticeOf(
  issue: Issue,
  event: IssueEvent,
  history: readonly IssueEvent[],
  context: PaperContext,
): Promise<Omit<DisplayNotice, "marks">> {
  const { store, office } = context;
  const names = (await store.people.ever()).map(({ name }) => name);
  const open = (text: string) => withoutPersonalData(text.trim(), names).replace(/[。；;，,]+$/, "");
  const before = history.slice(
    0,
    history.findIndex(({ id }) => id === event.id),
  );
  const unit = unitFullName(issue, context);
  const { until, term = null } = displayIn(event) ?? { until: issue.displayedUntil ?? issue.due };
  return {
    body: office.pack.office,
    no: issue.no,
    title: open(issue.title),
    county: office.heirOn(issue.regionId, context.today).name,
    unit: unit === null ? null : open(unit),
    place: open([issue.town, issue.place].filter(Boolean).join("")),
    due: dueWords(issue.due),
    measures: open(before.findLast(({ step }) => step === submit.id)?.text ?? "已整改到位"),
    from: dayWords(event.at, context),
    until: dueWords(until),
    term,
    date: dayWords(event.at, context),
  };
}

/** The same as plain text, to be copied into a web page or a newspaper. */
export function displayText(notice: Omit<DisplayNotice, "marks">): string {
  const { title, parts } = displayParts({ ...notice, marks: [] });
  return [
    title,
    ...parts.flatMap(({ head, lines }, i) => [`${"一二三四"[i]}、${head}`, ...lines]),
    notice.body,
    notice.date,
  ].join("\n");
}
