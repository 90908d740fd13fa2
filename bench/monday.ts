import { contextOf } from "../src/bot/lantian.ts";
import { fixedClock } from "../src/clock.ts";
import { makePaperFiles } from "../src/papers/make-files.ts";
import { beat } from "../src/scheduler/beat.ts";
import { benchOffice } from "./office.ts";
import { type Finding, median, type Size, sized } from "./side-by-side.ts";
import { longestStretch } from "./stretch.ts";

/** Milliseconds that nobody may be kept waiting for the notice. */
const AIM = 100;

/**
 * The Monday of a city with 300 recipients: the weekly notice is drafted at eight, issued at nine to all of them, beside what
 * else is due, and its files are made. The longest stretch in which the bot hears nobody, and the CPU of it all.
 */
export async function monday(size: Size): Promise<Finding[]> {
  const recipients = sized(size, 300, 20);
  const runs = { stretch: [] as number[], cpu: [] as number[] };
  for (let round = 0; round < sized(size, 3, 1); round++) {
    const { bot, close } = await benchOffice({ now: "2020-06-15T07:59" });
    const counties = bot.office.regionsOf(
      { to: Temporal.PlainDate.from("2020-06-15") },
      Temporal.PlainDate.from("2020-06-15"),
    );
    await bot.store.write(async ({ people }) => {
      for (let n = 0; n < recipients; n++) {
        const regionId = counties[n % counties.length]?.id ?? null;
        await people.add({ name: `周一${n}`, role: "county-liaison", regionId, createdAt: 0 });
      }
    });
    const at = (time: string) => {
      const instant = Temporal.ZonedDateTime.from(
        `2020-06-15T${time}[${bot.office.pack.timeZone}]`,
      ).toInstant();
      return { ...bot, clock: fixedClock(instant) };
    };
    await beat(at("07:59"));
    const before = process.cpuUsage();
    runs.stretch.push(
      await longestStretch(async () => {
        await beat(at("08:00"));
        await beat(at("09:00"));
        await makePaperFiles({ ...bot, context: await contextOf(at("09:00")) });
      }),
    );
    const { user, system } = process.cpuUsage(before);
    runs.cpu.push((user + system) / 1000);
    const sent = await bot.store.read((r) => r.outbox.after(0));
    const notices = sent.filter(({ row }) => row.title.includes("周通报")).length;
    if (notices < recipients) throw new Error(`${notices} of ${recipients} were sent the notice`);
    close();
  }
  const name = `a Monday of ${recipients} recipients`;
  return [
    { name: `${name}, longest synchronous stretch`, unit: "ms", ours: median(runs.stretch), aim: AIM },
    { name: `${name}, CPU`, unit: "ms", ours: median(runs.cpu) },
  ];
}
