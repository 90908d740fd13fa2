import { z } from "zod";

// Part of settings.yaml: when an hour is doubted, when it is an anomaly, and who is told of it when.

const hours = (usual: number) => z.int().min(1).max(72).default(usual);
/** µg/m³, and of CO mg/m³. */
const amount = (usual: number) => z.int().min(1).default(usual);
/** Above these an hour is of class 轻度, 中度, 重度. */
const classes = (...usual: [number, number, number]) =>
  z
    .tuple([z.int().min(1), z.int().min(1), z.int().min(1)])
    .refine(([one, two, three]) => one < two && two < three, "须由低到高")
    .default(usual);

/** Checks of the data; what fails one is kept and enters no figure. */
const hourChecks = z
  .strictObject({
    /** Hours in a row without data after which a station is missed, and after which that is grave. */
    missing: z.tuple([z.int().min(1), z.int().min(2)]).default([2, 6]),
    zeroHours: hours(3),
    /** The same value for so long; near the detection limit repeats are normal. */
    flatHours: z.strictObject({ usual: hours(6), SO2: hours(12), CO: hours(12) }).prefault({}),
    /** More than this isn't air. */
    most: z
      .strictObject({
        "PM2.5": amount(1000),
        PM10: amount(2000),
        O3: amount(1200),
        NO2: amount(3840),
        SO2: amount(2620),
        CO: amount(150),
      })
      .prefault({}),
    /** PM2.5 above PM10 by more than so much and so many percent, so many hours in a row. */
    inversion: z
      .strictObject({ by: amount(5), pct: z.int().min(1).default(10), hours: hours(3) })
      .prefault({}),
    /** A rise to more than so many times the hour before, and by more than so much, while the neighbours stay as they are. */
    jump: z.strictObject({ times: z.int().min(2).default(3), by: amount(100) }).prefault({}),
  })
  .prefault({});
export type HourLimits = z.infer<typeof hourChecks>;

export const alertsSchema = z.strictObject({
  checks: hourChecks,
  level: z
    .strictObject({
      "PM2.5": classes(75, 115, 150),
      PM10: classes(150, 250, 350),
      O3: classes(200, 300, 400),
    })
    .prefault({}),
  /** Hours in a row that the first class, or being above one's neighbours, has to last. */
  firstHours: hours(2),
  /** More than so many percent of the median of the neighbours, and so much above it; fewer neighbours with data aren't compared with. */
  neighbours: z
    .strictObject({
      pct: z.int().min(101).default(150),
      "PM2.5": amount(30),
      PM10: amount(60),
      atLeast: z.int().min(2).default(3),
    })
    .prefault({}),
  /** A rise of PM2.5 within so many hours. */
  surge: z.strictObject({ by: amount(40), hours: hours(2) }).prefault({}),
  /** Normal hours in a row that end an anomaly. */
  clearHours: hours(2),
  /** An anomaly that is still there is told again after so long; one that comes back within so long isn't told anew. */
  againHours: hours(6),
  coolDownHours: hours(3),
  /** Nobody is told of what is older. */
  lateHours: hours(6),
  /** Minute past the hour at which the last one is judged: by then what usually comes is there (HJ 633-2012 cl. 5.1.3). */
  judgeAtMinute: z.int().min(1).max(59).default(20),
  /** Hours in which nobody is told of anything below 重度. */
  quiet: z
    .strictObject({ from: z.int().min(0).max(23).default(22), to: z.int().min(0).max(23).default(7) })
    .prefault({}),
  /** A day of the city with a higher AQI is a bad one; of counties above `leadsAbove` the leads hear as well. */
  badDay: z
    .strictObject({ above: z.int().min(50).default(100), leadsAbove: z.int().min(50).default(150) })
    .prefault({}),
  /** Who keeps the stations running: the office passes doubted data on to them. */
  operator: z.string().min(2).default("站点运维单位"),
  /** What an anomaly may come from beside the kinds of problem that the office gives out. */
  causes: z.array(z.string().min(2).max(20)).default(["区域传输", "不利气象条件", "烟花爆竹", "仪器故障"]),
});
export type AlertSettings = z.infer<typeof alertsSchema>;
