import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { shortDate } from "../../chat/wording.ts";
import { daysBetween, MOST_EXTENSIONS } from "../../domain/issues/phase.ts";
import { UNIT } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 申请延期: the unit asks for more time; until it is decided the deadline stands. */
export default step({
  id: "request-extension",
  words: {
    name: "申请延期",
    told: "申请延期",
    usedUp: "延期最多两次，已经用完。请尽快整改并提交。",
    tooLate: (due) => `整改期限${shortDate(due)}已过，不能再申请延期，请尽快整改并提交。`,
  },
  from: ["acknowledged", "rectifying"],
  to: "stay",
  by: UNIT,
  needs: { text: "reason", due: "deadline", extension: "none" },
  form: z.object({
    due: arg.deadline("延至", { hint: "日期或天数，如 2020-06-30" }),
    text: reason("延期理由和期间措施"),
  }),
  // As which term it was asked for: 期限 says how the day came about.
  reads: ({ due, text }) => ({
    ...{ due, text },
    ...(due.term === undefined ? {} : { detail: { n: String(due.term.n), unit: due.term.unit } }),
  }),
  usedUp: ({ extensions }) => extensions >= MOST_EXTENSIONS,
  tooLate: ({ due }, { today }) => today > due,
  wrongDue(due, { due: present, firstDue, termFrom }) {
    if (due <= present) return "not-later";
    // All extensions together may not exceed the term as it was first given.
    return daysBetween(firstDue, due) > Math.max(1, daysBetween(termFrom, firstDue)) ? "too-long" : null;
  },
  changes: (_, { due, by }) => ({ extensionDue: due ?? null, extensionBy: by }),
  told: ["office", "assigner"],
  button: { place: 110 },
});
