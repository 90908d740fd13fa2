import { arg } from "../chat/args.ts";
import { longDate } from "../chat/wording.ts";
import type { RuleSetId } from "../domain/air/rules.ts";
import type { Period } from "../domain/period.ts";
import type { Ruled } from "./period-air.ts";

/** The rules that somebody names, to have a period judged by them whatever its dates. */
export const rulesArg = () =>
  arg.maybe.choice<RuleSetId>("标准", {
    按2012标准: "cn-2012",
    "2012标准": "cn-2012",
    按旧标准: "cn-2012",
    旧标准: "cn-2012",
    按2026标准: "cn-2026-transition",
    "2026标准": "cn-2026-transition",
    按新标准: "cn-2026-transition",
    新标准: "cn-2026-transition",
    按2031标准: "cn-2031",
    "2031标准": "cn-2031",
  });

/** Where a period has two rule sets: that its present part alone is what is done, ended for more to follow. */
export const presentPartWords = (asked: Period, { period }: Ruled, does: "排" | "比"): string =>
  `${asked.label}跨新旧标准，只${does}${longDate(period.from)}起的部分；`;

/** How rules are named in a phrase. */
export const saidRules: Readonly<Record<RuleSetId, string>> = {
  "cn-2012": "按2012标准",
  "cn-2026-transition": "按2026标准",
  "cn-2031": "按2031标准",
};
