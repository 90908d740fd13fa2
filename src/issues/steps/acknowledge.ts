import { afoot } from "../../domain/issues/ladders.ts";
import { UNIT } from "../../domain/issues/states.ts";
import { none } from "../fields.ts";
import { step } from "../step.ts";

/** 签收: the unit has seen it. */
export default step({
  id: "acknowledge",
  words: { name: "签收" },
  from: ["assigned"],
  to: "acknowledged",
  by: UNIT,
  form: none,
  changes: () => afoot("ack"),
  stamps: ({ at }) => ({ acknowledgedAt: at }),
  told: ["office", "assigner"],
  owed: { whom: "县区", what: "签收", asked: "待签收" },
  button: { place: 20, style: "primary" },
});
