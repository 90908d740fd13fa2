import { fork } from "node:child_process";
import { join } from "node:path";

// biome-ignore lint/suspicious/noExplicitAny: what they take and give is checked where they are asked
type Methods = Record<string, (asked: any) => Promise<unknown>>;

export type Outside<M extends Methods> = {
  ask<K extends keyof M & string>(method: K, asked: Parameters<M[K]>[0]): Promise<Awaited<ReturnType<M[K]>>>;
  close(): void;
};

type Question = { id: number; method: string; asked: unknown };
type Answer = { id: number; result?: unknown; fault?: string };

/**
 * Starts a file of this folder as a process of its own. A platform and its users live there: their work is neither waited
 * for by the bot's own thread nor counted as the bot's.
 */
export function outside<M extends Methods>(file: string): Outside<M> {
  const child = fork(join(import.meta.dirname, file));
  const open = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let last = 0;
  child.on("message", ({ id, result, fault }: Answer) => {
    const waiting = open.get(id);
    open.delete(id);
    if (fault === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new Error(fault));
  });
  child.once("exit", (status) => {
    for (const { reject } of open.values()) reject(new Error(`${file} has ended with ${status}`));
  });
  return {
    ask: (method, asked) =>
      new Promise((resolve, reject) => {
        last += 1;
        open.set(last, { resolve, reject });
        child.send({ id: last, method, asked } satisfies Question);
      }),
    close: () => child.disconnect(),
  };
}

/** In such a process: does what is asked until nobody is there to ask. */
export function serve(methods: Methods): void {
  process.on("message", ({ id, method, asked }: Question) => {
    const answer = (answer: Omit<Answer, "id">) => process.send?.({ id, ...answer });
    const run = methods[method] ?? (() => Promise.reject(new Error(`there is no ${method}`)));
    run(asked).then(
      (result) => answer({ result }),
      (error: Error) => answer({ fault: error.stack ?? error.message }),
    );
  });
  process.once("disconnect", () => process.exit());
}

/** Waits until something holds, without hurry. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Resolves at the moment at which something is added to a list. Looking again and again would keep a whole core busy. */
export function nextIn(list: unknown[]): Promise<void> {
  return new Promise((resolve) => {
    list.push = (...items) => {
      Reflect.deleteProperty(list, "push");
      resolve();
      return list.push(...items);
    };
  });
}
