import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type ConsoleMessage, chromium, type Page } from "playwright-core";
import type { Lantian } from "../../src/bot/lantian.ts";
import { readConfig } from "../../src/config.ts";
import { roundsOf } from "../../src/delivery/rounds.ts";
import { boot } from "../../src/ops/boot.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { officeConsole } from "../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../src/platforms/web/server.ts";
import { walk } from "../../src/scheduler/walk.ts";
import { demonstration } from "../support/demonstration.ts";

/** Debian's place; elsewhere CHROMIUM_PATH says where a Chromium or Chrome is. */
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** Why no browser can be started here, or null when one can. */
export const noBrowser = existsSync(executablePath)
  ? null
  : `no Chromium at ${executablePath}; CHROMIUM_PATH names another`;

/** How a page is waited for: as long as any machine needs. */
export const settled = { timeout: 240_000, interval: 30 };

export const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
export type Size = keyof typeof sizes;
/** What a walk is taken on: in the full run both, else the one that leaves it less room. */
export const sizesFor = (harder: Size): readonly Size[] =>
  process.env.TEST_FULL === "1" ? (Object.keys(sizes) as Size[]) : [harder];

/** The real bot on a demonstration database of its own, its real console, and a browser before it. */
export type Stage = {
  bot: Lantian;
  url: string;
  /** A visitor with cookies and a tab of their own. `faults` gathers what the browser's log complains of. */
  visitor(size: Size): Promise<Visitor>;
  close(): Promise<void>;
};
export type Visitor = {
  page: Page;
  faults: string[];
  /** Whoever comes next finds nothing of theirs. */
  leaves(): Promise<void>;
};

/** Raises the stage; the demonstration's clock stands at half past eight on Monday, 15 June 2020. */
export async function aStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "lantian-browser-"));
  const file = join(folder, "lantian.db");
  writeFileSync(file, (await demonstration()).bytes, { mode: 0o600 });
  const { bot } = await boot(readConfig({ DATABASE_URL: `file:${file}`, LOG_LEVEL: "warn" }));
  const rounds = roundsOf(bot, [webDoor(bot)], (error) => bot.report(error, "delivery"));
  const web = await startWebConsole(officeConsole(bot, { rounds, walk }), { host: "127.0.0.1", port: 0 });
  const browser = await launch();
  // A context, and a tab whose renderer is warm, take the browser longer to make than most walks take.
  const left: Record<Size, Page[]> = { desktop: [], phone: [] };
  const tabFor = async (size: Size): Promise<Page> => {
    const free = left[size].pop();
    if (free !== undefined) return free;
    const context = await browser.newContext({
      viewport: sizes[size],
      locale: "zh-CN",
      colorScheme: "light",
      reducedMotion: "reduce",
      ...(size === "phone" ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
    });
    context.setDefaultTimeout(settled.timeout);
    return context.newPage();
  };
  return {
    bot,
    url: web.url,
    async visitor(size) {
      const page = await tabFor(size);
      const faults: string[] = [];
      const onError = (error: Error) => faults.push(String(error));
      const onLine = (line: ConsoleMessage) =>
        ["error", "warning"].includes(line.type()) && faults.push(line.text());
      page.on("pageerror", onError).on("console", onLine);
      await page.goto(web.url);
      return {
        page,
        faults,
        async leaves() {
          const context = page.context();
          for (const tab of context.pages()) if (tab !== page) await tab.close();
          page.off("pageerror", onError).off("console", onLine);
          // What it kept is cleared where the console can't keep it anew.
          await page.goto(`${web.url}/health`);
          await page.evaluate("sessionStorage.clear()");
          await context.clearCookies();
          await page.setViewportSize(sizes[size]);
          await page.emulateMedia({ media: null });
          left[size].push(page);
        },
      };
    },
    async close() {
      await browser.close();
      await web.close();
      bot.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Playwright gives each start a new, empty user-data directory. The rest keeps Chromium from calling home. */
function launch(): Promise<Browser> {
  const quiet = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  // Chromium's sandbox refuses to run as root, which is who runs tests in a container.
  const args = process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet;
  return chromium.launch({ executablePath, args });
}
