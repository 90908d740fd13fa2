import { contextOf, type Lantian } from "../bot/lantian.ts";
import { deny } from "../bot/transaction.ts";
import { type Access, only } from "../chat/access.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { type Kind, kindOf } from "../intake/kind.ts";
import type { Rejected } from "../intake/refusal.ts";
import { readTable } from "../intake/table.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { countyTargets } from "./kinds/county-targets.ts";
import { dailyAir } from "./kinds/daily-air.ts";
import { issueLedger } from "./kinds/issue-ledger.ts";
import type { EnteredIssues, Prepare } from "./prepared.ts";

/** What came of a file; the interfaces document's answer of `import`. */
export type BroughtIn = {
  kind: Kind;
  rows: number;
  added: number;
  corrected: number;
  unchanged: number;
  rejected: readonly Rejected[];
  /** Published periods that hold a corrected day: their notices went out with the old figures. */
  affected: readonly { job: string; title: string; period: string; publishedAt: string }[];
  /** Of a ledger of issues. */
  issues?: EnteredIssues;
};

/**
 * How each kind is brought in, and by whom when a person sends it. Entering an issue writes its history and its notices: of
 * them no more come at once than an export may have.
 */
const KINDS: Readonly<Record<Kind, { prepare: Prepare; who: Access; mostRows?: number }>> = {
  "daily-air": { prepare: dailyAir, who: only("导入空气数据", "office") },
  "county-targets": { prepare: countyTargets, who: only("导入县级目标", "office") },
  issues: { prepare: issueLedger, who: only("导入问题台账", "office", "supervision"), mostRows: 5000 },
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
  const sheets = await readTable(file.bytes, file.name);
  if ("refusal" in sheets) return rejectedWith(sheets.refusal);
  const kinds = sheets.map((sheet) => kindOf(sheet.header));
  const first = kinds[0];
  if (first === undefined) return rejectedWith("文件里没有表格。");
  for (const kind of kinds) {
    if ("refusal" in kind) return rejectedWith(kind.refusal);
    if (kind.kind !== (first as { kind: Kind }).kind)
      return rejectedWith("各工作表的内容不是同一类，请分成几个文件。");
  }
  const kind = (first as { kind: Kind }).kind;
  const { prepare, who, mostRows = Number.POSITIVE_INFINITY } = KINDS[kind];
  const count = sheets.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count > mostRows)
    return rejectedWith(`问题台账一次最多导入${mostRows}件，文件有${count}行，请拆分后再发。`);
  const moment = await contextOf(bot);
  const { office, now, today } = moment;
  const at = now.epochMilliseconds;
  const result = await bot.store.write(async (store) => {
    // A role may have been withdrawn while the file was on its way.
    const person = by.person === null ? null : await store.people.byId(by.person.id);
    if (by.person !== null) {
      if (!person?.active) return { ...refuse("forbidden", "您的身份已停用，请联系市办。"), rejected: [] };
      const forbidden = who.check({ person, args: {}, office, today });
      if (forbidden !== null) return { ...forbidden, rejected: [] };
    }
    const read = await prepare(sheets, person, { ...moment, store });
    const { rows, rejected } = read;
    if (rejected.length > 0 && !by.partial) {
      return rejectedWith(
        `有${rejected.length}处错误，没有导入任何数据。请按下列提示修改后重新导入。`,
        rejected,
      );
    }
    if (rows === 0 && rejected.length === 0) return rejectedWith("文件里只有表头，没有数据行。");
    const { correctedDates, detail, issues, ...counts } = await read.enter();
    const affected = await publishedWith(store, bot, correctedDates ?? new Set());
    if (counts.added + counts.corrected > 0) {
      await store.audit.append({
        at,
        personId: person?.id ?? null,
        actor: person?.name ?? "终端",
        act: "import",
        subject: kind,
        outcome: "done",
        detail: { file: file.name.slice(0, 200), ...counts, ...detail },
      });
    }
    return { kind, rows, ...counts, rejected, affected, ...(issues ? { issues } : {}) };
  });
  if ("code" in result && result.code === "forbidden" && by.person !== null)
    await deny(bot.store, { act: "import", at, person: by.person }, result.message);
  return result;
}

function rejectedWith(
  message: string,
  rejected: readonly Rejected[] = [],
): Refusal & { rejected: readonly Rejected[] } {
  return { ...refuse("import-rejected", message), rejected };
}

/** A notice appears within this many days after the period that it publishes. */
const PUBLISHED_WITHIN_DAYS = 62;

/** The notices already sent whose period holds one of the dates. */
async function publishedWith(
  store: Writer,
  bot: Lantian,
  dates: ReadonlySet<string>,
): Promise<BroughtIn["affected"]> {
  const sorted = [...dates].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { timeZone } = bot.office.pack;
  const ms = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone }).epochMilliseconds;
  const from = ms(Temporal.PlainDate.from(first));
  const to = ms(Temporal.PlainDate.from(last).add({ days: PUBLISHED_WITHIN_DAYS }));
  const affected = [];
  for (const job of bot.registry.schedules) {
    if (job.publishes === undefined) continue;
    for (const slot of await store.ledger.run(job.name, from, to)) {
      const at = Temporal.Instant.fromEpochMilliseconds(slot).toZonedDateTimeISO(timeZone);
      const period = job.publishes({ at });
      const [begins, ends] = [period.from.toString(), period.to.toString()];
      if (![...dates].some((date) => begins <= date && date <= ends)) continue;
      affected.push({
        job: job.name,
        title: job.title,
        period: `${begins}..${ends}`,
        publishedAt: at.toString({ timeZoneName: "never" }),
      });
    }
  }
  return affected;
}
