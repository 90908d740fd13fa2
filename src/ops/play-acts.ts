import { demoActs } from "../../seeds/demo/acts.ts";
import type { DemoAct } from "../../seeds/demo/demo-act.ts";
import type { Lantian, Speaker } from "../bot/lantian.ts";
import { ask, press } from "../bot/router.ts";
import type { DrawnButton, DrawnCard } from "../chat/card.ts";
import terminal from "../platforms/terminal/provider.ts";
import webConsole from "../platforms/web/provider.ts";

export type ActAt = DemoAct & { instant: Temporal.Instant };

/** What the demonstration's people do after one instant and no later than another. */
export function actsBetween(
  { office: { pack } }: Pick<Lantian, "office">,
  after: Temporal.Instant,
  to: Temporal.Instant,
): ActAt[] {
  return demoActs(pack)
    .map((act) => ({
      ...act,
      instant: Temporal.PlainDateTime.from(act.at).toZonedDateTime(pack.timeZone).toInstant(),
    }))
    .filter(
      ({ instant }) =>
        Temporal.Instant.compare(instant, after) > 0 && Temporal.Instant.compare(instant, to) <= 0,
    );
}

/**
 * Somebody does what they would do at this time. In a demonstration that others have used it may no longer be there to be done:
 * then it is left.
 */
export async function doAct(bot: Lantian, act: DemoAct): Promise<void> {
  const person = await bot.store.read((r) => r.people.byName(act.who));
  if (!person?.active) return;
  const identity = { platform: terminal.name, workspace: "", userKey: act.who };
  const speaker: Speaker = { identity, person };
  const cards =
    act.says === undefined ? await sentTo(bot, person.id) : await answered(bot, speaker, act.says);
  const button = cards.flatMap(({ buttons }) => buttons).find(({ label }) => label.startsWith(act.press));
  if (button?.kind === "press") await press(bot, speaker, button.token, { ...filledIn(button), ...act.fill });
}

async function answered(bot: Lantian, speaker: Speaker, says: string): Promise<DrawnCard[]> {
  const { answer } = await ask(bot, speaker, says);
  return "card" in answer ? [answer.card] : [];
}

const LOOKED_AT = 20;

/** The newest cards that somebody was sent, the newest first. */
async function sentTo(bot: Lantian, personId: number): Promise<DrawnCard[]> {
  const rows = await bot.store.read((r) => r.messages.history(webConsole.name, { personId }, LOOKED_AT));
  return rows.flatMap(({ card }) => (card === null ? [] : [JSON.parse(card) as DrawnCard])).reverse();
}

const filledIn = (button: Extract<DrawnButton, { kind: "press" }>): Record<string, string> =>
  Object.fromEntries(button.fields.flatMap(({ name, value }) => (value ? [[name, String(value)]] : [])));
