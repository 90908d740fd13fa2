import type { Context } from "../chat/command.ts";
import { EXEMPTION_BASES, exemptionAmong, exemptionStateWords } from "../domain/enterprises/exemption.ts";
import type { Enterprise } from "../store/enterprises.ts";
import type { Reader } from "../store/store.ts";
import { exemptionDays } from "./exemption-card.ts";

/** What the list of exemptions has of an enterprise now: the entry that holds, or else the newest whose days aren't over. */
export async function ownExemption(
  { id, name }: Pick<Enterprise, "id" | "name">,
  { store, now, today }: Pick<Context<Reader>, "store" | "now" | "today">,
): Promise<{ no: number; holds: boolean; state: string; words: string } | null> {
  const day = today.toString();
  const entries = await store.exemptions.of({ name, enterpriseId: id });
  const holding = exemptionAmong(entries, now.epochMilliseconds, day);
  const one = holding ?? entries.findLast(({ state, to }) => state !== "refused" && day <= to);
  if (one === undefined) return null;
  const state = exemptionStateWords(one, day);
  const terms = `${EXEMPTION_BASES[one.basis]}，${exemptionDays(one)}`;
  const words = holding === null ? `${state}（${terms}）` : terms;
  return { no: one.id, holds: holding !== null, state, words };
}
