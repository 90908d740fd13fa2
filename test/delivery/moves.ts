import Database from "better-sqlite3";

/** A move of a delivery as the database itself has seen it. */
export type Move = { id: number; was: string; is: string; claimed: number; forGood: 0 | 1 };

/** Notes every move of every delivery in a database, whoever makes it. */
export function watchMoves(file: string): { of(id: number): Move[]; close(): void } {
  const db = new Database(file);
  db.exec(`
    create table moves (id integer, was text, is_now text, claimed integer, for_good integer) strict;
    create trigger note_move after update on outbox begin
      insert into moves values (
        new.id, old.state, new.state, new.claim - old.claim,
        new.state = 'ambiguous' and new.next_attempt_at = ${Number.MAX_SAFE_INTEGER});
    end`);
  const moves = db.prepare(
    "select id, was, is_now as 'is', claimed, for_good as forGood from moves where id = ? order by rowid",
  );
  return { of: (id) => moves.all(id) as Move[], close: () => db.close() };
}
