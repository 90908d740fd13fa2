import { isUnplaced } from "../chat/access.ts";
import { type Holder, inEachPost } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";

/**
 * Short names of the counties whose towns somebody sees in full, by all of their posts: their own, of a town that of its county.
 * Null: all of them.
 */
export function ownCounties(
  person: Holder,
  office: Office,
  today: Temporal.PlainDate,
): readonly string[] | null {
  const posts = inEachPost(person);
  if (posts.some(({ regionId }) => regionId === null)) return null;
  return [
    ...new Set(
      posts.flatMap((post) =>
        post.regionId === null || isUnplaced(post, office, today)
          ? []
          : [office.heirOn(post.regionId, today).short],
      ),
    ),
  ];
}
