import { contextOf, type Lantian } from "../bot/lantian.ts";
import { deny } from "../bot/transaction.ts";
import { only } from "../chat/access.ts";
import type { AnyImportKind, Counts, Importing, Report } from "../chat/import.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { kindOf } from "../intake/kind.ts";
import type { Rejected } from "../intake/refusal.ts";
import type { Table } from "../intake/source.ts";
import { readTable } from "../intake/table.ts";
import type { Person } from "../store/people.ts";
import { type Published, publishedWith } from "./published.ts";
import { readRowsOf } from "./read-rows-of.ts";

/** What came of a file; the interfaces document's answer of `import`. */
export type BroughtIn = Counts & {
  /** Id of its kind. */
  kind: string;
  rows: number;
  rejected: readonly Rejected[];
  /** Published periods that hold a corrected day: their notices went out with the old figures. */
  affected: readonly Published[];
  /** What its kind has to say beside. */
  report?: Report;
};

/**
 * Brings a table into the store, all or nothing: with one bad row nothing enters, unless `partial` asks for the good
 * rows. The whole file is one transaction with its audit row and the notices that it causes. Bringing in the same file
 * twice changes nothing. Without a person it comes from a terminal, whose user may do everything.
 */
export async function importFile(
  bot: Lantian,
  file: { bytes: Uint8Array; name: string },
  by: { person: Person | null; partial: boolean },
): Promise<BroughtIn | (Refusal & { rejected: readonly Rejected[] })> {
  const told = await tablesOf(file, bot.registry.imports);
  if ("code" in told) return told;
  const { kind, tables } = told;
  const { schedules } = bot.registry;
  const moment = await contextOf(bot);
  const { office, now, today } = moment;
  const at = now.epochMilliseconds;
  const result = await bot.store.write(async (store) => {
    // A role may have been withdrawn while the file was on its way.
    const person = by.person === null ? null : await store.people.byId(by.person.id);
    if (by.person !== null) {
      if (!person?.active) return { ...refuse("forbidden", "您的身份已停用，请联系市办。"), rejected: [] };
      const who = only(`导入${kind.title}`, ...kind.who);
      const forbidden = who.check({ person, args: {}, office, today });
      if (forbidden !== null) return { ...forbidden, rejected: [] };
    }
    const importing: Importing = { ...moment, store, by: person };
    const { rows, rejected } = await readRowsOf(kind, tables, importing);
    if (rejected.length > 0 && !by.partial) {
      return rejectedWith(
        `有${rejected.length}处错误，没有导入任何数据。请按下列提示修改后重新导入。`,
        rejected,
      );
    }
    if (rows.length === 0 && rejected.length === 0) return rejectedWith("文件里只有表头，没有数据行。");
    const { correctedDates, detail, report, ...counts } = await kind.enter(rows, importing);
    const jobs = schedules.filter(({ name }) => kind.touches?.includes(name));
    const affected = await publishedWith(jobs, correctedDates ?? new Set(), importing);
    if (counts.added + counts.corrected > 0) {
      await store.audit.append({
        at,
        personId: person?.id ?? null,
        actor: person?.name ?? "终端",
        act: "import",
        subject: kind.id,
        outcome: "done",
        detail: { file: file.name.slice(0, 200), ...counts, ...detail },
      });
    }
    return { kind: kind.id, rows: rows.length, ...counts, rejected, affected, ...(report ? { report } : {}) };
  });
  if ("code" in result && result.code === "forbidden" && by.person !== null)
    await deny(bot.store, { act: "import", at, person: by.person }, result.message);
  return result;
}

/** The tables of a file, all of one kind. */
async function tablesOf(
  file: { bytes: Uint8Array; name: string },
  kinds: readonly AnyImportKind[],
): Promise<{ kind: AnyImportKind; tables: Table[] } | ReturnType<typeof rejectedWith>> {
  const sheets = await readTable(file.bytes, file.name);
  if ("refusal" in sheets) return rejectedWith(sheets.refusal);
  const tables: Table[] = [];
  const found = new Set<AnyImportKind>();
  for (const sheet of sheets) {
    const told = kindOf(sheet.header, kinds);
    if ("refusal" in told) return rejectedWith(told.refusal);
    found.add(told.kind);
    tables.push({ sheet, at: told.at });
  }
  const [kind, ...others] = found;
  if (kind === undefined) return rejectedWith("文件里没有表格。");
  if (others.length > 0) return rejectedWith("各工作表的内容不是同一类，请分成几个文件。");
  const { title, mostRows = Number.POSITIVE_INFINITY } = kind;
  const count = tables.reduce((sum, { sheet }) => sum + sheet.rows.length, 0);
  if (count > mostRows)
    return rejectedWith(`${title}一次最多导入${mostRows}行，文件有${count}行，请拆分后再发。`);
  return { kind, tables };
}

function rejectedWith(
  message: string,
  rejected: readonly Rejected[] = [],
): Refusal & { rejected: readonly Rejected[] } {
  return { ...refuse("import-rejected", message), rejected };
}
