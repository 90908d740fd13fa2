import { type Refusal, refuse } from "../chat/refusal.ts";

/** What is told of an import that a stop of the bot has broken off. */
export const brokenOff = (name: string): Refusal =>
  refuse("import-rejected", `导入“${name}”时机器人中途停止，什么也没有导入。请重新发送或重新操作。`);
