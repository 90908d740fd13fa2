import type { Relation, State } from "../../../src/domain/issues/states.ts";
import type { Earlier } from "../../../src/domain/issues/step-rule.ts";

// The office's rules of the loop as its people would tell them: written down by hand from the domain document, section 9
// (交办—签收—整改—反馈—复核—销号), so that the code is held against something that isn't itself.

/** 责任单位：联络员、县区领导、责任部门 */
const UNIT: readonly Relation[] = ["liaison", "lead", "department"];
/** 交办的一方：市办、督查 */
const ASSIGNERS: readonly Relation[] = ["office", "supervision"];
/** 协办单位：只能看和补充 */
const HELPERS: readonly Relation[] = ["helper"];
const HEAD: readonly Relation[] = ["city-lead"];
/** 责任单位还要办的：待签收、已签收、整改中 */
const UNITS_TURN: readonly State[] = ["assigned", "acknowledged", "rectifying"];
const UNDER_WAY: readonly State[] = [...UNITS_TURN, "submitted", "reviewing"];

/** 已经签收、还没有办结的 */
const TAKEN_ON: readonly State[] = [
  "acknowledged",
  "rectifying",
  "submitted",
  "reviewing",
  "displayed",
  "suspended",
];
const CONSENTERS: readonly Relation[] = ["lead", "department", "city-lead"];

/** 确认、复核：轮到的人都不能办时，由市领导办。 */
const DECISIONS: ReadonlySet<string> = new Set([
  "confirm",
  "verify",
  "reject",
  "close-stage",
  "display",
  "object",
]);

/** 市办都可以办；督查只办自己交办的。 */
const GIVERS: ReadonlySet<string> = new Set(["amend", "withdraw", "propose-cancel"]);

/** Id of a step. */
export type Step = string;
type Line = readonly [
  step: Step,
  from: readonly State[],
  to: State | "stays" | "back",
  who: readonly Relation[],
];

export const LINES: readonly Line[] = [
  ["assign", ["draft"], "assigned", ASSIGNERS],
  ["acknowledge", ["assigned"], "acknowledged", UNIT],
  ["start", ["acknowledged"], "rectifying", UNIT],
  ["submit", ["acknowledged", "rectifying"], "submitted", UNIT],
  ["supplement", UNITS_TURN, "stays", HELPERS],
  // 协办、转办单位各有自己的一份：签收、反馈，由责任单位或市办认可、退回；转办由县（市、区）办。
  ["acknowledge-part", UNITS_TURN, "stays", HELPERS],
  ["hand-in-part", UNITS_TURN, "stays", HELPERS],
  ["accept-part", UNITS_TURN, "stays", [...UNIT, ...ASSIGNERS]],
  ["return-part", UNITS_TURN, "stays", [...UNIT, ...ASSIGNERS]],
  ["hand-down", UNITS_TURN, "stays", ["liaison", "lead"]],
  ["set-helpers", ["returned", ...UNITS_TURN], "stays", ASSIGNERS],
  // 县级先销，市级再复核；县区领导自己提交的，由市办代为确认（见 confirmsInTheLeadsPlace）；没有别人可办的，由市领导办（见 nobodyElseDecides）。
  ["confirm", ["submitted"], "reviewing", ["lead", "office", ...HEAD]],
  // 方案要求公示的先公示，期满才销号（见 displayed）；公示有异议的退回整改。长期问题可以阶段性办结，剩下的另定期限。
  ["verify", ["reviewing", "displayed"], "closed", [...ASSIGNERS, ...HEAD]],
  ["close-stage", ["reviewing"], "rectifying", [...ASSIGNERS, ...HEAD]],
  ["display", ["reviewing"], "displayed", [...ASSIGNERS, ...HEAD]],
  ["object", ["displayed"], "rectifying", [...ASSIGNERS, ...HEAD]],
  ["reject", ["submitted"], "rectifying", ["lead", ...ASSIGNERS, ...HEAD]],
  ["reject", ["reviewing"], "rectifying", [...ASSIGNERS, ...HEAD]],
  ["return", ["assigned"], "returned", UNIT],
  ["uphold", ["returned"], "assigned", ASSIGNERS],
  ["reassign", ["returned", ...UNITS_TURN], "assigned", ASSIGNERS],
  ["request-extension", ["acknowledged", "rectifying"], "stays", UNIT],
  ["grant-extension", ["acknowledged", "rectifying"], "stays", ASSIGNERS],
  ["refuse-extension", ["acknowledged", "rectifying"], "stays", ASSIGNERS],
  ["suspend", UNITS_TURN, "suspended", ASSIGNERS],
  ["resume", ["suspended"], "back", [...ASSIGNERS, "clock"]],
  ["hasten", UNITS_TURN, "stays", ASSIGNERS],
  ["escalate", UNITS_TURN, "stays", ASSIGNERS],
  ["supervise", UNDER_WAY, "stays", HEAD],
  ["investigate", UNDER_WAY, "stays", ASSIGNERS],
  ["propose-transfer", UNDER_WAY, "transferring", ASSIGNERS],
  ["approve-transfer", ["transferring"], "transferred", HEAD],
  ["refuse-transfer", ["transferring"], "back", HEAD],
  ["merge", ["draft", "returned", ...UNITS_TURN], "merged", ASSIGNERS],
  ["reopen", ["closed"], "rectifying", ASSIGNERS],
  ["cancel", ["draft", "returned"], "cancelled", ASSIGNERS],
  // 签收前，谁交办谁更正、撤回，市办都可以（见 gaveItOut）；签收后作废须责任单位或市领导同意。
  ["amend", ["assigned"], "stays", ASSIGNERS],
  ["withdraw", ["assigned"], "withdrawn", ASSIGNERS],
  ["propose-cancel", TAKEN_ON, "stays", ASSIGNERS],
  ["approve-cancel", TAKEN_ON, "cancelled", CONSENTERS],
  ["refuse-cancel", TAKEN_ON, "stays", CONSENTERS],
];

