import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { memberCalled } from "../src/members/find.ts";
import { leaveOffice } from "../src/members/leave.ts";

/** 离任：from this second on somebody is no member any more; what waited for them passes on and is listed. */
export default change({
  name: "leave",
  words: ["离任"],
  hints: ["离职", "退休", "调走", "调走了", "换人", "不在这了"],
  help: { does: "成员离任，待办交接给接任人或列出", example: "离任 {county}联络员 接任{county}领导" },
  who: only("办理离任", "office", "county-lead"),
  audience: "person",
  form: "办理离任",
  args: z.object({
    said: arg.text("谁离任", {
      rest: true,
      maxLength: 60,
      hint: "姓名；有接任人的加“接任×××”，例如“王联络 接任李联络”",
    }),
  }),

  async answer({ args: { said }, person: by }, context) {
    const { who, heir } = readLeaving(said);
    if (who === "") return refuse("usage", "请写明谁离任，例如“离任 王联络 接任李联络”。");
    const leaver = await memberCalled(who, (name) => `离任 ${name}${heir ? ` 接任${heir}` : ""}`, context);
    if (isRefusal(leaver)) return leaver;
    const named =
      heir === null ? null : await memberCalled(heir, (name) => `离任 ${leaver.name} 接任${name}`, context);
    return isRefusal(named) ? named : leaveOffice({ person: leaver, heir: named, by }, context);
  },
});

/** 张三 接任李四, 张三，由李四接任 */
function readLeaving(said: string): { who: string; heir: string | null } {
  const found = /^(.*?)[\s，,、]*(?:接任(?:人)?[\s:：是为]*|由\s*)(\S+?)(?:接任|接手|接替)?$/.exec(
    said.trim(),
  );
  const who = (found?.[1] ?? said).replace(/[\s，,。]+$/g, "").trim();
  return { who, heir: found?.[2] ?? null };
}

/** The same from a person's card. */
export const leave = action({
  name: "person.leave",
  label: "离任",
  params: z.object({ person: z.int() }),
  fields: z.object({ heir: arg.maybe.text("接任人", { maxLength: 30, hint: "姓名；没有可不填" }) }),
  async press({ params, fields, person: by }, context) {
    const leaver = await context.store.people.byId(params.person);
    if (!leaver?.active) return refuse("already-done", "该成员已经离任，不用重复办理。", ["人员"]);
    const heir =
      fields.heir === undefined
        ? null
        : await memberCalled(fields.heir, (name) => `离任 ${leaver.name} 接任${name}`, context);
    return isRefusal(heir) ? heir : leaveOffice({ person: leaver, heir, by }, context);
  },
});
