import { z } from "zod";
import { buttonsOf } from "../../chat/action.ts";
import { arg } from "../../chat/args.ts";

// What the buttons of 提醒函 ask for. The actions stand in commands/warning-letter.ts.

export const WARNING_FORMS = {
  confirm: z.object({
    cause: arg.maybe.longtext("主要原因", { hint: "可不填", maxLength: 500 }),
    requests: arg.longtext("要求", { maxLength: 500 }),
  }),
  strike: z.object({ reason: arg.longtext("不发的理由", { maxLength: 300 }) }),
  add: z.object({
    unit: arg.text("单位", { hint: "写县（市、区）或部门的简称", maxLength: 30 }),
    reason: arg.longtext("增加的理由", { maxLength: 300 }),
  }),
};

export const warningButtons = {
  confirm: buttonsOf("warning.confirm", WARNING_FORMS.confirm),
  strike: buttonsOf("warning.strike", WARNING_FORMS.strike),
  add: buttonsOf("warning.add", WARNING_FORMS.add),
  draftAll: buttonsOf("warning.draft-all", z.object({})),
};
