import { airReads, airWrites } from "./air.ts";
import { auditReads, auditWrites } from "./audit.ts";
import { buttonReads, buttonWrites } from "./buttons.ts";
import { chatReads, chatWrites } from "./chats.ts";
import { inboxReads, inboxWrites } from "./inbox.ts";
import { issueReads, issueWrites } from "./issues.ts";
import { ledgerReads, ledgerWrites } from "./ledger.ts";
import { messageReads, messageWrites } from "./messages.ts";
import { type Connection, type Db, migrateDatabase, openConnection, withDrizzle } from "./open.ts";
import { outboxReads, outboxWrites } from "./outbox.ts";
import { peopleReads, peopleWrites } from "./people.ts";
import { planReads, planWrites } from "./plan.ts";
import { progressReads, progressWrites } from "./progress.ts";
import { settingReads, settingWrites } from "./settings.ts";

/** What can be asked of the store; one snapshot, nothing changes while it is read. */
export type Reader = ReturnType<typeof readerOf>;
/** What can be asked and changed inside one transaction. */
export type Writer = ReturnType<typeof writerOf>;

export type Store = {
  /** Runs `ask` on one consistent snapshot. Nothing but store calls may be awaited inside. */
  read<T>(ask: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs `change` as one transaction (BEGIN IMMEDIATE), one at a time; any throw rolls all of it back. */
  write<T>(change: (writer: Writer) => Promise<T>): Promise<T>;
  /** Grows whenever any other connection has changed the file. */
  dataVersion(): number;
  file: string;
  close(): void;
};

/**
 * Opens the store: migrates the file, then keeps one writing and one reading connection.
 * @throws StoreFault for a file that can't be used.
 */
export function openStore(file: string): Store {
  migrateDatabase(file);
  const writing = openConnection(file);
  const reading = openConnection(file);
  const writer = writerOf(withDrizzle(writing));
  const reader = readerOf(withDrizzle(reading));
  const write = oneAtATime(writing, "BEGIN IMMEDIATE");
  const read = oneAtATime(reading, "BEGIN");
  return {
    read: (ask) => read(() => ask(reader)),
    write: (change) => write(() => change(writer)),
    dataVersion: () => reading.pragma("data_version", { simple: true }) as number,
    file,
    close() {
      reading.close();
      writing.close();
    },
  };
}

/** Queues transactions on one connection: the next begins when the one before has committed or rolled back. */
function oneAtATime(connection: Connection, begin: string) {
  const [starts, commits, rollsBack] = [begin, "COMMIT", "ROLLBACK"].map((statement) =>
    connection.prepare(statement),
  );
  let tail: Promise<unknown> = Promise.resolve();
  return <T>(run: () => Promise<T>): Promise<T> => {
    const turn = tail.then(async () => {
      starts?.run();
      try {
        const result = await run();
        commits?.run();
        return result;
      } catch (error) {
        // SQLite rolls back by itself on a full disk; a second ROLLBACK would hide the first error.
        if (connection.inTransaction) rollsBack?.run();
        throw error;
      }
    });
    tail = turn.catch(() => undefined);
    return turn;
  };
}

function readerOf(db: Db) {
  return {
    settings: settingReads(db),
    plan: planReads(db),
    air: airReads(db),
    progress: progressReads(db),
    people: peopleReads(db),
    issues: issueReads(db),
    audit: auditReads(db),
    inbox: inboxReads(db),
    outbox: outboxReads(db),
    messages: messageReads(db),
    buttons: buttonReads(db),
    chats: chatReads(db),
    ledger: ledgerReads(db),
  };
}

function writerOf(db: Db) {
  return {
    settings: { ...settingReads(db), ...settingWrites(db) },
    plan: { ...planReads(db), ...planWrites(db) },
    air: { ...airReads(db), ...airWrites(db) },
    progress: { ...progressReads(db), ...progressWrites(db) },
    people: { ...peopleReads(db), ...peopleWrites(db) },
    issues: { ...issueReads(db), ...issueWrites(db) },
    audit: { ...auditReads(db), ...auditWrites(db) },
    inbox: { ...inboxReads(db), ...inboxWrites(db) },
    outbox: { ...outboxReads(db), ...outboxWrites(db) },
    messages: { ...messageReads(db), ...messageWrites(db) },
    buttons: { ...buttonReads(db), ...buttonWrites(db) },
    chats: { ...chatReads(db), ...chatWrites(db) },
    ledger: { ...ledgerReads(db), ...ledgerWrites(db) },
  };
}
