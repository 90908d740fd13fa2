import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../../src/bot/router.ts";
import { changeWords } from "../../src/domain/air/change.ts";
import { POLLUTANTS, type Pollutant, pollutantLabel } from "../../src/domain/air/day.ts";
import { aStage, noBrowser, type Stage, settled, sizes, sizesFor, type Visitor } from "./stage.ts";

if (noBrowser !== null) console.warn(`The console's browser tests are skipped: ${noBrowser}.`);

/** As many presses of Tab as a person would bear; the page has fewer stops. */
const stops = 60;

describe.each(sizesFor("phone"))("in a browser, %s", (size) => {
  const walk = test.skipIf(noBrowser !== null);
  let stage: Stage;
  let seen: Visitor[] = [];

  beforeAll(async () => {
    if (noBrowser === null) stage = await aStage();
  });
  afterAll(() => stage?.close());

  afterEach(async () => {
    for (const { page, faults, leaves } of seen) {
      expect(faults, "what the browser's log complains of").toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth"), "the page's width").toBe(
        sizes[size].width,
      );
      await leaves();
    }
    seen = [];
  });

  async function visitor(name: string): Promise<Page> {
    const fresh = await stage.visitor(size);
    seen.push(fresh);
    const { page } = fresh;
    await page.locator(".person", { hasText: name }).first().click();
    await page.locator("#persona", { hasText: name }).waitFor();
    // What a person did in an earlier story stands in their conversation: one thing or the other shows that it came.
    await page.locator(".welcome h2, .message").first().waitFor();
    return page;
  }

  /** Says it and waits for the answer's card. */
  async function says(page: Page, text: string): Promise<Locator> {
    const before = await messages(page).count();
    await page.locator("#say").fill(text);
    await page.locator("#say").press("Enter");
    const answer = messages(page).nth(before);
    await answer.waitFor();
    return answer.locator(".card");
  }

  walk("a row of a list opens its issue, by a click and by the keyboard", async () => {
    const page = await visitor("市办");
    for (const open of [
      (card: Locator) => card.locator("tr[data-opens] td").last().click(),
      (card: Locator) => card.locator("tr[data-opens] .row-name").first().press("Enter"),
    ]) {
      const card = await says(page, "问题 超期");
      const before = await messages(page).count();
      await open(card);
      await messages(page).nth(before).waitFor();
      expect(await title(messages(page).nth(before).locator(".card"))).toBe("问题 NT-2020-000001");
    }
  });

  walk("a status card shows the facts of the same question", async () => {
    const page = await visitor("海安联络员");
    const card = await says(page, "海安");
    const facts = await factsOf(stage, "海安联络员", "海安");

    expect(await title(card)).toBe("海安市 2020年");
    const items = await itemsOf(card);
    expect(items["PM2.5均值"]).toContain(`${facts.pollutants["PM2.5"].value}µg/m³`);
    expect(items["PM2.5均值"]).toContain(changeWords(facts.yearOnYear["PM2.5"]));
    expect(items.优良天数比率).toContain(`${facts.attainmentRatePct.toFixed(1)}%`);
    expect(items.综合指数).toContain(facts.composite.toFixed(2));
    // What isn't decomposed to a county has no figure of its own: the city's stands beside it.
    expect(items.滞后任务).toMatch(
      facts.lagging === 0 ? /^本地\d+项无滞后，其余未分解，全市滞后\d+项/ : `${facts.lagging}项`,
    );
    expect(items.待办问题).toContain(`${facts.openIssues}件`);
    expect(await card.locator(".card-note").first().textContent()).toContain(
      `有效${facts.days.valid}天，其中优良${facts.days.good}天`,
    );
    expect((await rowsOf(card)).map(([name, ...figures]) => [name?.split(" ")[0], ...figures])).toEqual(
      POLLUTANTS.map((p) => [
        pollutantLabel(p),
        facts.pollutants[p].value.toFixed(p === "CO" ? 1 : 0),
        changeWords(facts.yearOnYear[p]),
        String(facts.pollutants[p].validDays),
      ]),
    );
  });

  walk("a status card's answer begins in sight and its items end on the same screen", async () => {
    const page = await visitor("海安联络员");
    const card = await says(page, "海安");
    const items = await card.locator(".card-facts").boundingBox();
    const heading = await card.locator(".card-title").boundingBox();
    const log = await page.locator("#log").boundingBox();
    if (!items || !heading || !log) throw new Error("the card isn't drawn");
    expect(heading.y).toBeGreaterThanOrEqual(log.y);
    expect(items.y + items.height).toBeLessThanOrEqual(log.y + log.height);
  });

  walk("an acknowledged issue changes where it stands, and a second press is answered calmly", async () => {
    const page = await visitor("海安联络员");
    const issue = await says(page, "问题 NT-2020-000006");
    expect((await itemsOf(issue)).状态).toBe("待签收");
    const today = await says(page, "今日");
    const before = await messages(page).count();

    const acknowledge = today.getByRole("button", { name: "签收 NT-2020-000006" });
    await acknowledge.click();
    await messages(page).nth(before).waitFor();
    expect(await title(lastCard(page))).toBe("已签收");
    await expect.poll(async () => (await itemsOf(issue)).状态, settled).toBe("已签收");
    expect(await issue.getByRole("button").allTextContents()).toContain("提交整改…");
    expect(await messages(page).count()).toBe(before + 1);

    await acknowledge.click();
    await messages(page)
      .nth(before + 1)
      .waitFor();
    expect(await title(lastCard(page))).toBe("未能办理");
    expect(await lastCard(page).locator(".card-text").textContent()).toMatch(
      /^NT-2020-000006已由海安联络员于6月15日.*签收.*不用重复操作。$/,
    );
  });

  walk("an issue assigned by the form reaches the county's liaison while they look on", async () => {
    const liaison = await visitor("海安联络员");
    const office = await visitor("市办");
    await says(office, "交办");
    const form = office.getByRole("dialog", { name: "交办问题" });
    await form.waitFor();
    const submit = form.getByRole("button", { name: "提交" });

    await submit.click();
    expect(await form.locator(".field-fault:visible").first().textContent()).toBe("请填写县（市、区）。");
    await form.getByLabel("县（市、区）").fill("海按");
    await form.getByLabel("问题描述").fill("工地围挡破损，物料未苫盖");
    await form.getByLabel("整改期限").fill("3个工作日");
    await submit.click();
    await form.getByRole("alert").filter({ hasText: "您要找的是“海安”" }).waitFor();

    await form.getByLabel("县（市、区）").fill("海安");
    await submit.click();
    await form.waitFor({ state: "detached" });
    expect(await title(lastCard(office))).toBe("已交办海安");

    const push = messages(liaison).filter({ hasText: "新的交办：工地围挡破损，物料未苫盖" });
    await push.waitFor();
    expect(await push.locator(".push").textContent()).toBe("推送");
    expect((await itemsOf(push)).整改期限).toBe("6月18日（还剩3天）");
    expect(await push.getByRole("button").allTextContents()).toEqual(["签收", "转办…", "退回交办…"]);
  });

  walk("the clock moved to Monday nine brings the weekly notice, once", async () => {
    const page = await visitor("海门联络员");
    await page.locator("#clock").click();
    const control = page.getByRole("dialog", { name: "演示时钟" });
    await control.getByRole("button", { name: "下一个周一09:00" }).click();
    await control.waitFor({ state: "detached" });

    const notice = messages(page).filter({ has: page.locator(".card-title", { hasText: "空气质量周通报" }) });
    await notice.waitFor();
    expect(await title(notice)).toBe("空气质量周通报（2020年6月8日至14日）");
    expect(await notice.locator(".push").textContent()).toBe("推送");
    expect(await notice.locator(".card-text").nth(1).textContent()).toMatch(/^海门：PM2\.5 \d+微克/);
    expect(await rowsOf(notice)).toHaveLength(11);
    expect(await page.locator("#clock").textContent()).toBe("2020-06-15 星期一 09:00");
    expect(await page.locator("#notice").textContent()).toMatch(
      /^已到 2020-06-15 09:00：运行定时任务 \d+ 次，送出推送 \d+ 条/,
    );
  });

  walk("everything can be done from the keyboard", async () => {
    const fresh = await stage.visitor(size);
    seen.push(fresh);
    const { page } = fresh;
    await tabTo(page, ".people-search");
    await page.keyboard.type("海安联络员");
    await page.keyboard.press("Enter");
    await page.locator("#persona", { hasText: "海安联络员" }).waitFor();

    await tabTo(page, "#say");
    const before = await messages(page).count();
    await page.keyboard.type("海安 5月");
    await page.keyboard.press("Enter");
    await messages(page).nth(before).waitFor();
    expect(await title(lastCard(page))).toBe("海安市 2020年5月");

    await tabTo(page, ".message:last-child .card-buttons .button:first-child");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    await page.keyboard.press("Enter");
    await messages(page)
      .nth(before + 1)
      .waitFor();
    expect(await title(lastCard(page))).toBe("2020年5月各县（市、区）综合指数排名");
  });

  walk("people of a county find it first among the common phrases", async () => {
    const page = await visitor("如东联络员");
    const before = await messages(page).count();
    await page.locator("#chips button").first().click();
    await messages(page).nth(before).waitFor();
    expect(await title(lastCard(page))).toBe("如东县 2020年");
  });

  walk("a stranger is told how to be linked, and nothing else", async () => {
    const fresh = await stage.visitor(size);
    seen.push(fresh);
    const { page } = fresh;
    await page.getByRole("button", { name: "以未绑定的访客身份查看" }).click();
    await page.getByRole("heading", { name: "您还没有绑定身份" }).waitFor();
    expect(await page.locator("#chips").isVisible()).toBe(false);
    const card = await says(page, "海安");
    expect(await card.locator(".card-text").textContent()).toMatch(/^您还没有绑定身份。.*绑定 邀请码$/);
  });
});

