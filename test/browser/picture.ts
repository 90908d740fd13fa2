import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { aStage, noBrowser, type Size, type Stage } from "./stage.ts";

// Takes the README's pictures anew: a county's status, and below it a push that came while the liaison looked on.
const folder = join(import.meta.dirname, "../../docs");
/** The README stays light. */
const most = 300_000;

/** Taller than the screens they stand for, so that the push below the status is in the picture. */
const pictures: [Size, string, { width: number; height: number }][] = [
  ["desktop", "console.png", { width: 1280, height: 1040 }],
  ["phone", "console-phone.png", { width: 390, height: 1040 }],
];

if (noBrowser !== null) {
  console.error(`no pictures: ${noBrowser}`);
  process.exitCode = 1;
} else {
  mkdirSync(folder, { recursive: true });
  for (const [size, file, viewport] of pictures) await take(size, join(folder, file), viewport);
}

async function take(size: Size, file: string, viewport: { width: number; height: number }): Promise<void> {
  const stage = await aStage();
  try {
    const page = await visit(stage, size, "海安联络员");
    await page.setViewportSize(viewport);
    await page.locator("#say").fill("海安");
    await page.locator("#say").press("Enter");
    await page.locator(".message.from-bot").first().waitFor();

    const office = await visit(stage, "desktop", "市办");
    await office.locator("#say").fill("交办 海安 “工地围挡破损，物料未苫盖” 3个工作日");
    await office.locator("#say").press("Enter");
    await page.locator(".message.from-bot .push").waitFor();

    await page.evaluate(
      "document.querySelector('#log').scrollTop = document.querySelector('.message.from-bot').offsetTop - 10",
    );
    await page.evaluate("document.activeElement.blur()");
    await page.mouse.move(0, 0);
    await page.evaluate("document.fonts.ready.then(() => true)");
    await page.screenshot({ path: file });
  } finally {
    await stage.close();
  }
  const { size: bytes } = statSync(file);
  console.log(`${file}: ${Math.round(bytes / 1000)} kB`);
  if (bytes > most) throw new Error(`${file} is larger than ${most / 1000} kB`);
}

async function visit(stage: Stage, size: Size, name: string) {
  const { page } = await stage.visitor(size);
  await page.locator(".person", { hasText: name }).first().click();
  await page.locator("#persona", { hasText: name }).waitFor();
  await page.locator(".welcome h2", { hasText: "您好" }).waitFor();
  return page;
}
