import type { Connected } from "../bot/connected.ts";
import type { Lantian } from "../bot/lantian.ts";
import type { Card } from "../chat/card.ts";
import { openConnection } from "../store/open.ts";
import { readSeal, sealFaults } from "../store/seal.ts";

const DAY_MS = 86_400_000;
/** Rows that are looked at before others have their turn. */
const PAGE = 2000;

/** What speaks against the audit log, in words for the office; none where it is whole. Its chain is walked from end to end. */
export async function auditFaults(bot: Pick<Lantian, "store">): Promise<string[]> {
  const faults: string[] = [];
  let after: { id: number; hash: string } | null = null;
  for (;;) {
    const page = await bot.store.read((r) => r.audit.walk(after, PAGE));
    if (page.broken !== null) faults.push(`审计记录#${page.broken}被改动`);
    if (page.broken !== null || page.last === null) break;
    after = page.last;
  }
  const connection = openConnection(bot.store.file);
  try {
    faults.push(...sealFaults(bot.store.file, connection).map(({ words }) => words));
  } finally {
    connection.close();
  }
  return faults;
}

/** Looks the audit log over now and once a day. What is wrong stands in /health, and the office is told. */
export function startWatchingAudit(
  bot: Lantian,
  onFault: (error: unknown) => void,
): Connected & { looked: Promise<void>; stop(): Promise<void> } {
  let standing: string[] = [];
  let running: Promise<void> = Promise.resolve();
  const look = async () => {
    standing = await auditFaults(bot);
    if (await sealIsLost(bot)) standing.push("封存文件不见了，已重新封存");
    if (standing.length > 0) await tell(bot, standing);
  };
  const round = () => {
    running = running.then(look).catch(onFault);
  };
  const timer = setInterval(round, DAY_MS).unref();
  round();
  const looked = running;
  return {
    name: "audit seal",
    health: () => ({ ok: standing.length === 0, detail: standing.join("；") || "agrees" }),
    looked,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Whether a database that has been sealed has no seal beside it; noted in the audit, and sealed anew with that. */
async function sealIsLost({ store, clock }: Lantian): Promise<boolean> {
  const at = (await clock.now()).epochMilliseconds;
  const isThere = readSeal(store.file) !== null;
  return store.write(async ({ settings, audit }) => {
    const was = (await settings.get("sealed")) === "1";
    if (!was) await settings.set("sealed", "1");
    if (isThere) return false;
    const detail = { why: was ? "the sealed file was lost" : "first seal" };
    await audit.append({ at, personId: null, actor: "系统", act: "audit.seal", outcome: "done", detail });
    return was;
  });
}

/** Once a day; what else turns up meanwhile stands in /health. */
async function tell({ store, clock, office }: Lantian, faults: readonly string[]): Promise<void> {
  const now = await clock.now();
  const at = now.epochMilliseconds;
  const card: Card = {
    title: "审计记录校验不通过",
    tone: "bad",
    blocks: [
      ...faults.map((text) => ({ kind: "text" as const, text })),
      { kind: "text", text: "请保护现场，查明谁能接触数据库文件，与备份核对；需要时用备份恢复。" },
    ],
    facts: { faults },
  };
  await store.write(async ({ people, outbox }) => {
    for (const { id } of await people.withRoles(["office"]))
      await outbox.queue(
        {
          key: `trouble/audit/${office.today(now)}/${id}`,
          to: { personId: id },
          class: "must-arrive",
          uncounted: "alarm",
          card,
        },
        at,
      );
  });
}
