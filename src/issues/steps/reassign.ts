import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { AFRESH, newTerm } from "../../domain/issues/phase.ts";
import { ASSIGNERS, UNIT_ACTS } from "../../domain/issues/states.ts";
import { newDue, reason } from "../fields.ts";
import { namedUnit } from "../named-unit.ts";
import { step } from "../step.ts";

/** 改派: it becomes another unit's. */
export default step({
  id: "reassign",
  words: { name: "改派", told: "有新的交办（改派）" },
  from: ["returned", ...UNIT_ACTS],
  to: "assigned",
  by: ASSIGNERS,
  needs: { text: "reason", due: "deadline" },
  form: z.object({
    county: arg.county({ hint: "新的责任地区" }),
    department: arg.maybe.department({ hint: "责任部门，可不填" }),
    due: newDue,
    text: reason("改派理由"),
  }),
  reads: ({ county, department, due, text }, { office, today }) => ({
    due,
    text,
    change: namedUnit(county, department, { office, today }),
    note: `改派${office.heirOf(county, today).short}`,
  }),
  // Whether it is cancelled was asked of the unit that had it; the new one has not taken it on.
  changes: (_, taken) => ({ ...newTerm(taken), ...AFRESH, assignedAt: taken.at, cancelBy: null }),
  stamps: ({ by }) => ({ acknowledgedAt: null, assignedBy: by }),
  takesBack: true,
  issues: "order",
  told: ["unit", "helpers", "office"],
  pictures: true,
  button: { place: 100, rare: true },
});
