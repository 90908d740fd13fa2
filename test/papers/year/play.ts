import Database from "better-sqlite3";
import { aPhoto, sendingTo } from "../../support/evidence.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";
import { type Deed, lagDays, OwnCalendar } from "./calendar.ts";
import {
  daysFrom,
  isWorked,
  monthBefore,
  plusDays,
  workedBefore,
  workingDayNo,
  workingDayOf,
} from "./days.ts";
import { judgeLetters, ranksOf } from "./led-to.ts";
import { chance, HEIR, LEAD, LOOKS, type Member, oneOf, SECOND, type Staff, staffOf } from "./staff.ts";

// Plays an office by its calendar: people do what is laid down, and the calendar is told what the data have led to.

export type Told = { job: string; at: string; title: string };
export type Played = {
  office: AnOffice;
  raw: Database.Database;
  calendar: OwnCalendar;
  staff: Staff;
  /** Cards of meetings that are due. */
  meetings: Told[];
  /** What somebody wanted to do and couldn't, and units that were proposed otherwise than the figures say. */
  faults: string[];
  counts: Record<string, number>;
};

/** Months that the demonstration has audited. */
const AUDITED_UNTIL = "2020-05";
/** What a region went by before, with its people: it goes on under its name. */
const FORMER: Readonly<Record<string, readonly string[]>> = {
  chongchuan: ["chongchuan-old"],
  haimen: ["haimen-city"],
};
const EXPOSED = "NT-2020-000006";
const EXPOSED_ON = "2020-06-23";
const said = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

export async function played(seed: number, span: readonly [string, string]): Promise<Played> {
  const office = await anOffice({ at: `${span[0]}T08:00` });
  await office.bot.store.write(({ people }) =>
    people.add({ name: SECOND, role: "office", regionId: null, departmentId: null, createdAt: 0 }),
  );
  const raw = new Database(office.file);
  const people = raw
    .prepare(
      "select name, role, region_id as region, department_id as department from person where active and name <> ?",
    )
    .all(SECOND) as Member[];
  const staff = staffOf(seed, span, people);
  const calendar = new OwnCalendar(seed, span, staff);
  calendar.byTheClock();
  const all: Played = { office, raw, calendar, staff, meetings: [], faults: [], counts: {} };
  const course = new Course(seed, all, span);
  for (const day of daysFrom(...span).filter(isWorked))
    for (const time of LOOKS) {
      await office.advanceTo(`${day}T${time}`);
      await (time === LOOKS[0] ? course.morning(day) : course.afternoon(day));
      await course.deeds(`${day}T${time}`);
    }
  return all;
}

class Course {
  private readonly months = new Set<string>();
  /** Meetings by their day, in the order in which they were called. */
  private readonly convened = new Map<string, number>();
  private called = 0;
  private readonly interviewed = new Map<string, string>();
  private readonly seed: number;
  private readonly all: Played;
  private readonly span: readonly [string, string];
  constructor(seed: number, all: Played, span: readonly [string, string]) {
    this.seed = seed;
    this.all = all;
    this.span = span;
  }

  async morning(day: string): Promise<void> {
    const { office, staff } = this.all;
    const { absences, left } = staff;
    if (day === left.lead) {
      await office.bot.store.write(({ people }) =>
        people.add({ name: HEIR, role: "city-lead", regionId: null, departmentId: null, createdAt: 0 }),
      );
      await this.says("市办", `离任 ${LEAD} 接任${HEIR}`);
    }
    if (day === left.county) await this.says("市办", "离任 如皋领导");
    const away = absences.find(({ from }) => from === day);
    if (away?.by && day < left.lead)
      await this.says(LEAD, `请假 ${said(day)}到${said(away.to)} 由${away.by}代理`);
    const month = monthBefore(day);
    if (month > AUDITED_UNTIL && workingDayNo(day) === this.auditedOn(month)) await this.audits(month, day);
  }

  /** The office is late with a month now and then: its ranking isn't drafted by the clock then. */
  private auditedOn = (month: string) => oneOf([5, 6, 6, 9], this.seed, "audit", month);
  private async audits(month: string, day: string): Promise<void> {
    await this.says("市办", `审定 ${month}`);
    if (this.auditedOn(month) <= 8) return;
    await this.says("市办", `拟稿 月度公开排名 ${month}`);
    this.ranks(month, `${day}T${LOOKS[0]}`);
  }
  private ranks(month: string, drafted: string): void {
    this.all.calendar.signed("monthly-ranking", month, drafted, [
      ...["office", "supervision", "county-lead", "county-liaison"],
    ]);
  }

