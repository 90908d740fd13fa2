import { UNIT_ACTS } from "../../domain/issues/states.ts";
import { none } from "../fields.ts";
import { step } from "../step.ts";

/** 签收任务: a unit that helps, or that a county has handed it down to, has seen its part. */
export default step({
  id: "acknowledge-part",
  words: { name: "签收任务" },
  from: UNIT_ACTS,
  to: "stay",
  by: ["helper"],
  offered: ({ parts = [] }) => parts.includes("assigned"),
  part: "acknowledge",
  form: none,
  told: ["assigner"],
  button: { place: 21, style: "primary" },
});
