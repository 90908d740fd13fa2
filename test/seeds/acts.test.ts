import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";
import { runJson } from "../support/scripts.ts";

// What the demonstration's people do when `play` comes to it: a rehearsal, and an alert from the order to the summary.

type Delivery = { at: string; job: string | null; audience: string; title: string };

let office: AnOffice;
let deliveries: Delivery[];
const play = async (from: string, to: string): Promise<Delivery[]> =>
  (await runJson("play", ["--from", from, "--to", to], office.file)).json.deliveries;

beforeAll(async () => {
  office = await anOffice();
  deliveries = [...(await play("2020-11-05", "2020-11-06")), ...(await play("2020-12-17", "2020-12-21"))];
});
afterAll(() => office.close());

const started = (day: string) =>
  deliveries.filter(({ at, job }) => job === "response" && at.startsWith(day)).map(({ title }) => title);
const times = (title: RegExp) => [
  ...new Set(deliveries.filter((one) => title.test(one.title)).map(({ at }) => at.slice(0, 16))),
];

test("the rehearsal reaches two counties, and says in each title that it is one", () => {
  const titles = started("2020-11-05");
  expect(titles.length).toBeGreaterThan(25);
  expect(titles.filter((title) => !title.startsWith("【演练】"))).toEqual([]);
  expect(titles).toContain("【演练】橙色预警响应看板：签收0/14");
  const audience = deliveries.filter(({ at }) => at < "2020-11-06").map((one) => one.audience);
  expect(audience).not.toContain("如皋企业联系人");
});

test("the alert starts, rises at two in the morning and is lifted the day after, each told once", () => {
  expect(times(/^重污染天气黄色预警Ⅲ级响应启动$/)).toEqual(["2020-12-17T17:00"]);
  expect(times(/^黄色预警响应升级为橙色，请签收$/)).toEqual(["2020-12-19T02:00"]);
  expect(times(/^橙色预警响应解除$/)).toEqual(["2020-12-20T10:00"]);
  expect(times(/^待审核：应急响应总结评估（橙色/)).toEqual(["2020-12-21T09:00"]);
  const all = deliveries.map(({ at, audience, title }) => `${at} ${audience} ${title}`);
  expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([]);
});

test("everything that people do there has its effect: of the alert 22 roll-call answers, 2 readings, 7 reports, 2 checks", async () => {
  const seen = await office.bot.store.read(async ({ responses, responseChecks, issues }) =>
    Promise.all(
      (await responses.newest(10)).map(async ({ id, drill, round, endedWhy }) => {
        const rounds = Array.from({ length: round }, (_, i) => responses.orders(id, i + 1));
        const orders = (await Promise.all(rounds)).flat();
        const checks = await responseChecks.of(id);
        const [issue] = checks.flatMap(({ issueId }) => issueId ?? []);
        return {
          ...{ drill, round, endedWhy },
          acknowledged: orders.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length,
          executions: (await responses.executions(orders.map((one) => one.id))).length,
          reports: (await responses.reports(id)).filter(({ at }) => at !== null).length,
          found: checks.flatMap(({ outcome }) => outcome ?? []).toSorted(),
          issue: issue === undefined ? null : ((await issues.byId(issue))?.state ?? null),
        };
      }),
    ),
  );
  expect(seen).toEqual([
    {
      ...{ drill: false, round: 2, endedWhy: "演示大气办〔2020〕15号" },
      ...{ acknowledged: 22, executions: 2, reports: 7, found: ["carried-out", "not-carried-out"] },
      issue: "acknowledged",
    },
    {
      ...{ drill: true, round: 1, endedWhy: "演练结束" },
      ...{ acknowledged: 4, executions: 1, reports: 0, found: [], issue: null },
    },
  ]);
});

test("played again they do nothing, and outside the response nobody gets more than usual", async () => {
  expect(await play("2020-12-17", "2020-12-21")).toEqual([]);
  const others = deliveries.filter(
    ({ job, audience, at }) => job !== "response" && audience !== "市办" && at > "2020-12",
  );
  const each = Map.groupBy(others, ({ audience }) => audience);
  expect(Math.max(...[...each.values()].map((all) => all.length))).toBeLessThanOrEqual(10);
});
