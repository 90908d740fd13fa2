import Database from "better-sqlite3";
import type { AnOffice } from "./office.ts";

/** A member leaves, or is back, by another hand than an invitation's. */
export const leaves = (office: AnOffice, name: string) => setActive(office, name, 0);
export const comesBack = (office: AnOffice, name: string) => setActive(office, name, 1);

function setActive({ file }: AnOffice, name: string, active: 0 | 1): void {
  const raw = new Database(file);
  const { changes } = raw.prepare("update person set active = ? where name = ?").run(active, name);
  raw.close();
  if (changes !== 1) throw new Error(`nobody is called ${name}`);
}
