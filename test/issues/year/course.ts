import { expect } from "vitest";
import { randomStream } from "../../../seeds/demo/random.ts";
import { dayOf, daysFrom, HOUR, at as instant, isWorked, local, morning, plusDays } from "../loop/days.ts";
import type { Stage } from "../loop/stage.ts";
import {
  decidersOn,
  fallsDue,
  HEAD,
  type Matter,
  OFFICE,
  planned,
  SUPERVISION,
  type Told,
} from "./calendar.ts";
import { type Absence, placeOn, Staff } from "./staff.ts";

// A random office over many days: orders of any level, people who act or are silent, who come, leave and are ill, and a bot
// that is switched off now and then. What it does is done by the bot; what is due is reckoned beside it.

const COUNTIES = ["海安", "如皋", "如东", "启东", "通州", "港闸", "崇川"];
const DAY = 24 * HOUR;
const NEW_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜";

/** `busy`: how much more happens than in a year; `hoursOff`: of the longest stop; `monthly` looks at what has been told so far. */
export type Course = {
  from: string;
  to: string;
  seed: number;
  stops: number;
  busy: number;
  hoursOff: number;
  monthly: (told: readonly Told[]) => void;
};

export async function playsCourse(stage: Stage, { from, to, seed, stops, busy, hoursOff, monthly }: Course) {
  const random = randomStream(seed, "a random office");
  const among = <T>(all: readonly T[]): T | undefined => all[random.integer(0, all.length - 1)];
  const happens = (chance: number) => random.uniform() < chance;
  const { office } = stage;
  const staff = new Staff();
  for (const county of COUNTIES)
    for (const [role, name] of [
      ["lead", `${county}领导`],
      ["liaison", `${county}联络员`],
    ] as const)
      staff.joins(name, { county, role });
  /** How likely somebody of a county does what waits for them, when it comes to their mind. */
  const diligence = new Map(COUNTIES.map((county) => [county, among([0, 0.15, 0.5, 0.9]) ?? 0]));
  const matters: Matter[] = [];
  const told: Told[] = [];
  const left = new Map<string, number>();
  const counts = { orders: 0, acts: 0, joined: 0, left: 0, leaves: 0, stops: 0 };
  let now = instant(`${from}T08:00`);
  const today = () => dayOf(now);

  const lookAround = (at: number) => {
    for (const of of matters) told.push(...fallsDue(of, at, staff));
  };
  /** The bot runs: whatever is due is due at its own time. */
  const passTo = async (at: number) => {
    for (;;) {
      const next = Math.min(...matters.flatMap(({ coming }) => coming.map((one) => Math.max(one.at, now))));
      if (next > at) break;
      lookAround(next);
    }
    await office.advanceTo(local(at));
    now = at;
  };
  /** The bot is switched off until then. */
  const sleepTo = async (at: number) => {
    lookAround(at);
    await office.wakesAt(local(at));
    now = at;
    counts.stops += 1;
  };
  const moves = (of: Matter, change: Partial<Matter>) => {
    Object.assign(of, change, { version: of.version + 1 });
    of.coming = planned(of, now);
    counts.acts += 1;
  };
  const press = async (of: Matter, name: string, step: Parameters<Stage["presses"]>[1], fill = {}) => {
    const refusal = await stage.presses(name, step, { id: of.id as never, version: of.version }, fill);
    expect(refusal, `${local(now)} ${name} ${step} on 第${of.n}件 (${of.state})`).toBeNull();
  };

  const order = async () => {
    const county = among(COUNTIES.filter((one) => placeOn(one, today()) === one)) as string;
    const n = matters.length + 1;
    const level = among(["一般", "一般", "一般", "较大", "较大", "重大"]) as string;
    // A date of the next year would be read back first.
    const due = [plusDays(today(), random.integer(1, 30)), "2020-12-31"].toSorted()[0] as string;
    const giver = happens(0.2) ? SUPERVISION : OFFICE;
    const date = `${Number(due.slice(5, 7))}月${Number(due.slice(8))}日`;
    const given = await office.says(giver, `交办 ${county} “扬尘第${n}件” ${level} ${date}`);
    expect(given.code, given.message ?? "").toBeNull();
    const { no } = given.facts.issue as { no: string };
    const row = stage.raw.prepare("select id, version, due from issue where no = ?").get(no) as {
      id: number;
      version: number;
      due: string;
    };
    expect(row.due).toBe(due);
    const term = { termFrom: today(), firstDue: due, due, extensions: 0 };
    const of: Matter = {
      ...{ n, id: row.id, no, level, county, giver, state: "assigned", version: row.version, ...term },
      ...{ assignedAt: now, isSupervised: false, submittedAt: 0, confirmedAt: 0 },
      ...{ submittedBy: null, confirmedBy: null, reported: foot(0), reminded: foot(null), coming: [] },
    };
    of.coming = planned(of, now);
    matters.push(of);
    counts.orders += 1;
  };

  /** Somebody of a county who is there today, in a post of their own. */
  const thereIn = (role: "lead" | "liaison", of: Matter) =>
    staff
      .handsOf(role, placeOn(of.county, today()), today())
      .filter(({ name, behalf }) => !behalf && staff.awayOn(name, today()).length === 0);

  const act = async (of: Matter) => {
    const unit = among([...thereIn("liaison", of), ...thereIn("liaison", of), ...thereIn("lead", of)])?.name;
    const all = { reported: foot(0), reminded: foot(null) };
    switch (of.state) {
      case "assigned":
        if (unit === undefined) return;
        await press(of, unit, "acknowledge");
        return moves(of, {
          state: "acknowledged",
          reported: { ...of.reported, ack: 0 },
          reminded: { ...of.reminded, ack: null },
        });
      case "acknowledged":
      case "rectifying": {
        if (unit === undefined) return;
        if (!of.isSupervised && of.reported.mend === 3 && happens(0.3)) {
          await press(of, HEAD, "supervise", { text: "久拖不改" });
          return moves(of, { isSupervised: true });
        }
        const length = Math.max(1, daysFrom(of.termFrom, of.firstDue));
        const wanted = plusDays(of.due, random.integer(1, 6));
        const mayAsk =
          of.extensions < 2 && today() <= of.due && daysFrom(of.firstDue, wanted) <= length && happens(0.3);
        if (mayAsk) {
          await press(of, unit, "request-extension", { text: "雨天停工", due: wanted });
          moves(of, {});
          await press(of, OFFICE, "grant-extension");
          return moves(of, { ...all, due: wanted, extensions: of.extensions + 1 });
        }
        await office.photographs(unit, of.no);
        await press(of, unit, "submit", { measures: "已覆盖" });
        return moves(of, {
          ...all,
          state: "submitted",
          submittedBy: unit,
          confirmedBy: null,
          submittedAt: now,
        });
      }
      case "submitted":
      case "reviewing": {
        const free = decidersOn(of, staff, today()).filter(
          ({ name, behalf }) => !behalf && staff.awayOn(name, today()).length === 0,
        );
        const who = among(free)?.name;
        if (who === undefined) return;
        const isOfCity = [OFFICE, SUPERVISION, HEAD].includes(who);
        if (happens(0.25)) {
          const due = isOfCity ? { due: plusDays(today(), random.integer(2, 10)) } : {};
          await press(of, who, "reject", { text: "仍有裸土", ...due });
          const term = isOfCity ? { ...due, firstDue: due.due, termFrom: today(), extensions: 0 } : {};
          return moves(of, { ...all, ...(term as Partial<Matter>), state: "rectifying" });
        }
        const decided = {
          reported: { ...of.reported, decide: 0 },
          reminded: { ...of.reminded, decide: null },
        };
        if (of.state === "submitted") {
          await press(of, who, "confirm");
          return moves(of, { ...decided, state: "reviewing", confirmedBy: who, confirmedAt: now });
        }
        await press(of, who, "verify");
        return moves(of, { state: "closed" });
      }
      case "closed":
        return;
      default:
        of.state satisfies never;
    }
  };

  const join = async () => {
    const name = `${NEW_NAMES[counts.joined]}${among(["明", "华", "敏", "伟"])}`;
    const county = among(COUNTIES.filter((one) => placeOn(one, today()) === one)) as string;
    const role = happens(0.6) ? "liaison" : "lead";
    const { facts } = await office.says(
      OFFICE,
      `邀请 ${name} ${role === "lead" ? "县区领导" : "县区联络员"} ${county}`,
    );
    const bound = await office.says({ browser: name }, `绑定 ${facts.code}`);
    expect(bound.code, `${name}: ${bound.message}`).toBeNull();
    staff.joins(name, { county, role });
    counts.joined += 1;
  };

  const leave = async () => {
    const present = staff.presentOn(today());
    const name = among(present) as string;
    const role = staff.members.get(name)?.posts[0]?.role;
    const heirs = present.filter(
      (one) => one !== name && staff.members.get(one)?.posts.every((post) => post.role === role),
    );
    const heir = happens(0.6) ? (among(heirs) ?? null) : null;
    const done = await office.says(OFFICE, `离任 ${name}${heir === null ? "" : ` 接任${heir}`}`);
    expect(done.code, `离任 ${name}: ${done.message}`).toBeNull();
    staff.leaves(name, heir);
    left.set(name, now);
    counts.left += 1;
  };

  const goAway = async () => {
    const [who, by] = [among(staff.presentOn(today())), among(staff.presentOn(today()))] as [string, string];
    const absence: Absence = {
      who,
      by,
      ...Staff.span(plusDays(today(), random.integer(0, 2)), random.integer(0, 15)),
    };
    if (!staff.mayStandIn(absence)) return;
    const days = [absence.from, absence.to].map(
      (day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`,
    );
    const done = await office.says(OFFICE, `请假 ${who} ${days.join("到")} 由${by}代理`);
    expect(done.code, `${local(now)} ${JSON.stringify(absence)}: ${done.message}`).toBeNull();
    staff.absences.push(absence);
    counts.leaves += 1;
  };

  /** Whoever has left presses what they still hold. */
  const haunt = async () => {
    const [name, of] = [among([...left.keys()]), among(matters)];
    if (name === undefined || of === undefined) return;
    const at = { id: of.id as never, version: of.version };
    expect(
      await stage.presses(name, among(["acknowledge", "submit", "confirm"] as const) ?? "confirm", at),
    ).not.toBeNull();
  };

  const something = async () => {
    if (happens(0.12 * busy)) await order();
    if (happens(0.02 * busy) && counts.joined < NEW_NAMES.length) await join();
    if (happens(0.015 * busy) && staff.presentOn(today()).length > 6) await leave();
    if (happens(0.03 * busy)) await goAway();
    if (happens(0.05)) await haunt();
    const open = matters.filter(({ state }) => state !== "closed");
    for (const of of open) {
      const isCitys = of.state === "reviewing";
      const chance = isCitys ? 0.4 : (diligence.get(placeOn(of.county, today())) ?? 0);
      if (happens((chance / 4) * busy)) await act(of);
    }
  };

  const days = daysFrom(from, to);
  const offAt = new Map<string, number>();
  for (let n = 0; n < stops; n++) {
    const spread = Math.floor(days / stops);
    const day = plusDays(from, n * spread + random.integer(2, Math.max(2, spread - 14)));
    offAt.set(day, random.integer(5, hoursOff));
  }
  for (let day = from; day < to; day = plusDays(day, 1)) {
    if (day.endsWith("-01")) monthly(told);
    const times = isWorked(day) ? [0, 1, 2].map(() => random.integer(61, 1000)) : happens(0.3) ? [600] : [];
    for (const minutes of times.toSorted((a, b) => a - b)) {
      const at = morning(day) - 9 * HOUR + (minutes + 420) * 60_000;
      if (at <= now) continue;
      await passTo(at);
      await something();
    }
    const hours = offAt.get(day);
    if (hours !== undefined) {
      const at = Math.min(Math.max(now, morning(day)) + hours * HOUR + 7 * 60_000, instant(`${to}T08:00`));
      await sleepTo(at);
    }
  }
  await passTo(instant(`${to}T18:00`));
  return { told, left, counts, matters, weeks: Math.ceil((days * DAY) / (7 * DAY)) };
}

const foot = <T>(value: T) => ({ ack: value, mend: value, decide: value });
