import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noBrowser } from "../../browser/stage.ts";
import { picture } from "../../support/telegram/announced.ts";
import { startTrying } from "../../support/telegram/try/office.ts";
import { until } from "../../support/until.ts";

type Line = {
  id: number;
  from: string;
  html: string;
  text: string;
  keyboard: { text: string; data: string }[][];
  edited: boolean;
  file: { kind: string; name: string } | null;
};
type Sees = { lines: Line[]; toast: string; menu: { command: string }[]; refused: string[] };

let trying: Awaited<ReturnType<typeof startTrying>>;
beforeAll(async () => {
  trying = await startTrying({ port: 0, second: 30 });
});
afterAll(() => trying.close());

const post = async (path: string, body: object | FormData) =>
  (
    await fetch(trying.url + path, {
      method: "POST",
      body: body instanceof FormData ? body : JSON.stringify(body),
    })
  ).status;
const says = (as: string, text: string, where = "private") => post("/say", { as, where, text });
/** Looks, as the page does, until somebody sees what they should. */
const sees = (as: string, what: (line: Line) => boolean, where = "private"): Promise<Line> =>
  until(
    async () => {
      const query = new URLSearchParams({ as, where });
      const seen = (await (await fetch(`${trying.url}/sees?${query}`)).json()) as Sees;
      expect(seen.refused).toEqual([]);
      return seen.lines.findLast((l) => l.from === "bot" && what(l));
    },
    () => `${as} never sees ${what}`,
  );
const presses = (as: string, line: Line, label: string) => {
  const data = line.keyboard.flat().find(({ text }) => text === label)?.data;
  return post("/press", { as, where: "private", id: line.id, data });
};

describe("npm run try:telegram", () => {
  test("shows a page in Chinese that says whose data it is, with everybody to choose from", async () => {
    expect(await (await fetch(trying.url)).text()).toContain("演示数据");
    const people = await (await fetch(`${trying.url}/people`)).json();
    expect(people).toEqual(expect.arrayContaining(["市办", "海安联络员", "陌生人"]));
    expect(await post("/say", { as: "nobody", where: "private", text: "海安" })).toBe(400);
  });

  test("answers with tables in a fixed-width font and buttons that work; a stranger is told how to link", async () => {
    await says("海安联络员", "排名 5月");
    expect((await sees("海安联络员", ({ text }) => text.includes("排名"))).html).toContain("<pre>");
    await says("陌生人", "海安");
    await sees("陌生人", ({ text }) => text.includes("还没有绑定"));
    await says("海安联络员", "/city", "group");
    const card = await sees("如东联络员", ({ text }) => text.includes("PM2.5"), "group");
    expect(card.keyboard.length).toBeGreaterThan(0);
  });

  test("a form is answered question by question; the push arrives elsewhere and is redrawn in place", async () => {
    await says("市办", "交办 海安");
    for (const [question, answer] of [
      [/问题描述/, "试用裸土"],
      [/整改期限/, "5个工作日"],
    ] as const) {
      await sees("市办", ({ text }) => question.test(text));
      await says("市办", answer);
    }
    for (;;) {
      const last = await sees("市办", () => true);
      if (last.text.includes("已交办")) break;
      if (last.keyboard.flat().some(({ text }) => text === "跳过")) await presses("市办", last, "跳过");
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    const push = await sees("海安联络员", ({ text }) => text.includes("试用裸土"));
    await presses("海安联络员", push, "签收");
    const redrawn = await sees("海安联络员", ({ id, edited }) => id === push.id && edited);
    expect(redrawn.keyboard.flat().map(({ text }) => text)).not.toContain("签收");
  });

  test("takes a file", async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ as: "市办", where: "private" })) body.append(name, value);
    body.append("file", new File(["x"], "表.csv"));
    expect(await post("/send", body)).toBe(200);
    await sees("市办", ({ text }) => text.includes("没有导入"));
  });

  test("takes a photo with a caption, and shows pictures and files as they were sent", async () => {
    const no = "NT-2020-000006";
    const body = new FormData();
    const bytes = await picture(80);
    const said = { as: "海安联络员", where: "private", caption: `${no} 整改前` };
    for (const [name, value] of Object.entries(said)) body.append(name, value);
    body.append("file", new File([new Uint8Array(bytes)], "现场.jpg", { type: "image/jpeg" }));
    expect(await post("/send", body)).toBe(200);
    await sees("海安联络员", ({ text }) => text.includes("已收到"));
    await says("海安联络员", `问题 ${no}`);
    const opened = async (kind: string) => {
      const line = await sees("海安联络员", ({ file }) => file?.kind === kind);
      const query = new URLSearchParams({ as: "海安联络员", where: "private", id: String(line.id) });
      return fetch(`${trying.url}/file?${query}`);
    };
    const shown = await opened("photo");
    expect(shown.headers.get("content-type")).toBe("image/jpeg");
    expect(Buffer.from(await shown.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    await says("海安联络员", "问题 导出");
    const ledger = await opened("document");
    expect(ledger.headers.get("content-disposition")).toContain("attachment");
    expect(
      Buffer.from(await ledger.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
  });

  test.skipIf(noBrowser !== null)("in a browser: choose, type, read, press", async () => {
    const { chromium } = await import("playwright-core");
    const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
      await page.goto(trying.url);
      await page.locator("#as").selectOption("通州联络员");
      await page.locator("#text").fill("今日");
      await page.locator("#text").press("Enter");
      await page.locator("nav button", { hasText: "问题清单" }).first().click();
      await page.locator("article.bot", { hasText: /问题/ }).nth(1).waitFor();
      expect(await page.locator("article.me").allTextContents()).toEqual(["通州联络员今日"]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
