import { z } from "zod";
import { arg } from "../chat/args.ts";
import { none, reason } from "./fields.ts";

/** What a look on the spot has found. */
export const CHECK_FORMS = {
  pass: z.object({ text: arg.maybe.longtext("核查情况", { hint: "可不填", maxLength: 500 }) }),
  fail: z.object({ text: reason("发现的问题") }),
};

/** What is asked about a file that somebody has sent. */
export const EVIDENCE_FORMS = {
  place: none,
  draft: z.object({
    title: arg.text("问题描述", {
      hint: "一句话写清地区、地点和问题",
      maxLength: 200,
    }),
    county: arg.maybe.county({ hint: "不填按描述里的地名" }),
  }),
};
