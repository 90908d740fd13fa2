import type { Context } from "../../chat/command.ts";
import type { IssueId } from "../../domain/ids.ts";
import { isEnd } from "../../domain/issues/states.ts";
import { type ExposureGap, exposureGap } from "../../domain/papers/exposure-rule.ts";
import { holdsRole } from "../../domain/posts.ts";
import { relationTo } from "../../issues/relation.ts";
import type { Exposure } from "../../store/exposures.ts";
import type { Issue } from "../../store/issues.ts";
import type { OfficialPaperRow } from "../../store/official-papers.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";

/** The kind of paper that makes problems public, as papers and their tables know it. */
export const EXPOSURE = "exposure";

/** What of it is said to people. */
export const EXPOSURE_GAPS: Readonly<Record<ExposureGap, string>> = {
  over: "问题已不用整改，请撤下",
  "no-picture": "还没有选照片",
  "not-informed": "还没有告知属地",
  "may-object": "属地还可以提出异议",
  objection: "属地有异议，请答复或撤下",
  struck: "已撤下",
};

/** A problem on its way into the newspaper, with its issue and the paper that it is part of. */
export type ExposureItem = { exposure: Exposure; issue: Issue; paper: OfficialPaperRow | null };

type Around = Pick<Context<Reader>, "store" | "today">;

/** Papers of this kind that weren't withdrawn, with the problems that each is made of. */
async function papersByItem(store: Reader): Promise<ReadonlyMap<number, OfficialPaperRow>> {
  const { rows } = await store.officialPapers.list({ kinds: [EXPOSURE] }, MOST_PAPERS);
  const living = rows.filter(({ state }) => state !== "withdrawn");
  return new Map(
    living.toReversed().flatMap((row) => {
      const { items } = JSON.parse(row.about) as { items: readonly number[] };
      return items.map((id) => [id, row] as const);
    }),
  );
}

/** Papers of this kind that are looked through: years of them. */
const MOST_PAPERS = 200;

/** These problems, each with its issue and its paper. */
async function itemsOf(exposures: readonly Exposure[], store: Reader): Promise<ExposureItem[]> {
  const papers = await papersByItem(store);
  const items: ExposureItem[] = [];
  for (const exposure of exposures) {
    const issue = await store.issues.byId(exposure.issueId);
    if (issue !== null) items.push({ exposure, issue, paper: papers.get(exposure.id) ?? null });
  }
  return items;
}

/** Every problem that was chosen and not struck, in the order in which that was done. */
export const exposureItems = async ({ store }: Pick<Around, "store">): Promise<ExposureItem[]> =>
  itemsOf(await store.exposures.all(), store);

/** What was chosen of an issue; null when it is struck or was never chosen. */
export async function exposureOfIssue(
  issueId: IssueId,
  { store }: Pick<Around, "store">,
): Promise<ExposureItem | null> {
  const exposure = await store.exposures.ofIssue(issueId);
  return exposure === null ? null : ((await itemsOf([exposure], store))[0] ?? null);
}

/** Why a problem can't be printed yet; null when it can. What was printed can be corrected after it was mended, too. */
export function gapOf(item: ExposureItem, { today }: Pick<Around, "today">): ExposureGap | null {
  const { exposure, issue, paper } = item;
  const over = isEnd(issue.state) && !isExposed(item) && (paper === null || paper.corrects === null);
  return exposureGap({ ...exposure, pictures: exposure.pictures.length, over }, today.toString());
}

/** Whether somebody has to mend it: an order that wasn't given, or was settled, is nothing to make public. */
export const isExposable = ({ state }: Pick<Issue, "state">): boolean => state !== "draft" && !isEnd(state);

/** Whether a person speaks for the county of a problem. */
export const speaksForCounty = (issue: Issue, person: Person, context: Context<Reader>): boolean =>
  holdsRole(person, "county-lead", "county-liaison") &&
  ["lead", "liaison"].includes(relationTo(issue, person, context.office, context.today));

/** Whether it stands in the newspaper. */
export const isExposed = ({ paper }: Pick<ExposureItem, "paper">): boolean =>
  paper?.state === "issued" || paper?.state === "corrected";

/** One of them; null when it is struck or was never chosen. */
export async function exposureItem(
  id: number,
  { store }: Pick<Around, "store">,
): Promise<ExposureItem | null> {
  const exposure = await store.exposures.byId(id);
  if (exposure === null || exposure.state === "struck") return null;
  return (await itemsOf([exposure], store))[0] ?? null;
}
