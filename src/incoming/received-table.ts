import { drawCard } from "../bot/draw.ts";
import type { Lantian } from "../bot/lantian.ts";
import { deny } from "../bot/transaction.ts";
import type { DrawnCard } from "../chat/card.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { Person } from "../store/people.ts";
import { importCard } from "./import-card.ts";
import { importFile } from "./import-file.ts";
import { importers } from "./importers.ts";

/** Bytes of a table that is taken in. */
export const LARGEST_TABLE = 15 * 1024 * 1024;
export const tableTooLarge = refuse("import-rejected", "文件超过15 MB，请拆成几个文件分别发送。");

/**
 * Brings in a table that somebody has sent in a chat: only those who may bring in one are heard, and nothing is fetched for
 * anybody else. `name` is already inert text; the announced size is checked here, the real one by `download`.
 * @throws what `download` throws when the platform could not be reached.
 */
export async function receiveTable(
  bot: Lantian,
  person: Person,
  file: { name: string; size: number | undefined },
  download: () => Promise<Uint8Array | Refusal>,
): Promise<DrawnCard | Refusal> {
  const now = await bot.clock.now();
  const at = now.epochMilliseconds;
  const allowed = importers(bot.registry).check({
    person,
    args: {},
    office: bot.office,
    today: bot.office.today(now),
  });
  if (allowed !== null) {
    await deny(bot.store, { act: "import", at, person }, allowed.message);
    return allowed;
  }
  const name = file.name.slice(0, 200);
  if (!/\.(xlsx|csv)$/i.test(name))
    return refuse("import-rejected", "只能导入 .xlsx 或 .csv 表格，请另存为这两种格式后再发。");
  if ((file.size ?? 0) > LARGEST_TABLE) return tableTooLarge;
  const bytes = await download();
  if (!(bytes instanceof Uint8Array)) return bytes;
  const result = await importFile(bot, { bytes, name }, { person, partial: false });
  if ("code" in result && result.code === "forbidden") return refuse(result.code, result.message);
  return drawCard(bot.store, importCard(name, result), person.id, { demo: bot.demo, at });
}
