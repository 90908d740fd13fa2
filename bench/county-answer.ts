import type { Lantian } from "../src/bot/lantian.ts";
import { ask } from "../src/bot/router.ts";
import { understand } from "../src/chat/phrase.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { samePeriodLastYear } from "../src/domain/air/change.ts";
import { cycleOn, cyclesOf, endedBy } from "../src/domain/duties/cycles.ts";
import { UNIT_ACTS } from "../src/domain/issues/states.ts";
import type { Connection } from "../src/store/open.ts";
import { benchOffice, speakerCalled } from "./office.ts";
import { type Finding, roundsOf, type Size, sideBySide } from "./side-by-side.ts";

const COUNTY = "海安";

/**
 * The main question, a county's year to date, against the rows it rests on, fetched by prepared statements and nothing made
 * of them: once by SQL as one writes it by hand, once with the store's `+?` for a bound value (why: src/store/air.ts).
 */
export async function countyAnswer(size: Size): Promise<Finding[]> {
  const { bot, raw, close } = await benchOffice();
  const [byHand, asInStore] = [await rawRows(bot, raw, "?"), await rawRows(bot, raw, "+?")];
  const answer = await countyCommand(bot);
  const speaker = await speakerCalled(bot, `${COUNTY}联络员`);
  const asked = async () => {
    const { answer } = await ask(bot, speaker, COUNTY);
    if (isRefusal(answer)) throw new Error(answer.message);
  };
  const rounds = roundsOf(size, 500, 1500);
  const findings = [
    await sideBySide(
      { name: "county, year to date: command / SQL by hand", aim: 1.5 },
      answer,
      byHand,
      rounds,
    ),
    await sideBySide(
      { name: "county, year to date: command / the store's SQL", aim: 1.5 },
      answer,
      asInStore,
      rounds,
    ),
    await sideBySide({ name: "county, year to date: ask() / SQL by hand" }, asked, byHand, rounds),
  ];
  close();
  return findings;
}

/** The command `county` as the router runs it: one snapshot of the store, arguments already understood. */
export async function countyCommand(bot: Lantian): Promise<() => Promise<void>> {
  const { office, names, demo, registry } = bot;
  const { person } = await speakerCalled(bot, `${COUNTY}联络员`);
  const now = await bot.clock.now();
  const today = office.today(now);
  const understood = understand(COUNTY, {}, registry.commands, { office, names, today });
  if (isRefusal(understood)) throw new Error(understood.message);
  const { command, args } = understood;
  if (command.name !== "county" || command.kind !== "command")
    throw new Error(`${COUNTY} asks for ${command.name}`);
  const context = { office, names, demo, now, today, ...registry };
  return async () => {
    const answer = await bot.store.read((store) => command.answer({ args, person }, { ...context, store }));
    if (isRefusal(answer)) throw new Error(answer.message);
  };
}

/**
 * The rows that the answer rests on, by prepared statements in one read transaction; `value` stands for a bound value in
 * the ordered ones.
 */
async function rawRows(bot: Lantian, raw: Connection, value: "?" | "+?"): Promise<() => void> {
  const { office } = bot;
  const now = await bot.clock.now();
  const today = office.today(now);
  const [date, at] = [today.toString(), now.epochMilliseconds];
  const region = bot.names.place(COUNTY)?.regions[0];
  if (region === undefined) throw new Error(`there is no ${COUNTY}`);
  const [from, to] = [`${today.year}-01-01`, today.subtract({ days: 1 }).toString()];
  const before = samePeriodLastYear(from, to);
  const ranked = office.regionsOf({ to: today }, today).map((r) => r.id);
  const indicators = office.pack.indicators.filter((i) => i.counties?.includes(region.id)).map((i) => i.id);

  const [begin, commit] = [raw.prepare("begin"), raw.prepare("commit")];
  const days = raw.prepare(
    `select date, pm25, pm10, o3, no2, so2, co from region_day
     where region_id = ${value} and date between ? and ? order by date`,
  );
  const unaudited = raw.prepare(
    `select count(*) as days, min(date) as since from region_day
     where region_id = ? and date between ? and ? and audit_id is null`,
  );
  const pm25 = raw.prepare(
    "select coalesce(sum(pm25), 0) as sum, count(pm25) as valid from region_day where region_id = ? and date between ? and ?",
  );
  const targets = raw.prepare("select * from county_target where region_id = ?");
  const report = raw.prepare(
    `select indicator_id, value, date, note from progress
     where indicator_id = ${value} and region_id = ${value} and date <= ? order by date desc, id desc limit 1`,
  );
  const duties = office.pack.duties.flatMap((duty) => {
    const cycles = cyclesOf(duty, office.pack);
    const [ended, running] = [endedBy(cycles, date), cycleOn(cycles, date)];
    return duty.of !== "county" || ended === null || running === null ? [] : [{ duty, ended, running }];
  });
  const recorded = raw.prepare(
    `select count(*) as n from duty_record where kind = ? and date >= ? and date <= ? and withdrawn_at is null
     and region_id = ?`,
  );
  const guarantees = raw.prepare("select * from guarantee order by id");
  const open = UNIT_ACTS.map((state) => `'${state}'`).join(", ");
  const issues = raw.prepare(
    `select count(*) as open, coalesce(sum(due < ?), 0) as overdue from issue
     where region_id = ? and state in (${open}) and assigned_at <= ?`,
  );
  return () => {
    begin.run();
    days.all(region.id, from, to);
    days.all(region.id, before.from, before.to);
    unaudited.get(region.id, from, to);
    for (const id of ranked) pm25.get(id, from, to);
    // Once for the tasks, once for the air targets.
    targets.all(region.id);
    targets.all(region.id);
    for (const id of indicators) report.get(id, region.id, date);
    // A county's standing duties: what was reported or recorded of the cycle that is over, and recorded of the one that runs.
    for (const { duty, ended, running } of duties) {
      report.get(duty.indicator, region.id, ended.to);
      if (duty.counts === undefined) continue;
      for (const { from, to } of [ended, running]) recorded.get(duty.counts, from, to, region.id);
    }
    guarantees.all();
    issues.get(date, region.id, at);
    commit.run();
  };
}
