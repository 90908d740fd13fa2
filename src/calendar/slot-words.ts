import type { Context } from "../chat/command.ts";
import { shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { nameOfBoth } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import type { JobSlot } from "./job-slots.ts";

/** 6月22日 09:00 */
export const slotTime = (at: EpochMs, office: Office): string =>
  shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));

/**
 * Whether a holiday has moved a slot that nobody has moved by hand. A job of the nth working day is planned for no day that it
 * could be moved from.
 */
export function isShifted({ job, slot, due, move, run }: JobSlot, office: Office): boolean {
  if (!("cron" in job.when)) return false;
  const dayOf = (at: EpochMs) => office.today(Temporal.Instant.fromEpochMilliseconds(at));
  return move === null && run?.state !== "by-hand" && !dayOf(slot).equals(dayOf(due));
}

type Around = Pick<Context<Reader>, "store" | "office" | "now">;

/**
 * What has become of a slot, or will, and why: for the office with who said so and how many it went to; for others what they
 * notice of it.
 */
export async function slotWords(one: JobSlot, forOffice: boolean, around: Around): Promise<string> {
  const { office } = around;
  const words = [...(await stateWords(one, forOffice, around))];
  if (isShifted(one, office))
    words.push(`原定${slotTime(one.slot, office)}，逢放假${one.due > one.slot ? "顺延" : "提前"}`);
  else if (one.move !== null && one.run?.state !== "by-hand") {
    const was = slotTime(one.regular ?? one.slot, office);
    const by = forOffice ? `，${await nameOf(one.move.movedBy, around)}：${one.move.reason}` : "";
    words.push(`由${was}改期${by}`);
  }
  return words.join("；");
}

async function stateWords(
  { job, run, pause, slot }: JobSlot,
  forOffice: boolean,
  around: Around,
): Promise<readonly string[]> {
  const { office } = around;
  const why = pause === null || !forOffice ? "" : `（${pause.reason}）`;
  if (run === null) {
    if (pause === null) return [job.drafts ? "待拟稿" : "待发"];
    const until =
      pause.until === null ? "" : `到${pause.until.slice(5).replace(/^0?(\d+)-0?(\d+)$/, "$1月$2日")}`;
    return [`暂停${until}，届时不发${why}`];
  }
  const count = forOffice ? `，${run.deliveries}份` : "";
  const by =
    run.byId === null || !forOffice
      ? ""
      : `，${await nameOf(run.byId, around)}${run.reason === null ? "" : `：${run.reason}`}`;
  const at = slotTime(run.at, office);
  switch (run.state) {
    case "ran":
      return [job.drafts ? "已拟稿送审" : `已发${count}`];
    case "caught-up":
      return [`停运后${at}补发${count}`];
    case "skipped":
      return ["停运期间到点，未发"];
    case "paused":
      return [`暂停期间到点，未发${why}`];
    case "resent":
      return [`${at}补发${count}${by}`];
    case "by-hand":
      return [`提前执行${slotTime(slot, office)}一期${count}${by}`];
    default:
      return run.state satisfies never;
  }
}

/** Who it was, whatever has become of them since. */
async function nameOf(id: number, { store }: Pick<Around, "store">): Promise<string> {
  const person = await store.people.byId(id);
  return person === null ? "市办" : nameOfBoth(person.name, person.behalf);
}
