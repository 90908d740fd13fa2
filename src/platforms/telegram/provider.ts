import { provider } from "../kit/chat-platform.ts";
import { telegramSettings } from "./settings.ts";

export default provider({
  name: "telegram",
  words: { name: "Telegram" },
  settings: telegramSettings,
  guide: "docs/telegram.md",
  async open(bot, settings) {
    const { startTelegram } = await import("./start.ts");
    return startTelegram(bot, settings);
  },
  async probe(settings) {
    const { probeTelegram } = await import("./probe.ts");
    return probeTelegram(settings);
  },
});
