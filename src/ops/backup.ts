import { existsSync } from "node:fs";
import { environment, readConfig } from "../config.ts";
import { backupDatabase } from "../store/inspection.ts";
import { script, UsageFault } from "./script.ts";

// `npm run backup [-- TARGET]`: a consistent copy of the database, checked; the bot may keep running meanwhile.
await script(async () => {
  const { databaseFile } = readConfig(environment());
  if (!existsSync(databaseFile)) throw new UsageFault(`there is no database at ${databaseFile} to back up`);
  const stamp = Temporal.Now.plainDateTimeISO().toString({ smallestUnit: "second" }).replaceAll(":", "");
  const target = process.argv[2] ?? `${databaseFile.replace(/\.db$/, "")}-${stamp}.db`;
  if (existsSync(target)) throw new UsageFault(`${target} exists already; name another file`);
  const findings = await backupDatabase(databaseFile, target);
  for (const { name, ok, detail } of findings) console.log(`${ok ? "ok  " : "BAD "} ${name}: ${detail}`);
  console.log(`backup: ${target}`);
  return findings.every((finding) => finding.ok) ? 0 : 1;
});
