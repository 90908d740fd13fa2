import { TooLong } from "../aside/aside.ts";
import { drawAnswer } from "../bot/draw.ts";
import type { Lantian } from "../bot/lantian.ts";
import { longButton, type Meanwhile } from "../bot/long-action.ts";
import { refuseFault } from "../bot/reply.ts";
import type { Card } from "../chat/card.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { KeptLayout } from "../store/import-questions.ts";
import type { Person } from "../store/people.ts";
import { STOP } from "./asked.ts";
import { brokenOff } from "./broken-off.ts";
import { type ImportProgress, importAside } from "./import-aside.ts";
import type { BroughtIn, NotBroughtIn } from "./import-file.ts";
import type { FileSent } from "./import-thread.ts";
import { endRun, putRun, Stopped, stopImport } from "./running-imports.ts";

/** What takes longer shows how far it is; and how often it says so anew, which platforms allow. */
const PATIENCE_MS = 2000;
const ANEW_MS = 3000;

/** The message that brought a file, and how its sender is shown what goes on. */
export type Watching = {
  inbound?: number | undefined;
  meanwhile?: Meanwhile | undefined;
};

/**
 * Imports what somebody has sent in a chat. What takes over two seconds shows how far it is, with a button that stops it;
 * whatever goes wrong is an answer. A message whose import was broken off by a stop of the bot is told so, and not imported
 * by itself: nobody knows whether its sender has sent it anew.
 */
export async function importPatiently(
  bot: Lantian,
  person: Person,
  file: FileSent,
  { layout, inbound, meanwhile }: Watching & { layout?: KeptLayout },
): Promise<BroughtIn | NotBroughtIn> {
  let run: number | null = null;
  try {
    const before =
      inbound === undefined ? null : await bot.store.read((r) => r.importRuns.byInbound(inbound));
    if (before !== null) {
      await bot.store.write((w) => w.importRuns.end(before.id));
      return { ...brokenOff(file.name), rejected: [] };
    }
    const at = (await bot.clock.now()).epochMilliseconds;
    const begun = { personId: person.id, name: file.name, inboxId: inbound ?? null, at };
    const id = await bot.store.write((w) => w.importRuns.begin(begun));
    run = id;
    const { signal, tell } = putRun(bot.store, id);
    const shown = showing(bot, person, file.name, { run: id, meanwhile });
    const onProgress = (progress: ImportProgress) => {
      tell(progress);
      shown.tell(progress);
    };
    const by = { person, run: id, ...(layout ? { layout } : {}) };
    return await importAside(bot, file, by, { signal, onProgress }).finally(shown.end);
  } catch (error) {
    return { ...refusalOf(bot, error), rejected: [] };
  } finally {
    if (run !== null) {
      const id = run;
      endRun(bot.store, id);
      // On a full disk it stays, and is found at the next start.
      await bot.store.write((w) => w.importRuns.end(id)).catch(() => undefined);
    }
  }
}

/** Why nothing was imported, though nothing is wrong with the table. */
function refusalOf(bot: Lantian, error: unknown): Refusal {
  if (error instanceof Stopped) return refuse("import-rejected", "已按您的要求取消，什么也没有导入。");
  const isOutOfMemory = (error as { code?: unknown }).code === "ERR_WORKER_OUT_OF_MEMORY";
  if (error instanceof TooLong || isOutOfMemory)
    return refuse(
      "import-rejected",
      "这个文件读起来太费时间或内存，已停止，什么也没有导入。请拆成几个小文件再发。",
    );
  return refuseFault(
    bot,
    error,
    (id) => `系统出错，什么也没有导入。请稍后重发；如再出现，请把编号${id}告诉市办。`,
  );
}

/** Shows somebody how far their import is, one time after the other. */
function showing(
  bot: Lantian,
  person: Person,
  name: string,
  { run, meanwhile }: { run: number; meanwhile: Watching["meanwhile"] },
) {
  let progress: ImportProgress = { step: "waiting" };
  let shown: string | null = null;
  let showingNow: Promise<void> = Promise.resolve();
  const show = async () => {
    const text = wordsOf(progress);
    if (meanwhile === undefined || text === shown) return;
    shown = text;
    const card: Card = {
      title: `正在读入：${name}`,
      blocks: [{ kind: "text", text }],
      buttons:
        progress.step === "writing" ? [] : [await longButton({ ...STOP, ...stopImport }, { run }, bot)],
    };
    const at = (await bot.clock.now()).epochMilliseconds;
    await meanwhile(await drawAnswer(bot.store, card, person.id, { demo: bot.demo, at }));
  };
  const next = () => {
    // A courtesy: when it fails the answer simply comes without it.
    showingNow = show()
      .catch(() => undefined)
      .then(() => {
        timer = setTimeout(next, ANEW_MS);
      });
  };
  let timer = setTimeout(next, PATIENCE_MS);
  return {
    tell(now: ImportProgress) {
      progress = now;
    },
    /** Shows nothing more; the answer comes after what is just being shown. */
    async end() {
      clearTimeout(timer);
      await showingNow;
      clearTimeout(timer);
    },
  };
}

const thousands = (n: number) => n.toLocaleString("en");

function wordsOf(progress: ImportProgress): string {
  switch (progress.step) {
    case "waiting":
      return "前面还有文件在处理，请稍候。";
    case "reading":
      return "正在打开文件，请稍候。";
    case "rows":
      return `已读 ${thousands(progress.rows)}/${thousands(progress.of)} 行。`;
    case "writing":
      return "已读完，正在写入，不能再取消。";
    default:
      return progress satisfies never;
  }
}
