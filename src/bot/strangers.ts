import type { EpochMs } from "../domain/ids.ts";
import { accountSubject } from "../office/invitation.ts";
import type { Writer } from "../store/store.ts";
import type { Lantian, Speaker } from "./lantian.ts";
import { ifSaved } from "./unsaved.ts";

/** Strangers of a day who get a row of their own in the audit; beyond it tries are only counted. */
const ROWS_A_DAY = 20;
const ACT = "stranger";

/** Notes that somebody who isn't a member has tried: one row for each of the day's first, and a count of all. */
export async function noteStranger(
  bot: Pick<Lantian, "store" | "clock" | "office">,
  { identity }: Speaker,
): Promise<void> {
  const now = await bot.clock.now();
  const at = now.epochMilliseconds;
  const local = bot.office.local(now);
  const midnight = local.startOfDay().epochMilliseconds as EpochMs;
  const subject = accountSubject(identity);
  const note = async ({ strangers, audit }: Writer) => {
    await strangers.count(local.toPlainDate().toString(), identity.platform);
    const today = await audit.denied(ACT, midnight - 1, at);
    if (today.length >= ROWS_A_DAY || today.some((row) => row.subject === subject)) return;
    const detail = { why: "not linked" };
    await audit.append({ at, personId: null, actor: "陌生人", act: ACT, subject, outcome: "denied", detail });
  };
  await ifSaved(bot.store, () => bot.store.write(note));
}
