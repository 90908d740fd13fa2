import { scopeOf } from "../chat/access.ts";
import { inEachPost } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { IssueFilter } from "../store/issues.ts";
import type { Person } from "../store/people.ts";

/** Which issues lie within somebody's posts, as lists are asked for them: of a post's place, or of its department. */
export function ownIssues(
  person: Person,
  office: Office,
  today: Temporal.PlainDate,
): Pick<IssueFilter, "regions" | "departmentId" | "within"> {
  const posts = inEachPost(person);
  if (posts.some((post) => post.regionId === null && post.departmentId === null)) return {};
  const regions = [...new Set(posts.flatMap((post) => scopeOf(post, office, today) ?? []))];
  const departments = [...new Set(posts.flatMap(({ departmentId }) => departmentId ?? []))];
  const [departmentId] = departments;
  if (departmentId === undefined) return { regions };
  if (regions.length === 0 && departments.length === 1) return { departmentId };
  return { within: { regions, departments } };
}
