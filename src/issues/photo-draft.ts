import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import type { Refusal } from "../chat/refusal.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Place } from "../office/office.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { placeAlbum } from "./attach.ts";
import { placeIn } from "./caption.ts";
import { issueCard } from "./card.ts";
import { draft } from "./create.ts";
import { usualDue } from "./terms.ts";

/** Who looks at places and writes down what they find. */
export const mayDraft = (person: Person): boolean =>
  holdsRole(person, "office", "supervision", "station-chief");

/** What is known of a problem that somebody has seen: in words, and the county and town where they name one. */
type Seen = { title: string; county?: Place | undefined; town?: string | undefined };

/** A photo with words becomes a problem that the office decides about. In the caller's transaction. */
export async function draftFrom(
  evidence: Evidence,
  seen: Seen,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const issue = await draftSeen(seen, person, context);
  const refusal = await placeAlbum(evidence, issue, "before", person, context);
  return refusal ?? draftedCard(issue, person, context);
}

/** A draft as whoever wrote it down is answered. */
export const draftedCard = (issue: Issue, person: Person, context: Context<Writer>): Promise<Card> =>
  issueCard(issue, person, context, { title: `已登记，待市办交办：${issue.no}` });

/**
 * What somebody has seen becomes a problem that the office decides about, in the county that is named, else in the one that
 * the words name, else in their own. In the caller's transaction.
 */
export async function draftSeen(
  { title, county, town }: Seen,
  person: Person,
  context: Context<Writer>,
): Promise<Issue> {
  const { office, names, today } = context;
  const named = county ?? placeIn(title, names);
  const department = office.pack.departments.find((d) =>
    [d.name, d.short, ...d.aliases].some((n) => n.length > 2 && title.includes(n)),
  );
  const category = office.pack.settings.issues.categories.find((c) => title.includes(c.name))?.name ?? null;
  const level = "一般";
  return draft(
    {
      title: Array.from(title).slice(0, MAX_TITLE).join(""),
      source: holdsRole(person, "station-chief") ? "点位长巡查" : "部门督查",
      level,
      category,
      town: town ?? null,
      regionId: named ? office.heirOf(named, today).id : (person.regionId ?? office.city.id),
      departmentId: department?.id ?? null,
      due: usualDue({ category, level }, office, today) ?? today.add({ days: 15 }),
    },
    person,
    context,
  );
}

const MAX_TITLE = 200;
