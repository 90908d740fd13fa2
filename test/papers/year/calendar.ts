import { daysFrom, isWorked, plusDays, weekdayOf, workedFrom } from "./days.ts";
import { LOOKS, type Member, mannerOf, type Staff } from "./staff.ts";

// The year's papers as the plan's words and the pack's settings have them, worked out beside the bot.

export type Paper = {
  kind: string;
  key: string;
  drafted: string;
  checked: string | null;
  returned: string | null;
  signed: string | null;
  issued: string | null;
  quick: boolean;
  number: string | null;
  to: string[];
};
/** What somebody does with a paper at a look. */
export type Deed = { at: string; act: "check" | "return" | "sign"; kind: string; key: string; by: string };

/** Numbers as the pack has them: 通气办函〔2020〕3号. */
const NUMBERS: Readonly<Record<string, string>> = {
  "weekly-notice": "通气办通",
  "lagging-warning": "通气办预",
  "monthly-ranking": "通气办排",
  "warning-letter": "通气办函",
  interview: "通气办约",
  exposure: "曝光",
  "meeting-minutes": "纪要",
  "year-report": "年报",
  "guarantee-report": "保障总结",
};

/** The demonstration has no air of 2021: the last sheet covers the turn of the year. */
const LAST_SHEET = "2021-01-03";
/** Towns are ranked from the week on in which the plan's day lies, in the counties that have stations in them. */
const TOWNS_RANKED_FROM = "2020-06-30";
const TOWN_COUNTIES = ["haian", "haimen", "tongzhou"];
const HAIMEN_A_DISTRICT = "2020-07-28";
const LAST_DATA = "2020-12-31";
/** The last days of the events that the pack names, by their keys. */
const EVENTS = {
  "import-expo/2020-10-31": "2020-11-10",
  "internet-conference/2020-11-20": "2020-11-24",
  "memorial-day/2020-12-10": "2020-12-13",
};
const CITY = ["office", "city-lead", "supervision"];
const COUNTIES = ["county-lead", "county-liaison"];

export class OwnCalendar {
  readonly papers: Paper[] = [];
  readonly deeds: Deed[] = [];
  private readonly looks: string[];
  private readonly seed: number;
  private readonly span: readonly [string, string];
  private readonly staff: Staff;
  constructor(seed: number, span: readonly [string, string], staff: Staff) {
    this.seed = seed;
    this.span = span;
    this.staff = staff;
    // A paper that is asked for late in the year is looked at after it.
    this.looks = daysFrom(span[0], plusDays(span[1], 60))
      .filter(isWorked)
      .flatMap((day) => LOOKS.map((time) => `${day}T${time}`));
  }

  /** What the clock alone brings. */
  byTheClock(): void {
    const [from, to] = this.span;
    for (const day of daysFrom(from, to)) {
      if (isWorked(day) && plusDays(day, -1) <= LAST_SHEET)
        this.goesOut("daily-sheet", plusDays(day, -1), `${day}T08:30`, ["office"]);
      if (weekdayOf(day) === 1) this.weekly(day);
      for (const [key, last] of Object.entries(EVENTS))
        if (workedFrom(plusDays(last, 1)) === day)
          this.signed("guarantee-report", key, `${day}T10:30`, [...CITY, ...COUNTIES, "department-liaison"]);
    }
  }

  private weekly(monday: string): void {
    const day = workedFrom(monday);
    if (day > this.span[1]) return;
    const [kind, key] = ["weekly-notice", plusDays(monday, -7)] as const;
    const { checks, by } = mannerOf(this.seed, kind, key);
    const checked = checks === null ? null : `${day}T08:30`;
    if (checked !== null) this.deeds.push({ at: checked, act: "check", kind, key, by });
    this.papers.push({
      ...{ kind, key, drafted: `${day}T08:00`, checked: checked && `${checked} ${by}` },
      ...{ returned: null, signed: null, issued: `${day}T09:00`, quick: checked === null, number: null },
      to: this.named(day, [...CITY, ...COUNTIES, "department-liaison"]),
    });
    this.towns(day, [plusDays(monday, -7), plusDays(monday, -1)]);
  }

