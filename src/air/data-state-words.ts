import { shortDate } from "../chat/wording.ts";
import type { PeriodDataState } from "../domain/air/data-state.ts";

/** How small print says it: 审核后数据, 未经审核，仅供参考, 部分未经审核（6月9日起），仅供参考. */
export function dataStateWords({ state, since }: PeriodDataState): string {
  if (state === "audited") return "审核后数据";
  const part = state === "mixed" ? "部分" : "";
  return `${part}未经审核${since === null ? "" : `（${shortDate(since)}起）`}，仅供参考`;
}

/** The same for scripts. */
export const dataStateFacts = ({ state, since }: PeriodDataState) => ({
  dataState: state,
  ...(since === null ? {} : { unauditedSince: since }),
});
