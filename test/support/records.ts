import Database from "better-sqlite3";
import { DEADLINES } from "../../src/issues/ladder.ts";
import investigate from "../../src/issues/steps/investigate.ts";
import type { Issue } from "../../src/store/issues.ts";
import type { AnOffice } from "./office.ts";

// What a transfer rests on, as if it had come about: neither moves the issue on.

/** Somebody has looked into it. */
export async function investigated({ bot }: Pick<AnOffice, "bot">, { id }: Pick<Issue, "id">): Promise<void> {
  const at = (await bot.clock.now()).epochMilliseconds;
  const detail = { people: "张三、李四", on: "2020-06-12", findings: "现场仍未整改" };
  await bot.store.write(async (w) => {
    const issue = await w.issues.byId(id);
    await w.issues.record({
      issueId: id,
      at,
      personId: null,
      step: investigate.id,
      fromState: issue?.state ?? null,
      toState: issue?.state ?? "rectifying",
      text: "2020年6月12日，张三、李四：现场仍未整改",
      detail: JSON.stringify(detail),
    });
  });
}

/** What the reminder is called that {@link urged} writes down; the bot's own say for how many days it has been overdue. */
export const URGED = "整改超期提醒：工地裸土";

/** A reminder has reached the liaison of its unit. */
export async function urged(
  { bot, file }: Pick<AnOffice, "bot" | "file">,
  { id, no }: Pick<Issue, "id" | "no">,
): Promise<void> {
  const at = (await bot.clock.now()).epochMilliseconds;
  const issue = await bot.store.read((r) => r.issues.byId(id));
  const today = bot.office.today(await bot.clock.now());
  const heir = (region: string) => bot.office.heirOn(region as never, today).id;
  // Without waiting: the one who holds the file may be a change of this very process.
  const raw = new Database(file, { timeout: 0 });
  // Whoever has left since got it then.
  const liaisons = raw
    .prepare("select id, region_id as region from person where role = 'county-liaison'")
    .all() as { id: number; region: string }[];
  const liaison = liaisons.find(({ region }) => heir(region) === heir(issue?.regionId ?? ""));
  const write = raw.transaction(() => {
    const clock = raw
      .prepare(
        "insert into issue_clock (issue_id, kind, at, state, done_at) values (?, 'overdue', ?, 'done', ?)",
      )
      .run(id, at, at);
    const sent = raw
      .prepare(
        `insert into outbox (key, person_id, class, title, created_at, state, sent_at, job)
       values (?, ?, 'card', '${URGED}', ?, 'sent', ?, ?)
       on conflict do nothing`,
      )
      .run(`${DEADLINES}/${clock.lastInsertRowid}/${liaison?.id}`, liaison?.id, at, at, DEADLINES);
    if (sent.changes > 0)
      raw
        .prepare("insert into outbox_card (outbox_id, card) values (?, ?)")
        .run(sent.lastInsertRowid, JSON.stringify({ facts: { no } }));
  });
  for (;;)
    try {
      write.immediate();
      break;
    } catch (error) {
      if ((error as { code?: string }).code !== "SQLITE_BUSY") throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  raw.close();
}

/** Both, of an issue by its number. */
export async function readyToTransfer(office: Pick<AnOffice, "bot" | "file">, no: string): Promise<void> {
  const issue = await office.bot.store.read((r) => r.issues.byNo(no));
  if (issue === null) throw new Error(`there is no issue ${no}`);
  await investigated(office, issue);
  await urged(office, issue);
}
