import { deliverDue } from "../src/delivery/worker.ts";
import { slackDoor } from "../src/platforms/slack/door.ts";
import { slackPace } from "../src/platforms/slack/pace.ts";
import { openWorkspace } from "../src/platforms/slack/workspace.ts";
import { leapingClock } from "../test/support/slack/clock.ts";
import { TEAM } from "../test/support/slack/memory.ts";
import { localSlack } from "../test/support/slack/server.ts";
import { addMembers, queueNotices, weeklyNotice } from "./members.ts";
import { benchOffice } from "./office.ts";
import { type Finding, type Size, sized } from "./side-by-side.ts";

const TOKEN = "xoxb-bench-0-0";

/** A thousand notices through the outbox into Slack, against the time that the pace we keep takes anyway. */
export async function fanOut(size: Size): Promise<Finding[]> {
  const messages = sized(size, 1000, 20);
  return [await spread(messages, 1), await spread(messages, 10)];
}

async function spread(messages: number, each: number): Promise<Finding> {
  const { bot, raw, close } = await benchOffice();
  // Only the waiting is skipped: work takes the time that it takes.
  const clock = leapingClock(Date.now);
  const slack = await localSlack({ token: TOKEN, now: clock.now });
  const users = Array.from({ length: messages / each }, (_, i) => slack.addUser(`U${i}`));
  const card = await weeklyNotice(bot);
  const people = await addMembers(bot, "slack", TEAM, users);
  await queueNotices(
    bot,
    card,
    people.flatMap((id) => Array<number>(each).fill(id)),
  );
  const settings = { botToken: TOKEN, apiUrl: slack.apiUrl, timeoutMs: 10_000, timing: clock };
  const door = slackDoor(await openWorkspace(bot, settings));
  clock.watch(door);
  const next = raw
    .prepare(
      "select min(next_attempt_at) from outbox where state in ('pending', 'ambiguous') and key like 'bench/%'",
    )
    .pluck();

  const start = clock.now();
  let sent = 0;
  while (sent < messages) {
    sent += await deliverDue(bot, [door], clock.now);
    // The timer comes back when the first of those who wait has its turn.
    clock.leapTo((next.get() as number | null) ?? 0);
  }
  const posts = slack.calls.filter((call) => call.method === "chat.postMessage");
  const took = (posts.at(-1)?.at ?? Number.NaN) - start;
  if (posts.length !== messages || slack.refusals.length > 0)
    throw new Error(`${posts.length} posts for ${messages} messages; ${slack.refusals.join("; ")}`);
  await slack.close();
  close();
  const count = (n: number) => n.toLocaleString("en");
  const row = each === 1 ? "" : `, ${each} in a row`;
  const name = `fan-out of ${count(messages)} to ${count(users.length)} people${row} / the pace`;
  return { name, unit: "s", ours: took / 1000, reference: (await paced(users, each)) / 1000, aim: 1.1 };
}

/** ms that our own pace takes for so many messages to each channel when nothing but the pace costs time: one round after another. */
async function paced(channels: readonly string[], each: number): Promise<number> {
  const clock = leapingClock(() => 0);
  const pace = slackPace(clock);
  for (let round = 0; round < each; round++) for (const channel of channels) await pace.turn(channel);
  return clock.now();
}
