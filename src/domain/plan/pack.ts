import { z } from "zod";
import type { DepartmentId, RegionId } from "../ids.ts";
import { MOST_DIFFERING_BITS } from "../picture-look.ts";
import { alertsSchema } from "./pack-alerts.ts";
import type { RecordKind, StandingDuty } from "./pack-duties.ts";
import { guaranteeSchema } from "./pack-guarantees.ts";
import { intakesSchema } from "./pack-intakes.ts";
import { categoriesSchema, ledgerSchema } from "./pack-ledger.ts";
import { interviewsSchema, lagSchema, warningsSchema } from "./pack-letters.ts";
import { meetingsSchema } from "./pack-meetings.ts";
import { nightWorkSchema } from "./pack-night-work.ts";
import { papersSchema } from "./pack-papers.ts";
import { patrolsSchema } from "./pack-patrols.ts";
import { responsesSchema } from "./pack-responses.ts";
import { retentionSchema } from "./pack-retention.ts";
import type { PackTemplate } from "./pack-templates.ts";

/**
 * A plan pack: one city's plan for one year as data (`seeds/<pack>/*.yaml`).
 * Each schema below is one file of the folder; `docs` of every field are in `seeds/README.md`.
 * What the plan doesn't say is absent here, never guessed.
 */

const isoDate = z.iso.date();
/** Decimal text such as "80.8": targets are exact decimals and never pass through binary floats. */
const decimalText = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d+(\.\d+)?$/, "须为十进制数"));
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "只用小写字母、数字和连字符");
const regionId: z.ZodType<RegionId, string> = slug;
const departmentId: z.ZodType<DepartmentId, string> = slug;

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "写成 10-01");

/** A season as the plan, or what it rests on, defines it; one that ends before it begins ends in the next year. */
const seasonSchema = z.strictObject({
  names: z.array(z.string().min(2)).min(1),
  from: monthDay,
  to: monthDay,
  source: z.string().min(1),
});
export type Season = z.infer<typeof seasonSchema>;

/** plan.yaml */
export const planSchema = z.strictObject({
  id: slug,
  title: z.string().min(1),
  year: z.int().min(2013).max(2100),
  city: z.strictObject({ region: regionId, name: z.string() }),
  office: z.string(),
  timeZone: z.string(),
  source: z.string(),
  /** Absent where the plan defines none. */
  seasons: z.array(seasonSchema).optional(),
});

/** targets.yaml: the city's air-quality targets and the reductions of total emissions. */
export const targetSchema = z.strictObject({
  id: slug,
  name: z.string(),
  /** What is measured; drives which budget is computed. */
  metric: z.enum(["pm25-mean", "attainment-rate", "dustfall-month", "emission-reduction"]),
  kind: z.enum(["constraint", "stretch"]),
  direction: z.enum(["at-most", "at-least"]),
  value: decimalText,
  unit: z.string(),
  baselineYear: z.int().optional(),
  appliesTo: z.enum(["city", "each-county"]),
  clause: z.string(),
});

/** departments.yaml */
export const departmentSchema = z.strictObject({
  id: departmentId,
  name: z.string(),
  short: z.string(),
  /** Other names the plan or officials use, so that text resolves to one department. */
  aliases: z.array(z.string()).default([]),
});

/** regions.yaml. Effective-dated: `from` is the first day, `to` the last day, both inclusive. */
export const regionSchema = z.strictObject({
  id: regionId,
  code: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  name: z.string(),
  short: z.string(),
  kind: z.enum(["city", "county", "functional"]),
  /** Full name of the authority that answers for it; absent: its name with 人民政府, a functional area's with 管理委员会. */
  authority: z.string().min(1).optional(),
  aliases: z.array(z.string()).default([]),
  from: isoDate.optional(),
  to: isoDate.optional(),
  /** The region that this one became part of, or became. */
  successor: regionId.optional(),
  /** Place in the city's own tables. */
  order: z.int(),
});

/** towns.yaml, which a pack may leave out: 镇 and 街道 below the counties. */
export const townSchema = z.strictObject({
  id: regionId,
  name: z.string().min(2),
  short: z.string().min(2),
  aliases: z.array(z.string()).default([]),
  /** The county-level region that it lies in. */
  county: regionId,
  from: isoDate.optional(),
  to: isoDate.optional(),
  /** The town that this one became part of, or became. */
  successor: regionId.optional(),
});

