import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { boardCard } from "../src/responses/board.ts";
import { SHAVING_FORM, startShavingButton } from "../src/responses/change-forms.ts";
import { spanSaid } from "../src/responses/said-time.ts";
import { startResponse } from "../src/responses/start.ts";
import { momentWords } from "../src/responses/words.ts";

const who = only("启动削峰", "office");
const toResponse = says("应急");

/** 削峰：the city's own short action before the statutory threshold; it is no alert. */
export default command({
  name: "peakshaving",
  words: ["削峰", "启动削峰", "削峰行动"],
  help: { does: "启动大气污染过程削峰行动，看进行中的", example: "削峰 今天20时到明天8时" },
  mechanism: "peak-shaving",
  who,
  audience: "person",
  args: z.object({
    said: arg.maybe.text("起止时间", { rest: true, maxLength: 100, hint: "例如“今天20时到明天8时”" }),
  }),

  async answer({ args: { said = "" }, person }, context) {
    const [running] = await context.store.responses.running();
    if (running !== undefined) return boardCard(running, person, context);
    const drill: Record<string, string> = /演练/.test(said) ? { drill: "演练" } : {};
    const [start = "", end = ""] = said
      .replace(/演练/, "")
      .split(/[到至]|[—–~～]+/, 2)
      .map((part) => part.trim());
    const span = spanSaid(end === "" ? { end: start } : { start, end }, context);
    if (isRefusal(span)) return span;
    const times: Record<string, string> = start === "" ? {} : end === "" ? { end: start } : { start, end };
    return {
      title: "启动削峰行动",
      tone: "notice",
      blocks: [
        ...(span.to === null
          ? []
          : [
              {
                kind: "facts" as const,
                items: [
                  { label: "起", value: momentWords(span.from, context.office) },
                  { label: "止", value: momentWords(span.to, context.office) },
                ],
              },
            ]),
        {
          kind: "text",
          text: "短时管控，不是预警。填写开始、结束时间和范围，县（市、区）、部门和参与企业会收到各自的措施，到结束时间提醒您结束。",
        },
      ],
      buttons: [
        startShavingButton({ ...times, ...drill }),
        ...(drill.drill ? [] : [startShavingButton({ ...times, drill: "演练" })]),
        toResponse("记录", "历史"),
      ],
      facts: { running: false, from: span.to === null ? null : span.from, to: span.to },
    };
  },
});

/** 启动削峰, by the same transaction as a response. */
export const responseShave = action({
  name: "response.shave",
  label: "启动削峰",
  params: z.object({ evidence: z.int() }),
  fields: SHAVING_FORM,
  async press({ fields: { documentNo, area, drill, start, end }, person }, context) {
    const { office, today, now } = context;
    const forbidden = who.check({ person, args: {}, office, today });
    if (forbidden !== null) return forbidden;
    const span = spanSaid({ start, end }, context);
    if (isRefusal(span)) return span;
    if (span.to === null) return refuse("usage", "请填削峰结束时间，例如“12月11日20时”。");
    const response = await startResponse(
      {
        ...{ kind: "peak-shaving", drill: drill === "drill", level: null },
        documentNo: documentNo?.trim() || `${momentWords(now.epochMilliseconds, office)}削峰`,
        ...{ effectiveFrom: span.from, expectedEnd: span.to, evidenceId: null },
        area: area === undefined ? null : area.map((place) => office.heirOf(place, today).id),
      },
      person,
      context,
    );
    if (isRefusal(response)) return response;
    const card = await boardCard(response, person, context, "削峰行动已启动");
    return {
      ...card,
      audit: { response: response.id, drill: response.drill, documentNo: response.documentNo },
    };
  },
});
