import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { readConfig } from "../../../../src/config.ts";
import { deliverDue } from "../../../../src/delivery/worker.ts";
import { boot } from "../../../../src/ops/boot.ts";
import { startTelegram } from "../../../../src/platforms/telegram/start.ts";
import { webDoor } from "../../../../src/platforms/web/door.ts";
import { demonstration } from "../../demonstration.ts";
import { startTelegramServer } from "../server.ts";
import { pageOf } from "./page.ts";

/** How often what waits is sent, ms. */
const ROUND = 300;
/** Numbers of the demonstration's people in this Telegram; a stranger has one below. */
const FIRST_USER = 1_001;

/**
 * Starts the strict local Telegram, the bot beside it on a new demonstration database, an account of everybody of the
 * demonstration, one of a stranger, and the page on loopback. `second` is the length of a second in ms.
 */
export async function startTrying({
  port,
  second = 1_000,
}: {
  port: number;
  second?: number;
}): Promise<{ url: string; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "lantian-try-telegram-"));
  const file = join(folder, "lantian.db");
  writeFileSync(file, (await demonstration()).bytes, { mode: 0o600 });
  const { bot } = await boot(readConfig({ DATABASE_URL: file, LOG_LEVEL: "error" }));
  const telegram = await startTelegramServer({ second });
  const users = new Map<string, number>();
  await bot.store.write(async ({ people }) => {
    for (const { id, name } of await people.all()) {
      const user = FIRST_USER + users.size;
      users.set(name, user);
      await people.bind(id, { platform: "telegram", workspace: "", userKey: String(user) }, 0);
      await people.pushTo(id, "telegram");
    }
  });
  users.set("陌生人", FIRST_USER - 1);

  const config = { token: telegram.token, apiRoot: telegram.apiRoot, webhook: null };
  const running = await startTelegram(bot, config, { second });
  const doors = [running.door, webDoor(bot)];
  let round: Promise<unknown> = Promise.resolve();
  const rounds = setInterval(() => {
    round = round
      .then(() => deliverDue(bot, doors))
      .catch((error: unknown) => bot.report(error, "try-telegram"));
  }, ROUND);

  const server = createServer(getRequestListener(pageOf(telegram, users).fetch));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      clearInterval(rounds);
      await running.stop();
      await round;
      server.closeAllConnections();
      server.close();
      await telegram.close();
      bot.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