  async afternoon(day: string): Promise<void> {
    const month = monthBefore(day);
    const no = workingDayNo(day);
    if (lagDays(this.span).includes(day)) await this.lags(day);
    if (no === 8) {
      const isThere = month > AUDITED_UNTIL ? this.auditedOn(month) < 8 : month >= "2020-01";
      if (isThere) this.ranks(month, `${day}T09:00`);
      await this.letters(month, day);
    }
    if (no === 3 || (no === 5 && ["01", "04", "07", "10"].includes(day.slice(5, 7))))
      await this.convenes(day, no);
    if (this.convened.has(day)) await this.minutes(day);
    if (!this.months.has(month)) await this.interviews(month, day);
    this.months.add(month);
    if (day === EXPOSED_ON) await this.prepares();
    if (day === plusDays(EXPOSED_ON, 1)) {
      await this.says("海安领导", `曝光 ${EXPOSED}`);
      await this.presses("海安领导", "无异议");
    }
    if (no === 10 && day.startsWith("2020-07"))
      this.all.calendar.signed(
        ...(["exposure", "1", `${day}T09:00`] as const),
        ["office", "city-lead", "supervision", "county-lead", "county-liaison"],
        ({ region }) => region === null || region === "haian",
      );
    if (day === "2021-01-20")
      this.all.calendar.signed("year-report", "2020", `${day}T09:00`, [
        ...["office", "city-lead", "supervision", "county-lead", "county-liaison", "department-liaison"],
      ]);
  }

  private async lags(day: string): Promise<void> {
    const { office, calendar } = this.all;
    const rows = (await office.says("市办", "滞后")).facts.rows as {
      county: string | null;
      measure: string;
    }[];
    if (rows.length === 0) return;
    const { regions, departments } = this.unitsOf(rows, day);
    calendar.goesOut(
      ...(["lagging-warning", day, `${day}T09:00`] as const),
      ["office", "county-lead", "county-liaison", "department-liaison"],
      (one) =>
        one.region === null
          ? one.department === null || departments.has(one.department)
          : regions.has(one.region),
    );
  }
  private unitsOf(rows: readonly { county: string | null; measure: string }[], day: string) {
    const { pack } = this.all.office.bot.office;
    const here = pack.regions.filter(({ from, to }) => (from ?? "") <= day && day <= (to ?? "9"));
    return {
      regions: new Set(
        rows.flatMap(({ county }) =>
          here.filter(({ short }) => short === county).flatMap(({ id }) => [id, ...(FORMER[id] ?? [])]),
        ),
      ),
      departments: new Set(
        rows.flatMap(({ measure }) => pack.measures.find(({ no }) => no === String(measure))?.lead ?? []),
      ),
    };
  }

  /** The office drafts a letter to whom the figures show behind, but strikes one now and then. */
  private async letters(month: string, day: string): Promise<void> {
    const { office, calendar, faults } = this.all;
    const due = await judgeLetters(office, month, day);
    const proposed = (await office.says("市办", `提醒函 ${month}`)).facts.candidates as { unit: string }[];
    const names = proposed.map(({ unit }) => unit);
    if (
      names.toSorted().join() !==
      due
        .map(({ short }) => short)
        .toSorted()
        .join()
    )
      faults.push(`${day} letters proposed to ${names}, due to ${due.map(({ short }) => short)}`);
    const struck = chance(this.seed, "strike", month) < 0.4 ? names[0] : undefined;
    if (struck !== undefined) await this.presses("市办", `不发 ${struck}`, { reason: "新站点试运行" });
    if (due.length - (struck === undefined ? 0 : 1) === 0) return;
    const { card } = await office.says("市办", `提醒函 ${month}`);
    const all = card.buttons.find(({ label }) => label.startsWith("全部拟函"))?.label;
    const one = card.buttons.find(({ label }) => label.startsWith("拟函 "))?.label ?? "";
    await this.presses("市办", all ?? one, all === undefined ? { requests: "请压实责任" } : {});
    // Numbers are given in the order in which the letters are signed, and that is the order of the city's table.
    for (const { short, id } of names.flatMap((name) => due.find((one) => one.short === name) ?? []))
      if (short !== struck)
        calendar.signed(
          ...(["warning-letter", `${month}/${id}`, `${day}T${LOOKS[1]}`] as const),
          ["county-lead", "county-liaison", "department-liaison"],
          (one) => [one.region, one.department].includes(id) || (FORMER[id] ?? []).includes(one.region ?? ""),
        );
  }

  /** Three months in a row among the province's last ten, and three new ones after each 约谈. */
  private async interviews(month: string, day: string): Promise<void> {
    const { office, calendar, raw } = this.all;
    const ranks = ranksOf(raw);
    for (const region of new Set(ranks.map((row) => row.region))) {
      const since = this.interviewed.get(region) ?? "";
      const inARow: string[] = [];
      for (let at = month; ; at = monthBefore(`${at}-01`)) {
        const row = ranks.find((one) => one.region === region && one.month === at);
        if (row === undefined || !row.isLast || at <= since) break;
        inARow.push(at);
      }
      const short = office.bot.office.pack.regions.find(({ id }) => id === region)?.short ?? "";
      if (inARow.length < 3) continue;
      await this.says("市办", `约谈 ${short}`);
      if (chance(this.seed, "interview", region, month) < 0.3) {
        await this.presses("市办", "不约谈", { reason: "受外来沙尘影响" });
        continue;
      }
      const on = workingDayOf(plusDays(`${month}-28`, 10).slice(0, 7), 15);
      await this.presses("市办", "认定并拟约谈通知", {
        ...{ on, time: "9:30", place: "三楼会议室", by: "主任", whom: "主要负责人" },
      });
      this.interviewed.set(region, month);
      calendar.signed(
        ...(["interview", `${month}/${region}`, `${day}T${LOOKS[1]}`] as const),
        ["county-lead", "county-liaison"],
        (one) => one.region === region,
      );
    }
  }

