import { existsSync } from "node:fs";
import { putBackTriggers } from "../store/append-only.ts";
import { firstUnreadable } from "../store/inspection.ts";
import { type Connection, openConnection, StoreFault, takeLock } from "../store/open.ts";
import { sealFaults, writeSeal } from "../store/seal.ts";
import { openStore, type Store } from "../store/store.ts";

const withConnection = <T>(file: string, use: (connection: Connection) => T): T => {
  const connection = openConnection(file);
  try {
    return use(connection);
  } finally {
    connection.close();
  }
};

/**
 * What is damaged doesn't start: changes would damage more. Nor does an office whose audit log lacks rows that were there: what
 * was done since can't be relied on. @throws StoreFault naming the table, or what is missing.
 */
export function refuseUnsound({ file }: Store): void {
  withConnection(file, (connection) => {
    refuseDamaged(connection);
    refuseUnlessSealed(file, connection);
  });
}

function refuseDamaged(connection: Connection): void {
  const broken = firstUnreadable(connection);
  if (broken !== null)
    throw new StoreFault(
      `the database is damaged (${broken}); restore a backup. 数据库已损坏（${broken}），请用备份恢复`,
    );
}

function refuseUnlessSealed(file: string, connection: Connection): void {
  const faults = sealFaults(file, connection);
  if (faults.length === 0) return;
  throw new StoreFault(
    `${faults.map(({ why }) => why).join("; ")}; restore a backup, or start once with --accept-loss. ${faults.map(({ words }) => words).join("；")}，请用备份恢复；确认接受损失的，启动时加 --accept-loss`,
  );
}

/**
 * Goes on with what is left, on an administrator's word: what is missing is written into the log, which is sealed anew.
 * Nothing is written where nothing is missing. @returns what was accepted, in English.
 */
export async function acceptLoss(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  const unlock = takeLock(`${file}.running`, 0);
  const store = openStore(file);
  try {
    const faults = withConnection(file, (connection) => sealFaults(file, connection));
    if (faults.length === 0) return [];
    withConnection(file, putBackTriggers);
    const at = Temporal.Now.instant().epochMilliseconds;
    const detail = { lost: faults.map(({ words }) => words) };
    await store.write(({ audit }) =>
      audit.append({
        at,
        personId: null,
        actor: "系统管理员",
        act: "audit.accept-loss",
        outcome: "done",
        detail,
      }),
    );
    withConnection(file, (connection) => writeSeal(file, connection));
    return faults.map(({ why }) => why);
  } finally {
    store.close();
    unlock();
  }
}
