import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { aStage, noBrowser, type Stage, settled, sizes, sizesFor, type Visitor } from "./stage.ts";

const HAIAN = "NT-2020-000006";
const RUGAO = "NT-2020-000001";

type Picked = { name: string; mimeType: string; buffer: Buffer };

const photo = async (name: string, color: string): Promise<Picked> => ({
  name,
  mimeType: "image/jpeg",
  buffer: await sharp({ create: { width: 640, height: 480, channels: 3, background: color } })
    .jpeg()
    .toBuffer(),
});

describe.each(sizesFor("phone"))("files in a browser, %s", (size) => {
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
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(sizes[size].width);
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

  const answer = (page: Page) => page.locator(".message.from-bot .card").last();
  /** Picks the files with the button, writes the caption and sends them. */
  async function sends(page: Page, files: Picked[], caption: string) {
    const before = await page.locator(".message.from-bot").count();
    const choosing = page.waitForEvent("filechooser");
    await page.locator("#attach").focus();
    await page.keyboard.press("Enter");
    await (await choosing).setFiles(files);
    expect(await page.locator(".attached-file span").allTextContents()).toEqual(files.map((f) => f.name));
    await page.locator("#say").fill(caption);
    await page.locator("#say").press("Enter");
    // However many files go together, one answer is for all.
    await page.locator(".message.from-bot").nth(before).waitFor();
  }

  walk("a liaison sends a photo with a caption, sees it in the card and opens it in full", async () => {
    const page = await visitor("海安联络员");
    await sends(page, [await photo("工地现场.jpg", "#a07040")], `${HAIAN} 整改前`);

    expect(await answer(page).locator(".card-title").textContent()).toBe(`已收到${HAIAN}的整改前照片`);
    expect(await page.locator(".from-me .bubble").last().textContent()).toBe(
      `[文件] 工地现场.jpg\n${HAIAN} 整改前`,
    );
    expect(await page.locator(".attached").isVisible()).toBe(false);
    const picture = answer(page).getByRole("link", { name: "工地现场.jpg" }).last();
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => widthOf(picture.locator("img")), settled).toBe(640);

    const full = await opened(page, picture);
    await full.waitForLoadState();
    expect(await full.evaluate("document.images[0].naturalWidth")).toBe(640);
  });

  walk("photos that are sent together share the caption of the first", async () => {
    const page = await visitor("如皋联络员");
    const files = [await photo("一.jpg", "#333333"), await photo("二.png", "#777777")];
    await sends(page, files, `${RUGAO} 整改后`);
    const title = answer(page).locator(".card-title");
    await expect.poll(() => title.textContent(), settled).toBe(`已收到${RUGAO}的整改后照片（2张）`);
    expect(await page.locator(".message.from-bot").count()).toBe(1);
    expect(await answer(page).getByRole("link").count()).toBe(2);
    expect(await page.locator(".from-me .bubble").allTextContents()).toEqual([
      `[文件] 一.jpg\n${RUGAO} 整改后`,
      "[文件] 二.png",
    ]);
  });

  walk("a pasted picture waits with the others, and can be taken away again", async () => {
    const page = await visitor("海门联络员");
    await page.evaluate(
      `const data = new DataTransfer();
       data.items.add(new File([new Uint8Array(9)], "截图.png", { type: "image/png" }));
       data.items.add(new File([new Uint8Array(16 * 1024 * 1024)], "原图.png", { type: "image/png" }));
       document.querySelector("#say").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }))`,
    );
    expect(await page.locator(".attached-file span").allTextContents()).toEqual(["截图.png"]);
    expect(await page.locator("#notice").textContent()).toBe("原图.png有16 MB，超过15 MB，请压缩后再发。");
    await page.getByRole("button", { name: "去掉截图.png" }).click();
    expect(await page.locator(".attached").isVisible()).toBe(false);
    expect(await page.evaluate("document.activeElement.id")).toBe("attach");
  });

  walk("a file that isn't taken, and one that isn't the reader's, say why", async () => {
    const page = await visitor("海安联络员");
    const script = { name: "现场.jpg", mimeType: "image/jpeg", buffer: Buffer.from("#!/bin/sh\nid\n") };
    await sends(page, [script], `${HAIAN} 整改前`);
    expect(await answer(page).locator(".card-title").textContent()).toBe("未能办理");
    expect(await answer(page).locator(".card-text").textContent()).toMatch(/^不能接收这种文件。可以发：照片/);

    await sends(page, [await photo("本县.jpg", "#205060")], `${HAIAN} 整改前`);
    const address = await answer(page).locator("a").last().getAttribute("href");
    const other = await visitor("如东联络员");
    const tab = await other.context().newPage();
    const response = await tab.goto(`${stage.url}${address?.split("?")[0]}`);
    expect(response?.status()).toBe(404);
    expect(await tab.locator("body").textContent()).toBe("这个文件链接已失效，请重新查询。");
  });
});

const widthOf = (image: Locator) =>
  image.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth);

async function opened(page: Page, link: Locator): Promise<Page> {
  const opening = page.context().waitForEvent("page");
  await link.focus();
  await page.keyboard.press("Enter");
  return opening;
}
