import type { RequestListener } from "node:http";
import { App, HTTPReceiver } from "@slack/bolt";
import { silent } from "../src/platforms/slack/calls.ts";
import { startSlack } from "../src/platforms/slack/start.ts";
import { strollingClock } from "../test/support/slack/clock.ts";
import { TEAM } from "../test/support/slack/memory.ts";
import { listen } from "./listen.ts";
import { addMembers } from "./members.ts";
import { benchOffice } from "./office.ts";
import { outside } from "./outside.ts";
import { ACK_AIMS, type Finding, halfAndNearlyAll, roundsOf, type Size } from "./side-by-side.ts";
import type { SlackOutside } from "./slack-outside.ts";

const TOKEN = "xoxb-bench-0-0";
const SECRET = "bench-signing-secret";
/** As many as one burst brings, so that nobody has anything else waiting. */
const MEMBERS = 20;

/**
 * A signed slash command until Slack's side has the acknowledgement: through the whole bot, which verifies, commits and
 * only then acknowledges, against a bare Bolt app that verifies and acknowledges.
 */
export async function slackAck(size: Size): Promise<Finding[]> {
  const slack = outside<SlackOutside>("slack-outside.ts");
  const { apiUrl, users } = await slack.ask("open", { token: TOKEN, members: MEMBERS, hurried: false });
  const { bot, close } = await benchOffice();
  await addMembers(bot, "slack", TEAM, users);
  const onFault = (error: unknown) => {
    throw error;
  };
  const settings = { botToken: TOKEN, signingSecret: SECRET, appToken: null, apiUrl };
  // Nobody asks so often as these do: each would be told to slow down.
  const running = await startSlack(bot, settings, { onFault, machineNow: strollingClock() });
  if (running.mount === null) throw new Error("nothing is mounted");
  const { path, listener } = running.mount;
  const [ours, reference] = [await listen(listener, path), await listen(bareBolt(), path)];

  const to = { ours: ours.url, reference: reference.url, secret: SECRET };
  const alone = await slack.ask("commands", { ...to, atOnce: 1, ...roundsOf(size, 80, 240) });
  const together = await slack.ask("commands", { ...to, atOnce: MEMBERS, ...roundsOf(size, 2, 15) });

  await running.stop();
  for (const server of [ours, reference]) server.close();
  slack.close();
  close();
  return [
    ...halfAndNearlyAll("Slack command to ack / bare Bolt", alone, ACK_AIMS),
    ...halfAndNearlyAll(`${MEMBERS} Slack commands at once to ack / bare Bolt`, together, ACK_AIMS),
  ];
}

/** An app whose only handler acknowledges. */
function bareBolt(): RequestListener {
  const receiver = new HTTPReceiver({ signingSecret: SECRET, logger: silent });
  const app = new App({
    receiver,
    token: TOKEN,
    botId: "B0BOT",
    botUserId: "U0BOT",
    tokenVerificationEnabled: false,
    logger: silent,
  });
  app.command(/.*/, ({ ack }) => ack());
  return receiver.requestListener;
}
