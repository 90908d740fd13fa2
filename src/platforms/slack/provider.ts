import { provider } from "../kit/chat-platform.ts";
import { slackSettings } from "./settings.ts";

export default provider({
  name: "slack",
  words: { name: "Slack" },
  readsBack: true,
  settings: slackSettings,
  guide: "docs/slack.md",
  async open(bot, settings, tools) {
    const { startSlack } = await import("./start.ts");
    return startSlack(bot, settings, tools);
  },
  async probe(settings) {
    const { probeSlack } = await import("./probe.ts");
    return probeSlack(settings);
  },
});
