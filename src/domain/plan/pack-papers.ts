import { z } from "zod";
import { ROLES } from "../roles.ts";
import type { TimeOfDay } from "../time-of-day.ts";

// Part of settings.yaml: the office's papers, how each kind is numbered and who signs it.

/** Kinds of numbered papers of the loop: 交办, 挂牌督办, 延期批复, 移送. */
export const PAPER_KINDS = ["order", "supervision", "extension", "transfer"] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

const pattern = z
  .string()
  .max(40)
  .refine(
    (text) => text.split("{year}").length === 2 && text.split("{n}").length === 2,
    "须含{year}和{n}各一次，例如 通气办交〔{year}〕{n}号",
  );

/** `number` is the pattern of its numbers; `body` signs it, where that isn't the office itself; `redHead` (红头) stands above it. */
const paper = (number: string) =>
  z
    .strictObject({
      number: pattern.default(number),
      body: z.string().min(1).optional(),
      redHead: z.string().min(1).optional(),
    })
    .prefault({});

/** none: goes out by itself; check: the office looks at it; sign: and then somebody else signs it. */
export const SIGNINGS = ["none", "check", "sign"] as const;

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "须是钟点，例如 09:00")
  .transform((text) => text as TimeOfDay);

/** What a pack says of a kind of official paper; what it leaves out is as the kind's own file has it. */
const officialSetting = z.strictObject({
  /** Whether the office issues it at all. */
  on: z.boolean().optional(),
  signing: z.enum(SIGNINGS).optional(),
  /** The role that signs it. */
  by: z.enum(ROLES).optional(),
  /** null: it has no number. */
  number: pattern.nullable().optional(),
  /** 落款单位, where that isn't the office itself. */
  body: z.string().min(1).optional(),
  /** 红头. */
  redHead: z.string().min(1).optional(),
  /** When it goes out, and when it is drafted before that. */
  at: timeOfDay.optional(),
  draftedAt: timeOfDay.optional(),
  /** On which working day of its month or quarter, where it has one. */
  workingDay: z.int().min(1).max(15).optional(),
  /** What becomes of one that nobody has checked or signed at its time: it goes out as 快报, or it waits. */
  unattended: z.enum(["quick", "wait"]).optional(),
});
export type OfficialSetting = z.input<typeof officialSetting>;

/** Kinds of one pattern are numbered together. */
export const papersSchema = z.strictObject({
  order: paper("交办〔{year}〕{n}号"),
  supervision: paper("督办〔{year}〕{n}号"),
  extension: paper("延期〔{year}〕{n}号"),
  transfer: paper("移送〔{year}〕{n}号")
    .unwrap()
    .extend({
      /** The role that signs it: the loop knows this one so far. */
      signedBy: z.enum(["city-lead"]).default("city-lead"),
      /** Whom it is sent to, by full names; absent: the city's discipline inspection and supervision commissions. */
      to: z.array(z.string().min(1)).min(1).optional(),
    })
    .prefault({}),
  /** The papers of `src/papers/kinds`, by their ids. */
  official: z.record(z.string(), officialSetting).default({}),
});
