import { createHash } from "node:crypto";
import { contextOf, type Lantian } from "../bot/lantian.ts";
import { isRefusal } from "../chat/refusal.ts";
import { hashOfSecret } from "../office/secret.ts";
import type { IngestSource } from "../store/ingest-sources.ts";
import { type BroughtIn, importFile, importTables, type NotBroughtIn } from "./import-file.ts";
import { type BadCell, tableOfSent } from "./sent-hours.ts";

/** The kind of table that machines may send. */
const HOURLY = "hourly-air";

/** What came of what a machine has sent. `status` as HTTP has it; `row` of a bad cell counts from 1. */
export type Ingested = {
  status: 200 | 400 | 401 | 422;
  body:
    | ({ ok: true } & Pick<
        BroughtIn,
        "kind" | "rows" | "added" | "corrected" | "unchanged" | "affected" | "batch"
      > & {
          rejected: readonly BadCell[];
        } & Record<string, unknown>)
    | { ok: false; error: { code: string; message: string }; rejected: readonly BadCell[] };
};

/** Who sends this, by their secret; null: nobody who may. */
export const sourceOf = (bot: Lantian, secret: string): Promise<IngestSource | null> =>
  bot.store.read((r) => r.ingestSources.holder(hashOfSecret(secret)));

/** Hours that a machine sends, as JSON or as a table in CSV: they come in as a file of hours does, all or nothing. */
export async function ingestHours(
  bot: Lantian,
  source: IngestSource,
  sent: { json: unknown } | { csv: Uint8Array },
): Promise<Ingested> {
  const by = { person: null, partial: false, source };
  const name = `${source.name}.csv`;
  let result: BroughtIn | NotBroughtIn;
  if ("csv" in sent) result = await importFile(bot, { bytes: sent.csv, name }, { ...by, kind: HOURLY });
  else {
    const told = tableOfSent(sent.json);
    if ("message" in told) {
      const { message, rejected } = told;
      return { status: 422, body: { ok: false, error: { code: "import-rejected", message }, rejected } };
    }
    const kind = bot.registry.imports.find(({ id }) => id === HOURLY);
    if (kind === undefined) throw new Error(`there is no kind ${HOURLY}`);
    const sha256 = () => createHash("sha256").update(JSON.stringify(sent.json)).digest("hex");
    const moment = await contextOf(bot);
    result = await importTables(bot, { moment, name, sha256, kind, tables: [told.table] }, by);
  }
  const rejected = result.rejected.map(({ sheet: _sheet, ...cell }) => cell);
  if (isRefusal(result)) {
    const { code, message } = result;
    return {
      status: code === "forbidden" ? 401 : 422,
      body: { ok: false, error: { code, message }, rejected },
    };
  }
  const { kind, rows, added, corrected, unchanged, affected, batch, report } = result;
  return {
    status: 200,
    body: { ok: true, kind, rows, added, corrected, unchanged, rejected, affected, batch, ...report?.facts },
  };
}
