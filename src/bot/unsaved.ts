import { type Refusal, refuse } from "../chat/refusal.ts";
import type { Store } from "../store/store.ts";
import { type WriteFault, writeFaultIn } from "../store/write-fault.ts";

/** What is wrong, and what helps: first in words for whoever asks, then when it is worth trying again. */
const WORDS: Readonly<Record<WriteFault["kind"], readonly [why: string, when: string]>> = {
  full: ["服务器磁盘已满", "请告诉系统管理员清理磁盘，10分钟后再试"],
  locked: ["数据库正被另一个程序占用", "请1分钟后再试；再三如此请告诉系统管理员"],
  "read-only": ["数据库文件不可写入", "请告诉系统管理员恢复写入权限，10分钟后再试"],
  broken: ["数据库读写出错", "请告诉系统管理员查看磁盘，10分钟后再试"],
};

/** Why what somebody says couldn't be kept; `again`: what is told of it where the platform brings it once more. */
export type Unkept = { fault: WriteFault; again?: string };

/** What whoever wanted something done is told while nothing can be written: that it wasn't, and when to try again. */
export function notSaved({ fault, again }: Unkept): Refusal {
  const [why, when] = WORDS[fault.kind];
  return refuse("not-saved", `${why}，现在不能保存，还没有办理。${again ?? when}。查询照常。`);
}

/** The line below an answer of which something had to be left out. */
export const unsavedNote = ({ kind }: WriteFault): string =>
  `${WORDS[kind][0]}，现在不能保存：查询照常，缺少的按钮和附件恢复后重新查询即有。`;

/**
 * Writes down what is less than the answer that it belongs to. While nothing can be written it is left out, at once where
 * that is known; any other fault is thrown.
 */
export async function ifSaved(store: Store, write: () => Promise<unknown>): Promise<void> {
  if (store.standingWriteFault() !== null) return;
  await write().catch((error: unknown) => {
    if (writeFaultIn(error) === null) throw error;
  });
}
