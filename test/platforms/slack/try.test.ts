import { afterAll, beforeAll, expect, test } from "vitest";
import { startTrying } from "../../support/slack/try/office.ts";
import { until } from "../../support/until.ts";

type Line = { key: string; from: string; quiet: boolean; html: string };
type Sees = { direct: Line[]; channel: Line[]; modal: string | null; refused: string[] };

let trying: Awaited<ReturnType<typeof startTrying>>;
beforeAll(async () => {
  trying = await startTrying({ port: 0 });
});
afterAll(() => trying.close());

const post = async (path: string, body: object) => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(trying.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()) as { errors: Record<string, string> };
};
/** Looks, as the page does, until somebody sees what they should. */
const sees = (as: string, what: (seen: Sees) => boolean): Promise<Sees> =>
  until(
    async () => {
      const seen = (await (await fetch(`${trying.url}/sees?as=${encodeURIComponent(as)}`)).json()) as Sees;
      expect(seen.refused).toEqual([]);
      return what(seen) && seen;
    },
    () => `${as} never sees ${what}`,
  );
const bot = (lines: readonly Line[], what: RegExp) =>
  lines.find((l) => l.from === "bot" && what.test(l.html));

test("the page is there, in Chinese, and says whose data it shows", async () => {
  const page = await (await fetch(trying.url)).text();
  expect(page).toContain("演示数据");
  expect(await (await fetch(`${trying.url}/people`)).json()).toContain("海安联络员");
});

test("what is said is answered as Slack would show it, and a button on the card works", async () => {
  const as = "海安联络员";
  await post("/say", { as, where: "channel", text: "/county 海安" });
  const seen = await sees(as, ({ channel }) => bot(channel, /海安市/) !== undefined);
  const card = bot(seen.channel, /海安市/);
  expect(card?.quiet).toBe(true);
  expect(card?.html).toContain("<h2>");
  await post("/press", { as, where: "channel", key: card?.key, label: "排名" });
  await sees(as, ({ channel }) => bot(channel, /排名.*<pre>/s) !== undefined);
  // Nobody else sees what was answered quietly.
  const other = await sees("市办", () => true);
  expect(bot(other.channel, /海安市/)).toBeUndefined();
});

test("a form is filled in, a mistake stands at its field, the notice arrives elsewhere and is redrawn in place", async () => {
  await post("/say", { as: "市办", where: "direct", text: "/assign 海安" });
  const { modal } = await sees("市办", (seen) => seen.modal !== null);
  expect(modal).toContain('name="county"');
  const title = "<b>裸土</b>未覆盖";
  const wrong = await post("/submit", { as: "市办", values: { county: "海按", title } });
  expect(wrong.errors.county).toContain("海安");
  const right = await post("/submit", { as: "市办", values: { county: "海安", title } });
  expect(right.errors).toEqual({});
  const notice = /&lt;b&gt;裸土&lt;\/b&gt;未覆盖/;
  const { direct } = await sees(
    "海安联络员",
    (seen) => bot(seen.direct, new RegExp(`${notice.source}.*签收`, "s")) !== undefined,
  );
  const { key, html } = bot(direct, notice) ?? {};
  await post("/press", { as: "海安联络员", where: "direct", key, label: "签收" });
  const redrawn = (lines: readonly Line[]) => lines.find((l) => l.key === key)?.html;
  await sees("海安联络员", (seen) => redrawn(seen.direct) !== html);
  expect(redrawn((await sees("海安联络员", () => true)).direct)).not.toContain('data-press="签收"');
});

test("files that go with an answer are shown: a picture as one, a workbook by its name", async () => {
  const as = "市办";
  const links = (lines: readonly Line[], what: RegExp) => bot(lines, what)?.html.match(what)?.[1];
  await post("/say", { as, where: "direct", text: "图片 排名 5月" });
  const picture = /<img src="([^"]+)" alt="[^"]+\.png">/;
  const drawn = await sees(as, ({ direct }) => bot(direct, picture) !== undefined);
  const shown = await fetch(trying.url + links(drawn.direct, picture));
  expect(
    Buffer.from(await shown.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
  await post("/say", { as, where: "direct", text: "问题 导出" });
  const workbook = /<a href="([^"]+)" download="问题台账[^"]*\.xlsx">/;
  const listed = await sees(as, ({ direct }) => bot(direct, workbook) !== undefined);
  const taken = await fetch(trying.url + links(listed.direct, workbook));
  expect(
    Buffer.from(await taken.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");
});
