import { randomUUID } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Lantian, Reply, Speaker } from "../bot/lantian.ts";
import type { Made } from "../chat/paper.ts";
import { isRefusal } from "../chat/refusal.ts";
import { UsageFault } from "./script.ts";

type OnDisk = { path: string; name: string; size: number };

/** A file that is to be sent, found but not read yet: one that is too large never is. */
export async function foundOn(path: string): Promise<OnDisk> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageFault(`cannot read ${path}: ${whyNot(error)}`);
  });
  if (!found.isFile()) throw new UsageFault(`cannot read ${path}: it is not a file`);
  return { path, name: basename(path), size: found.size };
}

/** Sends files one after the other, as one album under one caption; the first that is refused ends it. */
export async function sendFiles(
  bot: Lantian,
  speaker: Speaker,
  files: readonly OnDisk[],
  caption: string,
): Promise<Reply> {
  const { receiveFile } = await import("../incoming/received-file.ts");
  const album = randomUUID();
  const before = await bot.store.read((r) => r.outbox.newestId());
  let answer: Reply["answer"] | undefined;
  for (const [at, { path, name, size }] of files.entries()) {
    const said = at === 0 ? { caption, album } : { album };
    const card = await receiveFile(bot, speaker, { name, size }, () => readFile(path), said);
    answer = isRefusal(card) ? card : { kind: "card", card };
    if (answer.kind === "refusal") break;
  }
  if (answer === undefined) throw new Error("no file was given");
  const queued = await bot.store.read((r) => r.outbox.after(before));
  const deliveries = queued.map(({ row, audience }) => ({ audience, title: row.title }));
  return { command: null, answer, deliveries };
}

/** Writes an opened file to where the user wants it. */
export async function writeOut({ bytes }: Made, path: string): Promise<void> {
  await writeFile(path, bytes).catch((error: NodeJS.ErrnoException) => {
    throw new UsageFault(`cannot write ${path}: ${whyNot(error)}`);
  });
}

function whyNot(error: NodeJS.ErrnoException): string {
  return error.code === "ENOENT" ? "there is no such file or folder" : error.message;
}
