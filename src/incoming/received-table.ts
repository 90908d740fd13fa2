import { drawAnswer } from "../bot/draw.ts";
import { contextOf, type Lantian } from "../bot/lantian.ts";
import { deny } from "../bot/transaction.ts";
import { only } from "../chat/access.ts";
import type { Card, DrawnCard } from "../chat/card.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { isTableName } from "../intake/spreadsheet-name.ts";
import type { Person } from "../store/people.ts";
import { importCard } from "./import-card.ts";
import type { BroughtIn, NotBroughtIn } from "./import-file.ts";
import { importPatiently, type Watching } from "./import-patiently.ts";
import { askAbout } from "./import-question.ts";
import type { FileSent } from "./import-thread.ts";
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
  file: { name: string; size: number | undefined; inGroup?: boolean } & Watching,
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
    await deny(bot.store, { act: "import", at, person }, allowed);
    return allowed;
  }
  const name = file.name.slice(0, 200);
  if (!isTableName(name))
    return refuse("import-rejected", "只能导入 .xlsx 或 .csv 表格，请另存为这两种格式后再发。");
  if ((file.size ?? 0) > LARGEST_TABLE) return tableTooLarge;
  const bytes = await download();
  if (!(bytes instanceof Uint8Array)) return bytes;
  const result = await importedOrAsked(bot, person, { bytes, name }, file);
  if ("blocks" in result) return drawAnswer(bot.store, result, person.id, { demo: bot.demo, at });
  if ("code" in result && result.code === "forbidden") return refuse(result.code, result.message);
  return drawAnswer(bot.store, importCard(name, result, person), person.id, { demo: bot.demo, at });
}

/** What came of a file, or the question about it. What its sender has said of files of its shape before is not asked again. */
async function importedOrAsked(
  bot: Lantian,
  person: Person,
  file: FileSent,
  { inGroup = false, ...watching }: { inGroup?: boolean } & Watching,
): Promise<BroughtIn | NotBroughtIn | Card> {
  const result = await importPatiently(bot, person, file, watching);
  if (!("code" in result) || result.unsure === undefined) return result;
  let { unsure } = result;
  const known = await bot.store.read((store) => store.importQuestions.layoutOf(person.id, unsure.shape));
  if (known !== null) {
    const again = await importPatiently(bot, person, file, { ...watching, layout: known });
    if (!("code" in again) || again.unsure === undefined) return again;
    // Its columns are known, and not yet how its dates are written.
    unsure = again.unsure;
  }
  // Buttons of one person don't stand in a group.
  if (inGroup) return { ...result, message: `${result.message}要逐列核对后再导入，请把文件私聊发给机器人。` };
  const kind = bot.registry.imports.find(({ id }) => id === unsure.kind);
  const moment = await contextOf(bot);
  const forbidden = kind && only(`导入${kind.title}`, ...kind.who).check({ ...moment, person, args: {} });
  if (forbidden) {
    const at = moment.now.epochMilliseconds;
    await deny(bot.store, { act: "import", at, person }, forbidden);
    return { ...forbidden, rejected: [] };
  }
  const asked = await askAbout(bot, person, file, unsure);
  if (asked === null) return result;
  return isRefusal(asked) ? { ...asked, rejected: [] } : asked;
}
