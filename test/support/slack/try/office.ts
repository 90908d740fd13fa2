import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { readConfig } from "../../../../src/config.ts";
import { deliverDue, doubtWhatWasUnderWay } from "../../../../src/delivery/worker.ts";
import { boot } from "../../../../src/ops/boot.ts";
import { startSlack } from "../../../../src/platforms/slack/start.ts";
import { webDoor } from "../../../../src/platforms/web/door.ts";
import { demonstration } from "../../demonstration.ts";
import { TEAM } from "../memory.ts";
import { senderOf } from "../sender.ts";
import { localSlack } from "../server.ts";
import { pageOf } from "./page.ts";

const TOKEN = "xoxb-local-0-0";
const SECRET = "local-signing-secret";
const CHANNEL = "C0OFFICE";
/** How often what waits is sent. */
const ROUND_MS = 300;

/**
 * Starts the strict local Slack, the bot beside it on a new demonstration database, everybody of the demonstration as a
 * member of the workspace, and the page on loopback.
 */
export async function startTrying({
  port,
}: {
  port: number;
}): Promise<{ url: string; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "lantian-try-slack-"));
  const file = join(folder, "lantian.db");
  writeFileSync(file, (await demonstration()).bytes, { mode: 0o600 });
  const { bot } = await boot(readConfig({ DATABASE_URL: file, LOG_LEVEL: "error" }));
  await doubtWhatWasUnderWay(bot);
  const slack = await localSlack({ token: TOKEN });
  const users = new Map<string, string>();
  await bot.store.write(async ({ people }) => {
    for (const { id, name } of await people.all()) {
      const user = slack.addUser(`U${String(id).padStart(5, "0")}`, { name });
      users.set(name, user);
      await people.bind(id, { platform: "slack", workspace: TEAM, userKey: user }, 0);
      await people.pushTo(id, "slack");
    }
  });
  slack.addChannel(CHANNEL, [...users.values()]);

  const onFault = (error: unknown) => bot.report(error, "try-slack");
  const settings = { botToken: TOKEN, signingSecret: SECRET, appToken: null, apiUrl: slack.apiUrl };
  const running = await startSlack(bot, settings, { onFault });
  const doors = [running.door, webDoor(bot)];
  let round: Promise<unknown> = Promise.resolve();
  const rounds = setInterval(() => {
    round = round.then(() => deliverDue(bot, doors)).catch(onFault);
  }, ROUND_MS);

  // One port: Slack's requests to the bot under its path, and the page.
  let origin = "";
  const sends = senderOf(slack, { url: () => `${origin}${running.mount?.path}`, secret: SECRET });
  const page = getRequestListener(pageOf({ slack, sends, users, channel: CHANNEL }).fetch);
  const server = createServer((request, response) =>
    (request.url === running.mount?.path ? running.mount?.listener : page)?.(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin,
    async close() {
      clearInterval(rounds);
      await running.stop();
      await round;
      server.closeAllConnections();
      server.close();
      await slack.close();
      bot.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
