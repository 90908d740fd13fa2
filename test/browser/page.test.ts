import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PersonId } from "../../src/domain/ids.ts";
import { aStage, noBrowser, type Stage, settled, type Visitor } from "./stage.ts";

const ISSUE = "NT-2020-000006";

describe("the page keeps what a person has at hand", () => {
  const walk = test.skipIf(noBrowser !== null);
  let stage: Stage;
  let seen: Visitor[] = [];

  beforeAll(async () => {
    if (noBrowser === null) stage = await aStage();
  });
  afterAll(() => stage?.close());
  afterEach(async () => {
    for (const { faults, leaves } of seen) {
      expect(faults, "what the browser's log complains of").toEqual([]);
      await leaves();
    }
    seen = [];
  });

  async function visitor(name: string): Promise<Page> {
    const fresh = await stage.visitor("desktop");
    seen.push(fresh);
    const { page } = fresh;
    await page.locator(".person", { hasText: name }).first().click();
    await page.locator("#persona", { hasText: name }).waitFor();
    return page;
  }
  async function says(page: Page, text: string) {
    const before = await answers(page).count();
    await page.locator("#say").fill(text);
    await page.locator("#say").press("Enter");
    await answers(page).nth(before).waitFor();
    return answers(page).nth(before);
  }
  /** Lets `count` lines stand in a person's conversation, as if said long ago. */
  async function hasSaid(name: string, count: number) {
    const person = await stage.bot.store.read((r) => r.people.byName(name));
    if (person === null) throw new Error(`nobody is called ${name}`);
    const at = (await stage.bot.clock.now()).epochMilliseconds;
    await stage.bot.store.write(async ({ messages }) => {
      for (let i = 1; i <= count; i += 1) {
        const conversation = { personId: person.id };
        await messages.add({ platform: "web", conversation, direction: "in", text: `第${i}句`, at });
      }
    });
  }

  walk("the focus stays in a card while somebody else changes it", async () => {
    const page = await visitor("海安联络员");
    const card = await says(page, `问题 ${ISSUE}`);
    await card.locator(".card-table").focus();

    const colleague = await visitor("海安联络员");
    await answers(colleague).getByRole("button", { name: "签收" }).click();
    await expect.poll(() => card.locator("dd").allTextContents(), settled).toContain("已签收");
    expect(await page.evaluate("document.activeElement.className")).toBe("card-table");
    expect(await card.locator(".card-table").textContent()).toContain("签收海安联络员");
  });

  walk("each tab is its own person, also after a reload and beside a tab that chooses another", async () => {
    const page = await visitor("海安联络员");
    const other = await page.context().newPage();
    await other.goto(stage.url);
    await other.locator("#persona", { hasText: "海安联络员" }).waitFor();
    await other.locator("#say").fill("还没说完");
    await other.locator("#persona").click();
    await other.getByRole("dialog").locator(".person", { hasText: "如东联络员" }).click();
    await other.locator("#persona", { hasText: "如东联络员" }).waitFor();
    expect(await other.locator("#say").inputValue(), "what somebody else had begun to say").toBe("");

    expect(await (await says(page, "如东")).textContent()).toContain("您的权限限于海安");
    expect(await (await says(other, "海安")).textContent()).toContain("您的权限限于如东");
    const pushed = await stage.bot.store.read((r) => r.people.byName("海安联络员"));
    for (const tab of [page, other]) await tab.reload();
    await page.locator("#persona", { hasText: "海安联络员" }).waitFor();
    await other.locator("#persona", { hasText: "如东联络员" }).waitFor();
    const conversation = { personId: pushed?.id as PersonId };
    await stage.bot.store.write(({ messages }) =>
      messages.add({ platform: "web", conversation, direction: "out", text: "只给海安", at: 0 }),
    );
    await page.locator(".bubble", { hasText: "只给海安" }).waitFor();
    expect(await other.locator(".bubble", { hasText: "只给海安" }).count()).toBe(0);
  });

  walk("what was typed outlives Escape and a reload, in a form and in the input", async () => {
    const page = await visitor("市办");
    const card = await says(page, "交办");
    const form = page.getByRole("dialog", { name: "交办问题" });
    await form.getByLabel("问题描述").fill("工地围挡破损");
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    await card.getByRole("button").click();
    expect(await page.getByLabel("问题描述").inputValue()).toBe("工地围挡破损");

    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    await page.locator("#say").fill("问题 超期");
    await page.reload();
    await card.getByRole("button").waitFor();
    expect(await form.count(), "what was closed stays closed").toBe(0);
    await card.getByRole("button").click();
    await page.reload();
    await form.waitFor();
    await page.goto("about:blank");
    await page.goBack();
    await form.waitFor();
    expect(await page.getByLabel("问题描述").inputValue()).toBe("工地围挡破损");
    expect(await page.locator("#say").inputValue()).toBe("问题 超期");

    const fill = { "县（市、区）": "海门", 整改期限: "3个工作日" };
    for (const [label, value] of Object.entries(fill)) await page.getByLabel(label).fill(value);
    await page.getByRole("button", { name: "提交" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await card.getByRole("button").click();
    expect(await page.getByLabel("问题描述").inputValue(), "once it was sent it is forgotten").toBe("");
  });

  walk("enlarged fourfold there is still a conversation to read and a form to fill in", async () => {
    const page = await visitor("海安联络员");
    await says(page, "全市");
    await page.setViewportSize({ width: 320, height: 256 });
    expect(await page.evaluate("document.getElementById('log').clientHeight")).toBeGreaterThan(130);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await (await says(page, "我的设置")).getByRole("button", { name: "设置免打扰" }).click();
    const last = page.getByRole("dialog").getByRole("button").last();
    await last.scrollIntoViewIfNeeded();
    expect(await last.isVisible()).toBe(true);
  });

  walk("on paper stands the whole conversation and nothing to press", async () => {
    const page = await visitor("督查");
    await says(page, "全市");
    await says(page, "排名 5月");
    await page.emulateMedia({ media: "print" });
    for (const id of ["#say", "#clock", ".card-buttons"])
      expect(await page.locator(id).first().isVisible(), id).toBe(false);
    expect(await page.locator("#demo").isVisible(), "it says what it is").toBe(true);
    const [whole, shown] = ["scrollHeight", "clientHeight"].map(
      (size) => `document.getElementById("log").${size}`,
    );
    expect(await page.evaluate(`${whole} - ${shown}`), "nothing is cut off").toBe(0);
  });

  walk("what couldn't be sent stands in its place and can be sent again", async () => {
    const page = await visitor("如皋联络员");
    await page.route("**/api/say", (route) => route.abort());
    await page.locator("#say").fill("如皋 5月");
    await page.locator("#say").press("Enter");
    const failed = page.getByRole("alert").filter({ hasText: "连不上服务器，请稍后再试。" });
    await failed.waitFor();
    await page.unroute("**/api/say");
    await says(page, "帮助");
    expect(await page.locator(".bubble").allTextContents()).toEqual(["如皋 5月", "帮助"]);

    await failed.getByRole("button", { name: "重新发送" }).click();
    await answers(page).nth(1).waitFor();
    expect(await page.locator(".bubble").allTextContents()).toEqual(["帮助", "如皋 5月"]);
    expect(await failed.count()).toBe(0);
    const faults = seen.at(-1)?.faults ?? [];
    expect(faults.splice(0)).toEqual([expect.stringContaining("ERR_FAILED")]);
  });

  walk("commands are found and sayings recalled by the arrow keys", async () => {
    const page = await visitor("通州联络员");
    const input = page.locator("#say");
    await input.pressSequentially("/");
    const options = page.getByRole("option");
    expect(await options.first().getAttribute("aria-selected")).toBe("true");
    await input.press("ArrowUp");
    expect(await input.getAttribute("aria-activedescendant")).toBe(await options.last().getAttribute("id"));
    await input.press("ArrowDown");
    const title = await options.first().locator(".menu-title").textContent();
    await input.press("Enter");
    expect(await input.inputValue()).toBe(`${title} `);
    expect(await page.locator("#menu").isVisible()).toBe(false);

    await says(page, "排名");
    await says(page, "帮助");
    const recalled: string[] = [];
    for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"]) {
      await input.press(key);
      recalled.push(await input.inputValue());
    }
    expect(recalled).toEqual(["帮助", "排名", "排名", "帮助", ""]);
  });

  walk(
    "what is typed is read while its writer pauses, and goes on by the arrow keys; Enter sends what stands there",
    async () => {
      const page = await visitor("如皋联络员");
      const input = page.locator("#say");
      const reading = page.locator("#reading");
      await input.pressSequentially("如皋 5月");
      await expect.poll(() => reading.textContent(), settled).toBe("读作：县区 · 如皋 · 2020年5月");
      await input.fill("");
      // At once: whatever else redraws the page later would hide it, too.
      expect(await reading.isVisible()).toBe(false);

      await input.pressSequentially("海");
      const options = page.getByRole("option");
      await expect.poll(() => options.count(), settled).toBe(3);
      expect(await input.getAttribute("aria-activedescendant")).toBeNull();
      await input.press("ArrowDown");
      await input.press("ArrowDown");
      await input.press("Enter");
      expect(await input.inputValue()).toBe("海门 ");
      await expect.poll(() => options.count(), settled).toBe(0);

      // The list is open, and nothing of it is marked.
      await input.fill("");
      await input.pressSequentially("如");
      await expect.poll(() => options.count(), settled).toBe(2);
      await input.press("Enter");
      await expect.poll(() => page.locator(".bubble").last().textContent(), settled).toBe("如");
      expect(await input.inputValue()).toBe("");
      expect(await page.locator("#menu").isVisible()).toBe(false);
    },
  );

  walk("a press outside closes a sheet, a selection that slides out doesn't", async () => {
    const page = await visitor("海门联络员");
    await page.locator("#persona").click();
    const sheet = page.getByRole("dialog", { name: "更换身份" });
    const box = await sheet.boundingBox();
    if (!box) throw new Error("the sheet isn't drawn");
    await page.mouse.move(box.x + 40, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x - 40, box.y + 60);
    await page.mouse.up();
    expect(await sheet.isVisible()).toBe(true);
    await page.mouse.click(box.x - 40, box.y + 60);
    await sheet.waitFor({ state: "detached" });
    expect(await page.evaluate("document.activeElement.id")).toBe("persona");
  });

  walk("earlier messages come above what is read, later ones don't pull it away", async () => {
    await hasSaid("启东联络员", 60);
    const page = await visitor("启东联络员");
    const top = page.locator(".message", { hasText: "第11句" });
    await page.evaluate("document.querySelector('#log').scrollTop = 0");
    const before = await top.boundingBox();
    await page.getByRole("button", { name: "更早的消息" }).click();
    await page.locator(".message", { hasText: "第1句" }).waitFor();
    expect(await page.locator(".message").count()).toBe(60);
    expect(Math.abs(((await top.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(60);

    const newer = page.getByRole("button", { name: "有新消息" });
    expect(await newer.isVisible()).toBe(false);
    await says(await visitor("启东联络员"), "帮助");
    await newer.click();
    await newer.waitFor({ state: "hidden" });
    expect(await answers(page).last().locator(".card-title").isVisible()).toBe(true);
  });
});

const answers = (page: Page) => page.locator(".message.from-bot");
