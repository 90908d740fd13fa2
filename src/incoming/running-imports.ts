import { z } from "zod";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { Store } from "../store/store.ts";
import type { StopImport } from "./asked.ts";
import type { ImportProgress } from "./import-aside.ts";

/** Whoever sent the file doesn't want it any more. */
export class Stopped extends Error {}

type Running = { stop: AbortController; writing: boolean };

/** Imports that are under way in this process, by their numbers. */
const running = new WeakMap<Store, Map<number, Running>>();

/** Notes an import that begins. */
export function putRun(
  store: Store,
  id: number,
): { signal: AbortSignal; tell(progress: ImportProgress): void } {
  const own = running.get(store) ?? new Map<number, Running>();
  running.set(store, own);
  const run: Running = { stop: new AbortController(), writing: false };
  own.set(id, run);
  return {
    signal: run.stop.signal,
    tell(progress) {
      run.writing = progress.step === "writing";
    },
  };
}

export function endRun(store: Store, id: number): void {
  running.get(store)?.delete(id);
}

/** Stops an import that doesn't write yet. Its button is its sender's: nobody else's token means it. */
function stopRun(store: Store, id: number): Refusal | null {
  const run = running.get(store)?.get(id);
  if (run === undefined) return refuse("stale-action", "这个文件已经处理完了，不用取消。");
  if (run.writing)
    return refuse("conflict", "已经开始写入，不能再取消。导入完成后，可按编号发送“撤回导入”。");
  run.stop.abort(new Stopped("stopped by its sender"));
  return null;
}

/** 取消: nothing of the file is imported; its own answer says so. */
export const stopImport: StopImport = {
  form: async () => ({ schema: z.object({}), values: {} }),
  async press(bot, { params }) {
    const refused = stopRun(bot.store, params.run);
    if (isRefusal(refused)) return refused;
    return { title: "已取消导入", blocks: [{ kind: "text", text: "文件不再读入，什么也没有导入。" }] };
  },
};
