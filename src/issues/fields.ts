import { z } from "zod";
import { arg } from "../chat/args.ts";

// Fields that several forms of issues ask for.

export const none = z.object({});
export const reason = (label: string, hint?: string) =>
  arg.longtext(label, { maxLength: 1000, ...(hint ? { hint } : {}) });
export const opinion = arg.maybe.longtext("意见", { hint: "可不填", maxLength: 500 });
export const newDue = arg.deadline("新的整改期限", { hint: "日期或天数，如 2020-06-30、5个工作日" });
export const dueIfPast = arg.maybe.deadline("新的整改期限", { hint: "原期限已过时必填，如 5个工作日" });

/** Of several units that have handed in their parts. */
export const whichParts = arg.maybe.text("哪些单位", { hint: "不填为所有已反馈的单位", maxLength: 200 });

export const levels = { 一般: "一般", 较大: "较大", 重大: "重大" } as const;
