import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { TelegramServer } from "telegram-test-api/lib/telegramServer.js";
import { expect, onTestFinished, test } from "vitest";
import { deliverDue } from "../../../src/delivery/worker.ts";
import { startTelegram } from "../../../src/platforms/telegram/start.ts";
import { anOffice } from "../../support/office.ts";
import { until } from "../../support/until.ts";

const TOKEN = "42:an-independent-peer-0123456789abcdef";
const USER = 77;

/** The package takes no port of its own choice. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** What stands in the chat, as somebody else's Telegram understood it. */
type Shown = {
  text: string;
  reply_markup?: { inline_keyboard: { text: string; callback_data: string }[][] };
};

test("before a Telegram that we didn't write: a command, a press on its inline keyboard, and the card redrawn in place", async () => {
  const server = new TelegramServer({ host: "127.0.0.1", port: await freePort(), storeTimeout: 60 });
  await server.start();
  const office = await anOffice();
  const { bot } = office;
  const person = await bot.store.read((r) => r.people.byName("海安联络员"));
  await bot.store.write(({ people }) =>
    people.bind(person?.id ?? 0, { platform: "telegram", workspace: "", userKey: String(USER) }, 0),
  );
  bot.report = () => undefined;
  const config = { token: TOKEN, apiRoot: server.config.apiURL, webhook: null };
  const running = await startTelegram(bot, config, { second: 20 });
  onTestFinished(async () => {
    await running.stop();
    await server.stop();
    office.close();
  });

  const client = server.getClient(TOKEN, { userId: USER, chatId: USER, type: "private", timeout: 10_000 });
  const shown = (): Shown[] => server.storage.botMessages.map(({ message }) => message as Shown);
  const comes = (what: string, holds: () => boolean) =>
    until(
      async () => {
        if (!holds()) await deliverDue(bot, [running.door]);
        return holds();
      },
      () => what,
    );
  const buttonOf = (message: Shown | undefined, label: string) =>
    message?.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label)?.callback_data;

  const { facts } = await office.says("市办", "交办 海安 “独立对端”");
  await client.sendCommand(client.makeCommand(`/issue ${facts.issue.no}`));
  await comes("the card", () => shown().length === 1);
  const [card] = shown();
  expect(card?.text).toContain("独立对端");
  const data = buttonOf(card, "签收");
  expect(data).toMatch(/^p:[\w-]{22}$/);

  await client.sendCallback(client.makeCallbackQuery(data ?? "", { message: { message_id: 1 } as never }));
  await comes("the answer", () => shown().length === 2);
  await comes("the first card redrawn", () => buttonOf(shown()[0], "签收") === undefined);
  expect(shown()[1]?.text).toContain("已签收");
  expect((await bot.store.read((r) => r.issues.byNo(facts.issue.no)))?.acknowledgedAt).not.toBeNull();
});
