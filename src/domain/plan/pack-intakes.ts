import { z } from "zod";

const word = z.string().min(1).max(50);

/** What of an outcome goes back to a sender. */
export const REPLIES = {
  no: "问题编号",
  unit: "承办单位",
  due: "办结期限",
  state: "办理状态",
  result: "办理结果",
  closed: "办结时间",
} as const;
export type ReplyPart = keyof typeof REPLIES;

/** Part of settings.yaml: who hands matters down and is told the outcome (12345, 12369, the press, superiors), and what their files call it. */
export const intakesSchema = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]{1,30}$/),
      name: word,
      /** Other names of it, in titles and cells. */
      also: z.array(word).default([]),
      /** What the sender calls the columns of its replies, where that isn't what we do. */
      columns: z.partialRecord(z.enum(Object.keys(REPLIES) as [ReplyPart, ...ReplyPart[]]), word).default({}),
    }),
  )
  .default([])
  .superRefine((senders, { addIssue }) => {
    const known = new Set<string>();
    for (const [index, { id, name, also }] of senders.entries())
      for (const called of [id, name, ...also]) {
        if (known.has(called))
          addIssue({ code: "custom", path: [index], message: `来件渠道“${called}”重复，请改名` });
        known.add(called);
      }
  });
export type IntakeSender = z.output<typeof intakesSchema>[number];
