import type { Context } from "../chat/command.ts";
import type { Writer } from "../store/store.ts";
import { beginPost } from "./change-post.ts";
import { askAboutDissolved } from "./dissolved.ts";
import { endLapsedErasures } from "./erasure-asked.ts";
import { beginStandIn, endStandIn } from "./stand-in.ts";

/**
 * What a new day brings for people: posts and stand-ins that begin and end with it, and people whose region is no more. In the
 * caller's transaction.
 */
export async function turnDay(context: Context<Writer>): Promise<void> {
  const { store, today, now } = context;
  const day = today.toString();
  const written = (act: string, personId: number, detail: object) =>
    store.audit.append({
      at: now.epochMilliseconds,
      personId: null,
      actor: "定时任务",
      act,
      subject: `person:${personId}`,
      outcome: "done",
      detail: { ...detail },
    });
  for (const row of await store.standIns.toEnd(day)) {
    await endStandIn(row, "请假到期", context);
    await written("stand-in.end", row.personId, { by: row.byId, to: row.to });
  }
  for (const row of await store.posts.toEnd(day)) {
    await store.posts.end([row.id], row.to ?? day);
    await written("post.end", row.personId, { role: row.role, regionId: row.regionId, to: row.to });
  }
  for (const row of await store.posts.toBegin(day)) {
    await beginPost(row, context);
    const { role, regionId, departmentId, main, from } = row;
    await written("post.begin", row.personId, { role, regionId, departmentId, main, from });
  }
  for (const row of await store.standIns.toBegin(day)) {
    await beginStandIn(row, context);
    await written("stand-in.begin", row.personId, { by: row.byId, from: row.from, to: row.to });
  }
  await endLapsedErasures(context);
  await askAboutDissolved(context);
}
