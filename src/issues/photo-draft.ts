import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import type { Refusal } from "../chat/refusal.ts";
import type { Place } from "../office/office.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { albumOf, placeAlbum } from "./attach.ts";
import { placeIn } from "./caption.ts";
import { issueCard } from "./card.ts";
import { draft } from "./create.ts";
import { usualDue } from "./terms.ts";

/** Who looks at places and writes down what they find. */
export const mayDraft = ({ role }: Person): boolean =>
  role === "office" || role === "supervision" || role === "station-chief";

/**
 * A photo with words becomes a problem that the office decides about, in the `county` that is named, else in the one that
 * the words name, else in the sender's own. In the caller's transaction.
 */
export async function draftFrom(
  evidence: Evidence,
  { title, county }: { title: string; county?: Place | undefined },
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { office, names, today } = context;
  const named = county ?? placeIn(title, names);
  const department = office.pack.departments.find((d) =>
    [d.name, d.short, ...d.aliases].some((n) => n.length > 2 && title.includes(n)),
  );
  const category = office.pack.settings.issues.categories.find((c) => title.includes(c.name))?.name ?? null;
  const level = "一般";
  const issue = await draft(
    {
      title: Array.from(title).slice(0, MAX_TITLE).join(""),
      source: "部门督查",
      level,
      category,
      regionId: named ? office.heirOf(named, today).id : (person.regionId ?? office.city.id),
      departmentId: department?.id ?? null,
      due: usualDue({ category, level }, office, today) ?? today.add({ days: 15 }),
    },
    person,
    context,
  );
  const refusal = await placeAlbum(evidence, issue, "before", person, context);
  return refusal ?? issueCard(issue, person, context, { title: `已登记，待市办交办：${issue.no}` });
}

const MAX_TITLE = 200;

/** The draft that another picture of the same album has become: an album shows one problem. */
export async function draftOfAlbum(evidence: Evidence, person: Person, context: Context<Writer>) {
  for (const { issueId } of await albumOf(evidence, person, context)) {
    const issue = issueId === null ? null : await context.store.issues.byId(issueId);
    if (issue?.state === "draft" && issue.createdBy === person.id) return issue;
  }
  return null;
}