  /** The week's ranking of towns: to each county that has any its own, to the office all of them. */
  private towns(day: string, [from, to]: readonly [string, string]): void {
    if (to < TOWNS_RANKED_FROM || to > LAST_DATA) return;
    const goesOut = (whose: string, roles: readonly string[], only?: (one: Member) => boolean) =>
      this.goesOut("town-ranking", `${from}..${to}/${whose}`, `${day}T09:00`, roles, only);
    goesOut("all", ["office"]);
    for (const county of TOWN_COUNTIES) {
      const id = county === "haimen" && to < HAIMEN_A_DISTRICT ? "haimen-city" : county;
      const isOf = ({ region, role }: Member) =>
        role === "town-liaison"
          ? region?.split("-")[0] === county
          : (region ?? "").replace("-city", "") === county;
      goesOut(id, [...COUNTIES, "town-liaison"], isOf);
    }
  }

  /** What needs nobody's signature. */
  goesOut(
    kind: string,
    key: string,
    at: string,
    roles: readonly string[],
    only?: (one: Member) => boolean,
    drafted = at,
  ): void {
    this.papers.push({
      ...{ kind, key, drafted, checked: null, returned: null, signed: null, issued: at, quick: false },
      ...{ number: null, to: this.named(at.slice(0, 10), roles, only) },
    });
  }

  /** What is checked and signed, by the manners of those who do. @returns the paper. */
  signed(
    kind: string,
    key: string,
    drafted: string,
    roles: readonly string[],
    only?: (one: Member) => boolean,
  ): Paper {
    const manner = mannerOf(this.seed, kind, key);
    const deeds: Deed[] = [];
    const does = (act: Deed["act"], at: number, by: string) => {
      deeds.push({ at: this.looks[at] as string, act, kind, key, by });
      return at;
    };
    const first = this.looks.findIndex((at) => at > drafted);
    let at = does("check", first + (manner.checks ?? 0), manner.by);
    at = this.there(at + manner.signs);
    if (manner.returns) {
      at = does("return", at, this.signerAt(at));
      at = does("check", at + 1, manner.by);
      at = this.there(at);
    }
    does("sign", at, this.signerAt(at));
    const done = deeds.filter((deed) => deed.at.slice(0, 10) <= this.span[1]);
    this.deeds.push(...done);
    const last = (act: Deed["act"]) => {
      const deed = done.findLast((one) => one.act === act);
      return deed === undefined ? null : `${deed.at} ${deed.by}`;
    };
    const [signed, returned] = [last("sign"), last("return")];
    const isOpen = signed === null;
    const checked = returned !== null && (last("check") ?? "") < returned ? null : last("check");
    const issued = isOpen ? null : signed.slice(0, 16);
    const paper = {
      ...{ kind, key, drafted, checked, returned, signed, issued, quick: false, number: null },
      to: issued === null ? [] : this.named(issued.slice(0, 10), roles, only),
    };
    this.papers.push(paper);
    return paper;
  }

  /** The first look from one on at which somebody can sign. */
  private there(at: number): number {
    return this.staff.signer((this.looks[at] as string).slice(0, 10)) === null ? this.there(at + 1) : at;
  }
  private signerAt(at: number): string {
    return this.staff.signer((this.looks[at] as string).slice(0, 10)) as string;
  }

  private named(
    day: string,
    roles: readonly string[],
    only: (one: Member) => boolean = () => true,
  ): string[] {
    const found = this.staff.on(day).filter((one) => roles.includes(one.role) && only(one));
    return [...new Set(found.map(({ name }) => name))].toSorted();
  }

  /** All papers with their numbers: each pattern counts its own year, in the order in which numbers are given. */
  numbered(): Paper[] {
    const given = new Map<string, number>();
    const at = (paper: Paper) => paper.signed ?? paper.issued ?? "";
    const order = [...this.papers].sort((a, b) => at(a).slice(0, 16).localeCompare(at(b).slice(0, 16)));
    for (const paper of order) {
      const word = NUMBERS[paper.kind];
      if (word === undefined || paper.issued === null) continue;
      const pattern = `${word}〔${paper.issued.slice(0, 4)}〕`;
      const n = (given.get(pattern) ?? 0) + 1;
      given.set(pattern, n);
      paper.number = `${pattern}${n}号`;
    }
    return this.papers;
  }
}

/** Days on which a job of the plan is due, with the time: `1` and `16` of a month or the working day after. */
export const lagDays = ([from, to]: readonly [string, string]): string[] => [
  ...new Set(
    daysFrom(from, to)
      .filter((day) => ["01", "16"].includes(day.slice(8)))
      .map(workedFrom)
      .filter((day) => day <= to),
  ),
];
