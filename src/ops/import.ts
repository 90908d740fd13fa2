import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { readConfig } from "../config.ts";
import { causesOf } from "../incoming/causes.ts";
import { importFile } from "../incoming/import-file.ts";
import { affectedWords } from "../papers/affected.ts";
import { boot } from "./boot.ts";
import { textOf } from "./card-text.ts";
import { print, readOptions, runAsProcess, script, UsageFault } from "./script.ts";

const how = "usage: npm run -s import -- FILE [--partial] [--json]";
/** Causes that plain text lists; --json has every bad cell. */
const LISTED = 50;

export const importTable = script(async (args, environment, io) => {
  const { values, positionals } = readOptions(
    args,
    { options: { partial: { type: "boolean", default: false }, json: { type: "boolean", default: false } } },
    how,
  );
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageFault(how);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageFault(
      `cannot read ${path}: ${error.code === "ENOENT" ? "there is no such file" : error.message}`,
    );
  });
  const { bot } = await boot(readConfig(environment), io.err);
  try {
    const result = await importFile(
      bot,
      { bytes, name: basename(path) },
      { person: null, partial: values.partial },
    );
    const causes = causesOf(result.rejected);
    const faults = causes
      .slice(0, LISTED)
      .map(({ where, column, value, reason }) => `${where} ${column}“${value}”：${reason}`);
    if (causes.length > LISTED) faults.push(`另有${causes.length - LISTED}类，加 --json 看全部。`);
    if ("code" in result) {
      const { code, message, rejected, read } = result;
      print(
        io,
        values.json,
        { ok: false, error: { code, message }, rejected, ...(read ? { read } : {}) },
        [message, ...(read?.lines ?? []), ...faults].join("\n"),
      );
      return 1;
    }
    const text = `读入${result.rows}行：新增${result.added}，更正${result.corrected}，未变${result.unchanged}，未收${result.rejected.length}处${result.batch === null ? "" : `，导入编号${result.batch}`}。`;
    const same = result.sameAs === null ? [] : [result.sameAs.words];
    const affected = result.affected.map((one) => affectedWords(one));
    const { report, ...brought } = result;
    const more = report ? [textOf({ title: "", blocks: report.blocks })] : [];
    print(
      io,
      values.json,
      { ok: true, ...brought, ...report?.facts },
      [text, ...result.read.lines, ...same, ...affected, ...more, ...faults].join("\n"),
    );
    return 0;
  } finally {
    bot.store.close();
  }
});

if (import.meta.main) await runAsProcess(importTable);
