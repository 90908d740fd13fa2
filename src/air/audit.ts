import type { Imported } from "../chat/command.ts";
import { takeBackDays } from "./take-back-days.ts";

/** 审定: a batch without a file, that is taken back like one. */
export const AUDIT: Imported = { id: "air-audit", title: "数据审定", takeBack: takeBackDays };