  private async prepares(): Promise<void> {
    await sendingTo(this.all.office)("海安联络员", `${EXPOSED} 整改前`, { bytes: await aPhoto(200) });
    const presses = async (label: string, fill: Record<string, string>) => {
      await this.says("市办", `曝光 ${EXPOSED}`);
      await this.presses("市办", label, fill);
    };
    await presses("选作曝光", { text: "工地裸土大面积未覆盖" });
    await presses("选用照片1", { boxes: "0,0,500,1000" });
    await presses("告知属地", {});
  }

  /** The office calls the meeting that it was asked for; nobody answers, so that everybody is reminded. */
  private async convenes(day: string, no: number): Promise<void> {
    const { meetings } = this.all;
    const month = day.slice(0, 7);
    const [job, word, on] =
      no === 3
        ? (["monthly-consultation", "会商", 6] as const)
        : (["quarterly-review", "点评会", 10] as const);
    meetings.push({ job, at: `${day}T09:00`, title: "请定" });
    const date = workingDayOf(month, on);
    await this.says("市办", `${word} ${said(date)}9时30分 市政府301`);
    this.called += 1;
    // It comes with the invitation.
    this.all.calendar.goesOut("meeting-notice", String(this.called), `${day}T${LOOKS[1]}`, []);
    if (no === 3) this.convened.set(date, this.called);
    const materialOn = workedBefore(workedBefore(date));
    meetings.push({ job: "meetings", at: `${materialOn}T08:45`, title: "会议材料已备" });
    if (date <= this.span[1])
      this.all.calendar.goesOut(
        ...(["meeting-material", String(this.called), `${date}T08:45`] as const),
        ["office", "city-lead", "county-lead", "county-liaison", "department-liaison"],
        ({ department }) => department !== "joint-office",
        `${materialOn}T08:45`,
      );
    if (workedBefore(date) <= this.span[1])
      meetings.push({ job: "meetings", at: `${workedBefore(date)}T08:45`, title: "请报名" });
  }

  private async minutes(day: string): Promise<void> {
    const no = this.convened.get(day);
    await this.says("市办", `会议 ${no}`);
    const due = said(workingDayOf(day.slice(0, 7), 14));
    await this.says(
      "市办",
      `纪要 ${no} 会议指出，上月形势严峻。会议认为，下月压力较大。会议议定：一是海安${due}前整改城南路裸土。会议要求，各地压实责任`,
    );
    await this.presses("市办", "送审");
    // The office that calls the meeting isn't invited to it.
    this.all.calendar.signed(
      ...(["meeting-minutes", String(no), `${day}T${LOOKS[1]}`] as const),
      ["office", "city-lead", "county-lead", "county-liaison", "department-liaison"],
      ({ department }) => department !== "joint-office",
    );
  }

  async deeds(at: string): Promise<void> {
    const { calendar } = this.all;
    for (const { kind, key } of [...calendar.papers])
      for (const deed of calendar.deeds.filter(
        (one) => one.at === at && one.kind === kind && one.key === key,
      ))
        await this.does(deed);
  }
  private async does({ act, kind, key, by }: Deed): Promise<void> {
    const { raw, faults } = this.all;
    const row = raw
      .prepare(
        "select id from official_paper where kind = ? and key = ? and corrects is null and state <> 'withdrawn'",
      )
      .get(kind, key) as { id: number } | undefined;
    if (row === undefined) return void faults.push(`there is no ${kind} ${key} to ${act}`);
    const who = by.split("代")[0] as string;
    const words = {
      check: `审核 ${row.id}号`,
      sign: `签发 ${row.id}号`,
      return: `退回公文 ${row.id}号 “数字再核”`,
    };
    const done = await this.says(who, words[act]);
    // Whoever came after it was drafted, or since whose draft data have changed, sees it first.
    if (/^请先看|^数据有变化/.test(done)) await this.presses(who, act === "sign" ? "签发" : "审核通过");
  }

  private async says(who: string, text: string): Promise<string> {
    return this.noted(`${who}：${text}`, await this.all.office.says(who, text));
  }
  private async presses(who: string, label: string, fill: Record<string, string> = {}): Promise<string> {
    return this.noted(`${who}：[${label}]`, await this.all.office.presses(who, label, fill));
  }
  private noted(what: string, answer: Awaited<ReturnType<AnOffice["says"]>>): string {
    const { faults, counts } = this.all;
    counts.deeds = (counts.deeds ?? 0) + 1;
    if (answer.code === null && answer.facts?.asks === undefined) return answer.card.title;
    faults.push(`${what} → ${answer.code ?? ""} ${answer.message ?? answer.text}`);
    return "";
  }
}