/** measures.yaml: groups, and measures with their departments. Titles are the plan's; `summary` is our own words. */
export const groupSchema = z.strictObject({ no: z.int(), title: z.string() });
export const measureSchema = z.strictObject({
  /** "1".."30" for measures, "S1".."S4" for the support systems. */
  no: z.string().regex(/^(S?[1-9]\d?)$/),
  group: z.int(),
  title: z.string(),
  summary: z.string(),
  lead: z.array(departmentId),
  support: z.array(departmentId).default([]),
  /** Helping bodies that the plan describes without naming the departments. */
  supportBodies: z.array(z.string().min(1)).default([]),
});

/** indicators.yaml: every numeric or checkable target of a measure, one by one. */
export const indicatorSchema = z.strictObject({
  /** Stable id such as `m16-oil-gas-recovery`. */
  id: slug,
  measure: z.string(),
  name: z.string(),
  /** count: adds up over the year; share: a percentage reached; amount: a level or change reached; check: done or not. */
  kind: z.enum(["count", "share", "amount", "check"]),
  direction: z.enum(["at-least", "at-most"]),
  /** For `check` the value is 1. */
  value: decimalText,
  unit: z.string(),
  /** Year that a change is measured against, when the plan names one. */
  baselineYear: z.int().optional(),
  deadline: isoDate,
  /** How progress is expected: in proportion to time, only at the deadline, or held at all times. */
  pace: z.enum(["linear", "deadline", "always"]),
  /** Region ids, when the plan names counties; absent: the whole city. */
  counties: z.array(regionId).optional(),
  /** The plan says "力争": a stretch aim rather than a duty. */
  aspiration: z.boolean().default(false),
  clause: z.string(),
});

/** mechanisms.yaml: the office's running mechanisms with their cadence. */
export const mechanismSchema = z.strictObject({
  id: slug,
  name: z.string(),
  cadence: z.enum(["realtime", "week", "month", "quarter", "year", "event", "continuous"]),
  /** Numbers of the mechanism, such as the three months of a 约谈. */
  parameters: z.record(z.string(), z.union([z.int(), z.string()])).default({}),
  summary: z.string(),
  clause: z.string(),
  /** The plan's own sentence, for papers that rest on it. */
  text: z.string().min(5).optional(),
});

