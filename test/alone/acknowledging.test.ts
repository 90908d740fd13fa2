import { expect, test } from "vitest";
import { aRealBot } from "./real-bot.ts";

// By the machine's clock, so in the large run only, with nothing beside it.
const [SECONDS, A_SECOND] = [60, 50];

test("fifty commands a second are acknowledged long before Slack's three seconds are over, exports beside them", async ({
  annotate,
}) => {
  const { sends, slackUsers, store } = await aRealBot(400);
  const acknowledged: Promise<{ status: number; ms: number }>[] = [];
  for (let nth = 0; nth < SECONDS * A_SECOND; nth++) {
    const user = slackUsers[nth % slackUsers.length] as string;
    const isExport = nth % (10 * A_SECOND) === 0;
    acknowledged.push(
      isExport ? sends.command(user, "/ranking", "5月 PM2.5 导出") : sends.command(user, "/county", "海安"),
    );
    await new Promise((resolve) => setTimeout(resolve, 1000 / A_SECOND));
  }
  const all = await Promise.all(acknowledged);
  expect(all.filter(({ status }) => status !== 200)).toEqual([]);
  const times = all.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const [p99, most] = [times[Math.floor(times.length * 0.99)] as number, times.at(-1) as number];
  expect(await store.read((r) => r.audit.firstBroken())).toBeNull();
  await annotate(`p99 ${Math.round(p99)} ms, most ${Math.round(most)} ms`);
  expect(p99).toBeLessThan(500);
  expect(most).toBeLessThan(2500);
});
