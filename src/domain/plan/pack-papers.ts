import { z } from "zod";

// Part of settings.yaml: the office's papers, how each kind is numbered and who signs it.

/** Kinds of numbered papers: 交办, 挂牌督办, 延期批复, 移送. */
export const PAPER_KINDS = ["order", "supervision", "extension", "transfer"] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

const pattern = z
  .string()
  .max(40)
  .refine(
    (text) => text.split("{year}").length === 2 && text.split("{n}").length === 2,
    "须含{year}和{n}各一次，例如 通气办交〔{year}〕{n}号",
  );

/** `number` is the pattern of its numbers; `body` signs it, where that isn't the office itself. */
const paper = (number: string) =>
  z.strictObject({ number: pattern.default(number), body: z.string().min(1).optional() }).prefault({});

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
});

/** 通气办交〔2020〕12号 */
export const numberFrom = (pattern: string, year: number, n: number | string): string =>
  pattern.replace("{year}", String(year)).replace("{n}", String(n));
