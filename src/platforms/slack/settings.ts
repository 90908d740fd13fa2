import { z } from "zod";
import { variable } from "../kit/settings.ts";

export type SlackSettings = {
  botToken: string;
  /** Requests over HTTP are verified by it; not needed in Socket Mode. */
  signingSecret: string | null;
  /** Set: Socket Mode, and nothing listens. */
  appToken: string | null;
  /** Another Slack than slack.com: a local one. */
  apiUrl: string | null;
};

/** How Slack is reached. Null while no bot token is set. */
export const slackSettings = z
  .object({
    SLACK_BOT_TOKEN: variable.describe("the bot's token, xoxb-…; setting it opens Slack"),
    SLACK_SIGNING_SECRET: variable.describe("over HTTP: what Slack signs its requests with"),
    SLACK_APP_TOKEN: variable.describe("Socket Mode: the app's token, xapp-…; no port is opened"),
    SLACK_API_URL: variable.describe("another Slack than slack.com, for tests"),
  })
  .transform((v, context): SlackSettings | null => {
    if (v.SLACK_BOT_TOKEN === null) return null;
    if (v.SLACK_SIGNING_SECRET === null && v.SLACK_APP_TOKEN === null)
      context.addIssue({
        code: "custom",
        path: ["SLACK_BOT_TOKEN"],
        message: "alone is not enough: set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)",
      });
    return {
      botToken: v.SLACK_BOT_TOKEN,
      signingSecret: v.SLACK_SIGNING_SECRET,
      appToken: v.SLACK_APP_TOKEN,
      apiUrl: v.SLACK_API_URL,
    };
  });
