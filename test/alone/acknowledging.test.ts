import { expect, test } from "vitest";
import { until } from "../support/until.ts";
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

test("with fifty answers waiting on each platform a form, submitted five times, and a button are acknowledged in time and have one effect", async ({
  annotate,
}) => {
  const { sends, slack, telegram, slackUsers, telegramUsers, store } = await aRealBot(110);
  const [clerk = "", ...others] = slackUsers;
  const [presser = 0, ...callers] = telegramUsers;
  const titled = async (title: string) =>
    (await store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 5000))).rows.filter(
      (issue) => issue.title === title,
    );
  await sends.command(clerk, "/assign");
  await until(() => slack.views.length === 1);
  const view = slack.views[0]?.view;
  telegram.says(presser, "我的设置");
  const card = await until(() => telegram.to(presser)[0]);
  const pushedTo = async () => (await store.read((r) => r.people.byName("市办1")))?.pushPlatform;
  expect(await pushedTo()).toBe("telegram");

  const words = ["排名 5月 图", "海安", "滞后", "全市 图", "排名 5月 PM2.5 导出"];
  const said = (nth: number) => words[nth % words.length] as string;
  const waiting = others.slice(0, 50).map((user, nth) => sends.message(user, said(nth)));
  for (const [nth, user] of callers.slice(0, 50).entries()) telegram.says(user, said(nth));
  const pressed = performance.now();
  telegram.presses(presser, card, "改为发到网页");
  const press = until(() => telegram.answered.length > 0).then(() => performance.now() - pressed);
  const values = { county: "海安", title: "排队时交办" };
  const forms = await Promise.all(Array.from({ length: 5 }, () => sends.submit(clerk, view, values)));
  const pressMs = await press;

  const most = Math.max(...forms.map(({ ms }) => ms), pressMs);
  await annotate(`most ${Math.round(most)} ms`);
  expect(forms.map(({ body }) => JSON.parse(body))).toEqual(forms.map(() => ({ response_action: "clear" })));
  expect(most).toBeLessThan(2500);
  expect(await titled("排队时交办")).toHaveLength(1);
  expect(await pushedTo()).toBe("web");
  expect((await Promise.all(waiting)).filter(({ status }) => status !== 200)).toEqual([]);
  // All of them are answered in the end.
  await until(async () => (await store.read((r) => r.inbox.oldestWaiting())) === null);
});
