import type { Condition } from "../chat/condition.ts";
import { platformName } from "../chat/platform.ts";
import { roomFor } from "./disk.ts";
import { airDataAge, lookedAt, partsFrom, waitedSince } from "./health.ts";
import type { Lantian } from "./lantian.ts";

const TITLES: Readonly<Record<string, string>> = {
  database: "数据库",
  disk: "磁盘",
  "air data": "监测数据",
  deliveries: "推送",
  "audit log": "审计记录",
  "audit seal": "审计封存",
  "kept files": "附件",
  clock: "定时任务",
  backup: "备份",
};

/** The parts of /health and the figures of /metrics as an administrator reads them in a chat: the same look, in other words. */
export async function conditionOf(
  bot: Lantian,
  today: Temporal.PlainDate,
  machineNow: number = Date.now(),
): Promise<Condition[]> {
  const connected = bot.connected?.() ?? [];
  const looked = await lookedAt(bot, today);
  const { newest, outbox, message } = looked;
  const { parts } = await partsFrom(looked, bot, today, connected);
  const age = airDataAge(newest, today);
  const figure = (name: string) =>
    connected.flatMap(({ gauges }) => gauges?.() ?? []).find((gauge) => gauge.name === name)?.value;
  const backup = figure("backup_age_seconds");
  const beat = figure("clock_beat_age_seconds");
  const room = roomFor(bot.store.file);
  const words: Readonly<Record<string, string | undefined>> = {
    database: "能写入",
    disk: room === null ? undefined : `剩余${room.freeMb} MB`,
    "air data": newest === null ? "还没有" : `最新${newest}${age ? `，${age}天前` : ""}`,
    deliveries: `待发${outbox.pending + outbox.waiting}，失败${outbox.failed}，存疑${outbox.ambiguous}`,
    "audit log": "完整",
    "audit seal": "一致",
    "kept files": `${parts.find(({ name }) => name === "kept files")?.detail}个，齐全`,
    clock: beat === undefined ? undefined : `${Math.round(beat)}秒前走过`,
    backup: backup === undefined ? "还没有" : `最新一份${Math.floor(backup / 3600)}小时前`,
  };
  const strict = new Map(connected.flatMap(({ name, state }) => (state ? [[name, state()] as const] : [])));
  const waits = await waitedSince(message, bot, machineNow);
  return [
    ...parts.map(({ name, ok, detail }): Condition => {
      const title = TITLES[name] ?? platformName(bot.registry.platforms, name);
      const stands = strict.get(name) ?? { ok, detail };
      const well = words[name] ?? "正常";
      if (stands.ok) return { name, title, ok: true, says: well };
      return { name, title, ok: false, says: name === "backup" ? well : `异常：${stands.detail}` };
    }),
    {
      ...{ name: "messages", title: "收到的消息", ok: waits < LATE_MS },
      // The question itself is being answered.
      says: waits < 60_000 ? "都已答复" : `最早一条等了${Math.floor(waits / 60_000)}分钟`,
    },
  ];
}

/** By then whoever wrote has been answered. */
const LATE_MS = 5 * 60_000;