const messages = (page: Page) => page.locator(".message.from-bot");
const lastCard = (page: Page) => messages(page).last().locator(".card");
const title = (card: Locator) => card.locator(".card-title").textContent();

async function itemsOf(card: Locator): Promise<Record<string, string>> {
  const labels = await card.locator("dt").allTextContents();
  const values = await card.locator("dd").allTextContents();
  return Object.fromEntries(labels.map((label, i) => [label, values[i] ?? ""]));
}

async function rowsOf(card: Locator): Promise<string[][]> {
  const rows = await card.locator("tbody tr").all();
  return Promise.all(rows.map((row) => row.locator("th, td").allTextContents()));
}

/** Presses Tab until the focus stands on what the selector finds. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < stops; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab doesn't reach ${selector}`);
}

/** What a status card rests on, as far as it is shown. */
type StatusFacts = {
  days: { valid: number; good: number };
  attainmentRatePct: number;
  composite: number;
  pollutants: Record<Pollutant, { value: number; validDays: number }>;
  yearOnYear: Record<Pollutant, number>;
  lagging: number;
  openIssues: number;
};

async function factsOf({ bot }: Stage, name: string, phrase: string): Promise<StatusFacts> {
  const person = await bot.store.read((reader) => reader.people.byName(name));
  const identity = { platform: "web" as const, workspace: "", userKey: "beside" };
  const { answer } = await ask(bot, { identity, person }, phrase);
  if (answer.kind !== "card") throw new Error(answer.message);
  return answer.card.facts as StatusFacts;
}
