import { expect } from "vitest";
import { z } from "zod";
import { STATES } from "../../src/domain/issues/states.ts";

/**
 * The facts of the main answers as the interfaces document promises them. What is added is free; a promised key that
 * is missing or has another type is a broken promise. Numbers are JSON numbers or null, never text.
 */
const date = z.iso.date();
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/);
const count = z.int().min(0);
const figure = z.number().nullable();

const pollutant = (unit: string, stat: string) =>
  z.looseObject({
    value: figure,
    reference: z.number().optional(),
    unit: z.literal(unit),
    stat: z.literal(stat),
    validDays: count,
  });
const MICRO = "µg/m³";
const six = {
  "PM2.5": figure,
  PM10: figure,
  O3_8h: figure,
  NO2: figure,
  SO2: figure,
  CO: figure,
};

const air = z.looseObject({
  county: z.string(),
  period: z.looseObject({ from: date, to: date, label: z.string(), complete: z.boolean() }),
  days: z.looseObject({ calendar: count, valid: count, good: count, missing: count }),
  attainmentRatePct: figure,
  levels: z.strictObject({ 优: count, 良: count, 轻度: count, 中度: count, 重度: count, 严重: count }),
  primary: z.partialRecord(z.enum(Object.keys(six) as (keyof typeof six)[]), count),
  pollutants: z.strictObject({
    "PM2.5": pollutant(MICRO, "mean"),
    PM10: pollutant(MICRO, "mean"),
    SO2: pollutant(MICRO, "mean"),
    NO2: pollutant(MICRO, "mean"),
    CO: pollutant("mg/m³", "p95"),
    O3_8h: pollutant(MICRO, "p90"),
  }),
  composite: figure,
  sufficient: z.boolean(),
  yearOnYear: z.looseObject(six),
});

const target = z
  .looseObject({
    indicator: z.enum(["pm25-mean", "attainment-rate"]),
    kind: z.enum(["constraint", "stretch"]),
    target: z.number(),
    toDate: figure,
    remainingDays: count,
    remainingAllowableMean: figure.optional(),
    badDaysLeft: z.int().optional(),
    state: z.enum(["met", "on-pace", "behind", "unreachable"]),
  })
  .refine((t) => "remainingAllowableMean" in t === (t.indicator === "pm25-mean"))
  .refine((t) => "badDaysLeft" in t === (t.indicator === "attainment-rate"));

const measure = z.looseObject({
  no: z.string(),
  group: z.string(),
  title: z.string(),
  leadDepartments: z.array(z.string()).min(1),
  supportDepartments: z.array(z.string()),
  deadlines: z.array(date),
  indicators: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      target: z.number(),
      unit: z.string(),
      deadline: date,
      actual: figure,
      expected: figure,
      pacePct: figure,
      level: z.enum(["绿", "黄", "红", "灰"]).nullable(),
    }),
  ),
});

const issue = z.looseObject({
  no: z.string().regex(/^NT-\d{4}-\d{6}$/),
  title: z.string(),
  source: z.string(),
  county: z.string(),
  assignee: z.string(),
  state: z.enum(STATES),
  assignedAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  due: date,
  daysLeft: z.int(),
  overdue: z.boolean(),
});

const promised = {
  status: air.extend({
    targets: z.array(target),
    lagging: count,
    openIssues: count,
    overdueIssues: count,
  }),
  day: air.extend({
    aqi: count.nullable(),
    level: z.string().nullable(),
    primaryPollutants: z.array(z.string()),
    iaqi: z.looseObject(six),
  }),
  ranking: z.looseObject({
    metric: z.enum(["composite", "PM2.5", "attainment", "dustfall", "improvement"]),
    rows: z.array(
      z.looseObject({ rank: count.min(1), county: z.string(), value: z.number(), yearOnYearPct: figure }),
    ),
    unranked: z.array(z.looseObject({ county: z.string(), reason: z.string().min(1) })),
  }),
  tasks: z.looseObject({ rows: z.array(measure) }),
  task: z.looseObject({ measure }),
  lagging: z.looseObject({
    asOf: date,
    rows: z.array(
      z.looseObject({
        measure: z.string(),
        indicator: z.string(),
        county: z.string().nullable(),
        deadline: date,
        target: z.number(),
        expected: figure,
        actual: figure,
        behindPct: figure,
        level: z.enum(["黄", "红", "灰"]),
      }),
    ),
  }),
  issue: z.looseObject({ issue: issue.extend({ history: z.array(z.looseObject({ step: z.string() })) }) }),
  issues: z.looseObject({ rows: z.array(issue) }),
};

/** Fails, naming the key, when facts lack what the interfaces document promises for this answer. */
export function expectFacts(kind: keyof typeof promised, facts: unknown): void {
  const read = promised[kind].safeParse(facts);
  expect(read.success ? [] : read.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`)).toEqual([]);
}
