import { type Paced, paceOf, type Timing } from "../kit/pace.ts";

/** About one message a second and channel, four a second in all: below what Slack grants, also for bursts. */
const CHANNEL_MS = 1050;
/** What all edits together are paced by: Slack grants fifty a minute, in whatever channels. */
export const EDITS = "chat.update";
const EDIT_MS = 1200;

/** The pace of sending to Slack. */
export type SlackPace = ReturnType<typeof slackPace>;

export function slackPace(timing: Timing) {
  const pace = paceOf(
    {
      gap: (channel) => (channel === EDITS ? EDIT_MS : CHANNEL_MS),
      all: { count: 4, within: 1000 },
      first: EDITS,
      short: 300,
      patience: 60_000,
    },
    timing,
  );
  /** Takes the next turn on a channel and waits until it has come. */
  const turn = (channel: string, what: Paced = "answer") => pace.inTurn(channel, async () => undefined, what);
  return { ...pace, turn };
}
