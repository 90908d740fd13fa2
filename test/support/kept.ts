import Database from "better-sqlite3";

/** How many messages in an office's inbox still hold these words. */
export function keptWith(file: string, words: string): number {
  const database = new Database(file, { readonly: true });
  try {
    return database
      .prepare("select count(*) from inbox where instr(payload, ?) > 0")
      .pluck()
      .get(words) as number;
  } finally {
    database.close();
  }
}
