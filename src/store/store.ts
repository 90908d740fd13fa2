import { type Connection, migrateDatabase, openConnection, withDrizzle } from "./open.ts";
import { type Reader, readerOn, type Writer, writerOn } from "./repositories.ts";
import { sealing } from "./seal.ts";
import { type WriteFault, writeFaultIn } from "./write-fault.ts";

export type { Reader, Writer } from "./repositories.ts";

export type Store = {
  /** Runs `ask` on one consistent snapshot. Nothing but store calls may be awaited inside. */
  read<T>(ask: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs `change` as one transaction (BEGIN IMMEDIATE), one at a time; any throw rolls all of it back. */
  write<T>(change: (writer: Writer) => Promise<T>): Promise<T>;
  /**
   * Gives the turn to write to another connection of this process, until `use` is over: changes that are asked for
   * meanwhile wait, and nothing else does. SQLite itself would hold up the whole process.
   */
  lend<T>(use: () => Promise<T>): Promise<T>;
  /**
   * From now on a commit outlasts the process, but no power cut: for what can be played again, never for what anybody was told.
   * The file stays whole either way.
   */
  hurry(): void;
  /** Grows whenever any other connection has changed the file. */
  dataVersion(): number;
  /** When (`performance.now()`) a change could not be written last, for a fault of the file or the disk; null: never. */
  lastWriteFault(): (WriteFault & { at: number }) | null;
  /** The fault of the newest change that was tried; null where that was written. */
  standingWriteFault(): WriteFault | null;
  file: string;
  close(): void;
};

/**
 * Opens the store: migrates the file, then keeps one writing and one reading connection.
 * @throws StoreFault for a file that can't be used.
 */
export function openStore(file: string, connect: typeof openConnection = openConnection): Store {
  migrateDatabase(file);
  return storeOn(file, connect);
}

/** The store on a file that is known to have today's schema. */
export function storeOn(file: string, connect: typeof openConnection): Store {
  const writing = connect(file);
  const reading = connect(file);
  // SQLite waits with the whole process; longer waits are made in between (`beginPatiently`).
  writing.pragma(`busy_timeout = ${BLOCKED_MS}`);
  let acted = false;
  const writer = writerOn(withDrizzle(writing), () => {
    acted = true;
  });
  const reader = readerOn(withDrizzle(reading));
  const writes = inTurn();
  const write = transactionsOn(writing, "BEGIN IMMEDIATE", writes);
  const version = reading.prepare("pragma data_version").pluck();
  const read = transactionsOn(reading, "BEGIN", inTurn());
  const idle = () => [reading, writing].find(({ open, inTransaction }) => open && !inTransaction);
  const seal = sealing(file, idle, () => openConnection(file));
  let lastWriteFault: (WriteFault & { at: number }) | null = null;
  let standingWriteFault: WriteFault | null = null;
  const noting = async <T>(change: () => Promise<T>): Promise<T> => {
    try {
      const result = await change();
      standingWriteFault = null;
      return result;
    } catch (error) {
      const fault = writeFaultIn(error);
      if (fault !== null) {
        lastWriteFault = { ...fault, at: performance.now() };
        standingWriteFault = fault;
      }
      throw error;
    }
  };
  return {
    read: (ask) => read(() => ask(reader)),
    write: (change) =>
      noting(async () => {
        let hasActed = false;
        const result = await write(async () => {
          acted = false;
          const changed = await change(writer);
          hasActed = acted;
          return changed;
        });
        if (hasActed) seal.soon();
        return result;
      }),
    async lend(use) {
      const result = await noting(() => writes(use));
      seal.soon();
      return result;
    },
    hurry() {
      writing.pragma("synchronous = NORMAL");
      writing.pragma(`wal_autocheckpoint = ${HURRIED_PAGES}`);
    },
    dataVersion: () => version.get() as number,
    lastWriteFault: () => lastWriteFault,
    standingWriteFault: () => standingWriteFault,
    file,
    close() {
      seal.close();
      reading.close();
      writing.close();
    },
  };
}

/** Pages of the log after which it is written into the file, where much is written in a hurry: many a page is in it several times. */
const HURRIED_PAGES = 8000;
/** How long another program's lock may hold up the process at once, ms. */
const BLOCKED_MS = 50;
/** How long a change waits for it in all, counted from when it was asked for: whoever waits is told in good time. */
const PATIENCE_MS = 2000;
const LOOK_AGAIN_MS = 20;

/** Waits for another program's lock without holding up what else goes on here. @throws SQLite's error after `PATIENCE_MS`. */
async function beginPatiently(begin: () => void, askedAt: number): Promise<void> {
  for (;;) {
    try {
      return begin();
    } catch (error) {
      const isBusy = (error as { code?: unknown }).code === "SQLITE_BUSY";
      if (!isBusy || performance.now() - askedAt > PATIENCE_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}

type Turns = <T>(run: () => Promise<T>) => Promise<T>;

/** One after the other: the next begins when the one before is over. */
function inTurn(): Turns {
  let tail: Promise<unknown> = Promise.resolve();
  return (run) => {
    const turn = tail.then(run);
    tail = turn.catch(() => undefined);
    return turn;
  };
}

/** Queues transactions on one connection: the next begins when the one before has committed or rolled back. */
function transactionsOn(connection: Connection, begin: string, turns: Turns): Turns {
  const [starts, commits, rollsBack] = [begin, "COMMIT", "ROLLBACK"].map((statement) =>
    connection.prepare(statement),
  );
  return (run) => {
    const askedAt = performance.now();
    return turns(async () => {
      await beginPatiently(() => starts?.run(), askedAt);
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
  };
}
