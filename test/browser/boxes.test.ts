import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { aStage, noBrowser, type Stage, settled, sizesFor, type Visitor } from "./stage.ts";

/** A problem of its own for each size of screen: one stage is for both. */
const PROBLEMS = {
  desktop: { no: "NT-2020-000006", liaison: "海安联络员" },
  phone: { no: "NT-2020-000001", liaison: "如皋联络员" },
} as const;

const walk = test.skipIf(noBrowser !== null);
let stage: Stage;
beforeAll(async () => {
  if (noBrowser === null) stage = await aStage();
});
afterAll(() => stage?.close());

describe.each(sizesFor("phone"))("faces and plates are covered on the photo, %s", (size) => {
  const { no, liaison } = PROBLEMS[size];
  let seen: Visitor[] = [];
  afterEach(async () => {
    for (const { faults, leaves } of seen) {
      expect(faults, "what the browser's log complains of").toEqual([]);
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
    await page.locator(".welcome h2, .message").first().waitFor();
    return page;
  }
  const answers = (page: Page) => page.locator(".message.from-bot");
  const card = (page: Page) => answers(page).last().locator(".card");
  async function answered(page: Page, act: () => Promise<unknown>) {
    const before = await answers(page).count();
    await act();
    await answers(page).nth(before).waitFor();
  }
  const says = (page: Page, text: string) =>
    answered(page, async () => {
      await page.locator("#say").fill(text);
      await page.locator("#say").press("Enter");
    });
  const form = (page: Page) => page.getByRole("dialog");
  const text = (page: Page) => form(page).getByLabel("遮挡位置").inputValue();
  const covered = (page: Page) => form(page).locator(".photo rect").count();

  /** Draws a box from one corner to the other, in parts of the photo: by mouse, on a phone by finger. */
  async function draws(page: Page, [left, top]: number[], [right, bottom]: number[]) {
    const photo = form(page).locator(".photo");
    await photo.scrollIntoViewIfNeeded();
    const at = await photo.boundingBox();
    if (at === null) throw new Error("the photo isn't drawn");
    const point = (x = 0, y = 0) => ({ x: at.x + x * at.width, y: at.y + y * at.height });
    const [from, to] = [point(left, top), point(right, bottom)];
    if (size === "desktop") {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 4 });
      return page.mouse.up();
    }
    const finger = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]) =>
      finger.send("Input.dispatchTouchEvent", { type, touchPoints });
    await touch("touchStart", [from]);
    for (const part of [0.3, 0.6, 1])
      await touch("touchMove", [{ x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) }]);
    await touch("touchEnd", []);
  }

  walk(
    "boxes are drawn and removed, follow what is typed, and cover the kept picture where they stand",
    async () => {
      const sender = await visitor(liaison);
      await sender
        .locator("#files")
        .setInputFiles({ name: "现场.jpg", mimeType: "image/jpeg", buffer: await aScene() });
      await says(sender, `${no} 整改前`);

      const page = await visitor("市办");
      await says(page, `曝光 ${no}`);
      await answered(page, () => form(page).getByRole("button", { name: "提交" }).click());
      const open = card(page).getByRole("button", { name: "选用照片1" });
      await open.click();
      const loaded = () => form(page).locator(".photo img").evaluate(isLoaded);
      await expect.poll(loaded, settled).toBe(true);
      expect(await page.evaluate("document.activeElement.className"), "no keyboard covers it").toBe("photo");

      await draws(page, [0.1, 0.1], [0.3, 0.4]);
      await draws(page, [0.9, 0.9], [0.6, 0.6]);
      const [first = [], second = []] = boxesOf(await text(page));
      near(first, [100, 100, 200, 300]);
      near(second, [600, 600, 300, 300]);
      expect(await covered(page)).toBe(2);
      await draws(page, [0.5, 0.5], [0.502, 0.502]);
      expect(await covered(page), "a slip of the hand is no box").toBe(2);

      await page.keyboard.press("Escape");
      await form(page).waitFor({ state: "detached" });
      await open.click();
      expect(boxesOf(await text(page)), "what was drawn outlives Escape").toEqual([first, second]);
      await form(page).getByRole("button", { name: "去掉第1处" }).press("Enter");
      expect(boxesOf(await text(page))).toEqual([second]);
      expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("去掉第1处");
      await form(page).getByRole("button", { name: "去掉第1处" }).press("Enter");
      expect([await text(page), await covered(page)]).toEqual(["", 0]);
      await form(page).getByRole("button", { name: "没有人脸和车牌" }).press("Enter");
      expect(await text(page)).toBe("无");

      const input = form(page).getByLabel("遮挡位置");
      await input.fill("0，0，200，200；900,900,200,200；700,");
      expect(await covered(page), "what can be read is shown").toBe(1);
      const submit = form(page).getByRole("button", { name: "提交" });
      await submit.click();
      const fault = form(page).getByRole("alert");
      await expect.poll(() => fault.textContent(), settled).toContain("“900,900,200,200”超出照片");
      await input.fill("0，0，200，200");
      await draws(page, [0.5, 0.5], [1, 0.8]);
      await answered(page, () => submit.click());
      expect(await card(page).locator(".card-title").textContent()).toBe(`已选用照片，遮挡2处：${no}`);

      const kept = card(page).getByRole("link", { name: /已遮挡/ });
      const { pixels, width, height } = await pictureAt(page, kept);
      const isCovered = (x: number, y: number) => {
        const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
        return [...pixels.subarray(at, at + 3)].every((part) => Math.abs(part - 64) < 8);
      };
      for (const [x, y] of [
        [0.02, 0.02],
        [0.18, 0.18],
        [0.52, 0.52],
        [0.97, 0.78],
      ] as const)
        expect(isCovered(x, y), `${x},${y}`).toBe(true);
      for (const [x, y] of [
        [0.22, 0.18],
        [0.18, 0.22],
        [0.48, 0.6],
        [0.7, 0.48],
        [0.7, 0.82],
      ] as const)
        expect(isCovered(x, y), `${x},${y}`).toBe(false);

      await card(page).getByRole("button", { name: "改遮挡1" }).click();
      expect(await covered(page), "what was covered is shown when it is changed").toBe(2);
    },
  );
});

/** A scene of one colour: what is covered is another. */
const aScene = () =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: "#c08040" } })
    .jpeg()
    .toBuffer();

async function pictureAt(page: Page, link: Locator) {
  const answer = await page.request.get(new URL((await link.getAttribute("href")) ?? "", page.url()).href);
  const { data, info } = await sharp(await answer.body())
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, ...info };
}

const isLoaded = (img: unknown) => (img as { naturalWidth: number }).naturalWidth > 0;
const boxesOf = (text: string) =>
  text
    .split(";")
    .filter(Boolean)
    .map((box) => box.split(",").map(Number));
/** A pixel of the screen is some thousandths of the photo. */
function near(box: readonly number[], expected: readonly number[]) {
  expect(box).toHaveLength(expected.length);
  for (const [i, n] of expected.entries()) expect(Math.abs((box[i] ?? 0) - n)).toBeLessThanOrEqual(8);
}