/** settings.yaml: our own defaults, which the plan doesn't fix and an office may change. */
export const settingsSchema = z.strictObject({
  reporting: z.strictObject({ cycle: z.literal("month"), dueWorkingDay: z.int().min(1).max(20) }),
  /** Percent of the expected progress below which a task is yellow, and red. */
  lag: lagSchema,
  /** Lights of an air target: how far behind the control value is still yellow. */
  pace: z.strictObject({
    yellowMeanPct: z.int(),
    yellowBadDays: z.int(),
    redRestBelowPct: z.int(),
    /** The indicator that cuts the city's days above 100 by ozone, in percent of last year's; absent: no cap on them. */
    ozoneDays: slug.optional(),
  }),
  /** Who has to explain a day in the daily sheet: all with an AQI above 100, and so many of those furthest above their control value. */
  explain: z
    .strictObject({ badDay: z.boolean().default(true), worst: z.int().min(0).max(50).default(1) })
    .prefault({}),
  rectifyDays: z.record(z.string(), z.int()),
  /** Numbers and signatures of the office's papers. */
  papers: papersSchema.prefault({}),
  interviews: interviewsSchema,
  warnings: warningsSchema,
  /** Night permits, and what dustfall above the limit does to them. */
  nightWork: nightWorkSchema,
  /** When the plan's meetings are called. */
  meetings: meetingsSchema.prefault({}),
  issues: z.strictObject({
    /** Terms by kind of problem; without one the level's term counts. */
    categories: categoriesSchema,
    /** Words of ledgers, by what they mean. */
    ledger: ledgerSchema.prefault({}),
    /** Hours within which an issue of each level is to be acknowledged. */
    acknowledgeHours: z.record(z.string(), z.int().min(1)),
    /** Levels whose reminders know neither nights nor holidays. */
    urgent: z.array(z.string()),
    reminders: z.strictObject({ fromHour: z.int().min(0).max(23), toHour: z.int().min(1).max(24) }),
    /** Working days after the deadline at which county lead, office and 市攻坚办 hear of it. */
    overdueRungs: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)]),
    /** Working days after the deadline at which 挂牌督办 is proposed. */
    superviseAfter: z.int().min(1),
    /** Working days for each decision on the way, and until the next rung hears of it. */
    decide: z.strictObject({
      draft: z.int().min(1),
      confirm: z.int().min(1),
      confirmRung: z.int().min(1),
      verify: z.int().min(1),
      verifyRung: z.int().min(1),
      returned: z.int().min(1),
      extension: z.int().min(1),
      transfer: z.int().min(1),
      spotCheck: z.int().min(1),
    }),
    /** Photos that a submission needs. */
    photos: z.strictObject({ before: z.int().min(0), after: z.int().min(0) }),
    /** 公示: for how long the public may object to an issue of these levels before it is closed; absent: not asked for. */
    display: z
      .strictObject({
        days: z.int().min(1),
        unit: z.enum(["working", "calendar"]),
        levels: z.array(z.string()).min(1),
      })
      .optional(),
    /** What of a picture a reviewer is told: bits in which it may differ from another and be nearly the same; metres from the place. */
    evidence: z
      .strictObject({
        nearlySameBits: z.int().min(0).max(MOST_DIFFERING_BITS).default(6),
        farMetres: z.int().min(1).default(500),
      })
      .prefault({}),
    /** Share of closed issues that are looked at again on the spot, and the seed of the lot. */
    spotCheckPct: z.int().min(0).max(100),
    spotCheckSeed: z.string(),
    /** Issues at one place with a similar text within so many days may be the same; places so many metres apart are one. */
    duplicateDays: z.int().min(1),
    duplicateMetres: z.int().min(1).default(200),
    /** 挂牌督办 is proposed for so many issues at one place within so many days; places so many metres apart are one. */
    repeatedPlace: z
      .strictObject({
        times: z.int().min(2).default(3),
        days: z.int().min(1).default(90),
        metres: z.int().min(1).default(100),
      })
      .prefault({}),
  }),
  /** Who hands matters down and is told the outcome: hotlines, the press, superiors. */
  intakes: intakesSchema,
  /** Doubted hours and anomalies. */
  alerts: alertsSchema.prefault({}),
  /** 重污染天气应急 and 削峰: who does what at which level, and by when. */
  responses: responsesSchema.prefault({}),
  /** 曝光: working days that a county has to object to what is to be made public. */
  exposure: z.strictObject({ informDays: z.int().min(1).max(20).default(2) }).prefault({}),
  /** 重大活动保障 and seasons with targets of their own. */
  guarantees: z.array(guaranteeSchema).default([]),
  /** 镇街空气自动站: how many the office plans in each county-level region, by its id; those that are left out have none. */
  townStations: z.record(slug, z.int().min(0)).default({}),
  /** 点位长巡查. */
  patrols: patrolsSchema,
  /** How long what comes and goes is kept, days. */
  retention: retentionSchema,
  /** What one person may be sent. */
  noise: z.strictObject({
    /** Messages a week, beside those that nobody may wait for. */
    perWeek: z.int().min(6),
    /** Hour of the working day at which a digest comes to whoever has had as many. */
    digestHour: z.int().min(0).max(23),
    /** Office hours after which what is grave or from the top of a ladder goes a second way where its reader hasn't seen it. */
    chaseAfterHours: z.int().min(1).default(4),
  }),
});

/** calendar.yaml: statutory days off and make-up working days, by year. */
export const calendarSchema = z.strictObject({
  year: z.int(),
  source: z.string(),
  off: z.array(isoDate),
  work: z.array(isoDate),
});

export type Target = z.infer<typeof targetSchema>;
export type Department = z.infer<typeof departmentSchema>;
export type Region = z.infer<typeof regionSchema>;
export type Town = z.infer<typeof townSchema>;
export type Group = z.infer<typeof groupSchema>;
export type Measure = z.infer<typeof measureSchema>;
export type Indicator = z.infer<typeof indicatorSchema>;
export type Mechanism = z.infer<typeof mechanismSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type OfficeCalendar = z.infer<typeof calendarSchema>;

export type PlanPack = z.infer<typeof planSchema> & {
  targets: readonly Target[];
  departments: readonly Department[];
  regions: readonly Region[];
  towns: readonly Town[];
  groups: readonly Group[];
  measures: readonly Measure[];
  indicators: readonly Indicator[];
  mechanisms: readonly Mechanism[];
  duties: readonly StandingDuty[];
  /** Kinds of things that are done for standing duties and recorded one by one. */
  records: readonly RecordKind[];
  settings: Settings;
  calendars: readonly OfficeCalendar[];
  templates: readonly PackTemplate[];
};