/** 两人原则：办过前一步的人不能办这一步。 */
export const NOT_BY: Readonly<Record<Step, readonly Earlier[]>> = {
  confirm: ["submittedBy"],
  verify: ["submittedBy", "confirmedBy"],
  "close-stage": ["submittedBy", "confirmedBy"],
  display: ["submittedBy", "confirmedBy"],
  reject: ["submittedBy"],
  "grant-extension": ["extensionBy"],
  "refuse-extension": ["extensionBy"],
  "approve-transfer": ["proposedBy"],
  "refuse-transfer": ["proposedBy"],
  "approve-cancel": ["cancelBy"],
  "refuse-cancel": ["cancelBy"],
};

/** 必须写明理由（整改的，写明措施）。 */
export const NEEDS_TEXT: ReadonlySet<Step> = new Set<Step>([
  "submit",
  "supplement",
  "hand-in-part",
  "return-part",
  "close-stage",
  "object",
  "reject",
  "return",
  "uphold",
  "reassign",
  "request-extension",
  "refuse-extension",
  "suspend",
  "escalate",
  "supervise",
  "investigate",
  "propose-transfer",
  "refuse-transfer",
  "reopen",
  "cancel",
  "withdraw",
  "propose-cancel",
  "refuse-cancel",
]);

/** 必须写明期限。 */
export const NEEDS_DUE: ReadonlySet<Step> = new Set<Step>([
  "assign",
  "reassign",
  "request-extension",
  "suspend",
  "reopen",
  "close-stage",
  "display",
]);

export type Expected = { kind: "allowed"; to: State | "stays" | "back" } | { kind: "forbidden" | "not-now" };

/**
 * What the rules say of one press by somebody who took no earlier step: `forbidden` is an act for which they have no right,
 * `not-now` one that they have a right to at another time.
 */
export function expectedOf(
  step: Step,
  state: State,
  relation: Relation,
  { confirmsInTheLeadsPlace = false, nobodyElseDecides = false, gaveItOut = false } = {},
): Expected {
  const mine = LINES.filter(
    ([of, , , who]) =>
      of === step &&
      who.includes(relation) &&
      (step !== "confirm" || relation !== "office" || confirmsInTheLeadsPlace) &&
      (!DECISIONS.has(step) || relation !== "city-lead" || nobodyElseDecides) &&
      (!GIVERS.has(step) || relation === "office" || gaveItOut),
  );
  const line = mine.find(([, from]) => from.includes(state));
  if (line !== undefined) return { kind: "allowed", to: line[2] };
  // A right that ends where another's begins: once it is the city's turn, the county no longer judges.
  const others = LINES.some(([of, from]) => of === step && from.includes(state));
  return { kind: mine.length === 0 || others ? "forbidden" : "not-now" };
}
