import { undrawn } from "../src/bot/draw.ts";
import type { Card } from "../src/chat/card.ts";
import { fixedClock } from "../src/clock.ts";
import { deliverDue } from "../src/delivery/worker.ts";
import { drawMessages } from "../src/platforms/slack/blocks.ts";
import { slackDoor } from "../src/platforms/slack/door.ts";
import { openWorkspace } from "../src/platforms/slack/workspace.ts";
import { leapingClock, strollingClock } from "../test/support/slack/clock.ts";
import { TEAM } from "../test/support/slack/memory.ts";
import { addMembers, queueNotices, weeklyNotice } from "./members.ts";
import { benchOffice } from "./office.ts";
import { outside } from "./outside.ts";
import { type Finding, median, roundsOf, type Size, takingTurns } from "./side-by-side.ts";
import type { SlackOutside } from "./slack-outside.ts";

const TOKEN = "xoxb-bench-0-0";
const BATCH = 50;

/**
 * CPU of this process for one notice from the outbox into Slack, against a bare fetch of the same message with one commit
 * that notes it as sent. Slack is another process, so that its work is nobody's here.
 */
export async function messageCpu(size: Size): Promise<Finding[]> {
  const slack = outside<SlackOutside>("slack-outside.ts");
  const { apiUrl, users, channels } = await slack.ask("open", {
    token: TOKEN,
    members: BATCH,
    hurried: true,
  });
  const { bot: demonstration, raw, close } = await benchOffice();
  // A demonstration's clock is a row of its database, and each look at it a read that no office at work makes.
  const bot = { ...demonstration, clock: fixedClock(await demonstration.clock.now()) };
  const card = await weeklyNotice(bot);
  const people = await addMembers(bot, "slack", TEAM, users);
  // The limits would only hold notices until later, and what they cost is a notice's work, not its waiting.
  const timing = { ...leapingClock(), now: strollingClock() };
  const settings = { botToken: TOKEN, apiUrl, timeoutMs: 10_000, timing };
  const door = slackDoor(await openWorkspace(bot, settings));

  const ours = async () => {
    await queueNotices(bot, card, people);
    return cpuPerMessage(async () => {
      const sent = await deliverDue(bot, [door], timing.now);
      if (sent !== BATCH) throw new Error(`${sent} of ${BATCH} sent`);
    });
  };
  const bodies = channels.map((channel) => bodyOf(channel, card as Card));
  const note = raw.prepare("update outbox set sent_at = ? where id = (select max(id) from outbox)");
  const reference = () =>
    cpuPerMessage(async () => {
      for (const body of bodies) {
        const response = await fetch(`${apiUrl}chat.postMessage`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${TOKEN}`,
            "content-type": "application/x-www-form-urlencoded",
          },
          body,
        });
        const { ok } = (await response.json()) as { ok: boolean };
        if (!ok) throw new Error("not posted");
        note.run(Date.now());
      }
    });
  const { warmUp, rounds } = roundsOf(size, 4, 12);
  const { ours: cpu, reference: least } = await takingTurns(ours, reference, { warmUp, rounds });
  const accepted = await slack.ask("accepted", undefined);
  if (accepted !== 2 * BATCH * (warmUp + rounds)) throw new Error(`Slack has ${accepted} messages`);
  slack.close();
  close();
  return [
    {
      name: "CPU of a notice / a fetch and a commit",
      aim: 3,
      unit: "ms",
      ours: median(cpu),
      reference: median(least),
    },
  ];
}

/** The message as Slack is sent it, drawn beforehand. */
function bodyOf(channel: string, card: Card): string {
  const [message] = drawMessages(undrawn(card, { demo: true, at: 0 }), 1);
  const { text = "", blocks } = message ?? {};
  return new URLSearchParams({ channel, text, blocks: JSON.stringify(blocks) }).toString();
}

/** ms of CPU, the kernel's share included. */
async function cpuPerMessage(send: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await send();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / BATCH;
}
