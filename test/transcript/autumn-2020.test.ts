import { expect, test } from "vitest";
import { aFolder } from "../support/folder.ts";
import { importText } from "../support/import-text.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { runJson } from "../support/scripts.ts";
import { AUTUMN, expectedWithin, type Sent } from "./autumn-expected.ts";

// The field's autumn as `play` shows it: two anomalies, a rehearsal, an alert that rises at two in the morning and is lifted, a
// merged town, figures that come late. By default the days on which something happens, in the large run all from September on.

type Piece = { job: string | null; title: string };
type Played = Piece & { at: string; audience: string; text: string; pieces?: Piece[] };

const JOBS = ["anomaly", "response", "response-summary", "town-ranking", "bad-day", "day-risk"];
const [EARLY, LATE] = process.env.TEST_FULL
  ? ([[["2020-09-01", "2020-12-21"]], ["2020-12-22", "2020-12-31"]] as const)
  : ([AUTUMN, ["2020-12-22", "2020-12-22"]] as const);
/** What fell due while the bot stood still before the first day of a span is another test's. */
const AWAKE = "T07:00";

test("an autumn of the field brings exactly the cards that plan, pack and story say", async () => {
  const file = await aDatabaseIn(aFolder());
  await merges(file);
  const play = async ([from, to]: readonly [string, string]) => {
    const { json } = await runJson("play", ["--from", from, "--to", to], file);
    const all: Played[] = json.deliveries;
    return all
      .flatMap((d) => (d.pieces ?? [d]).map((piece) => ({ ...d, ...piece, at: d.at.slice(0, 16) })))
      .filter(({ job }) => JOBS.includes(job ?? ""));
  };
  for (const span of EARLY) {
    const sent = (await play(span)).filter(({ at }) => at >= span[0] + AWAKE);
    expect(differences(sent, expectedWithin(span)), span[0]).toEqual({ missing: [], unexpected: [] });
  }
  expect(await bringsLate(file)).toContain("town-ranking 2020-12-14..2020-12-20");
  expect(differences(await play(LATE), expectedWithin(LATE))).toEqual({ missing: [], unexpected: [] });
});

/** One too many is as wrong as one too few. Who has had many this week has the rest of it in one message at four o'clock. */
function differences(sent: readonly Played[], expected: readonly Sent[]) {
  const left = [...sent];
  const missing = expected.filter(({ at, to, title }) => {
    const i = left.findIndex(
      (one) =>
        one.audience === to &&
        one.title === title &&
        (one.at === at || (one.at > at && one.at.endsWith("T16:00"))),
    );
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
  return { missing, unexpected: left.map(({ at, audience, title }) => ({ at, to: audience, title })) };
}

/** 李堡镇 becomes a part of 城东镇 on 14 December. */
async function merges(file: string): Promise<void> {
  const office = await anOffice({ database: file, at: "2020-08-31T12:00" });
  const list = ["县区,镇街,启用日期,停用日期,并入", "海安,李堡镇,,2020-12-13,城东镇"];
  expect(await importText(office, list, { by: "市办" })).toMatchObject({ kind: "towns", corrected: 1 });
  office.bot.store.close();
}

/**
 * Hours and a day that come late: nobody is told any more of what the hours show, and of the day the papers that printed it are
 * named. @returns those.
 */
async function bringsLate(file: string): Promise<string[]> {
  const office = await anOffice({ database: file, at: "2020-12-21T23:59" });
  // The merged town has its place by the days of both.
  const { facts } = await office.says("市办", "镇街 海安 2020-12-14..2020-12-20");
  const towns = facts.rows.map(({ town }: { town: string }) => town);
  expect(towns).toContain("城东镇");
  expect([...towns, ...facts.unranked.map(({ town }: { town: string }) => town)]).not.toContain("李堡镇");
  const hours = ["08", "09"].map((hour) => `2020-12-21 ${hour}:00,演示·如东一号站,60,240,8,20,0.7,50`);
  await importText(office, ["时间,站点,PM2.5,PM10,SO2,NO2,CO,O3", ...hours], { by: "市办" });
  const day = "2020-12-15,演示·城东镇站,150,180,8,20,0.7,60";
  const late = await importText(office, ["日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h", day], {
    by: "市办",
  });
  office.bot.store.close();
  return ("affected" in late ? late.affected : []).map(({ job, period }) => `${job} ${period}`);
}
