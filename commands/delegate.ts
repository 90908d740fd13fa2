import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { readDeadline } from "../src/domain/deadline-words.ts";
import { stepOf } from "../src/issues/loop.ts";
import { numberIn } from "../src/issues/number-in.ts";
import { pressStep } from "../src/issues/press-step.ts";
import { issueSeen } from "../src/issues/sees.ts";
import { stepAsked, whichIssue } from "../src/issues/steps-by-word.ts";
import type { Office } from "../src/office/office.ts";

const handDown = stepOf("hand-down");

/** 转办：a county hands a matter down to its towns and bureaus by word: 转办 6 城东镇、住建局 6月20日前. */
export default change({
  name: "delegate",
  words: ["转办", "转办给"],
  help: {
    does: "把交办的问题转给本县（市、区）的镇街、部门办理",
    example: "转办 {issue} {department}",
  },
  who: only("转办", "county-lead", "county-liaison"),
  audience: "person",
  args: z.object({ said: arg.maybe.text("编号、单位和期限", { maxLength: 300, rest: true }) }),

  async instead({ args: { said = "" }, person }, context) {
    const { no, due, units } = read(said, context);
    if (no === null) return whichIssue(handDown.id, handDown.words.name, person, context);
    const issue = await issueSeen(no, person, context);
    if (isRefusal(issue)) return issue;
    return units === "" ? stepAsked(handDown, issue, { due }, ["转办单位"]) : null;
  },

  async answer({ args: { said = "" }, person }, context) {
    const { no, due, units } = read(said, context);
    if (no === null) return refuse("usage", "请写明转办哪一件，例如“转办 6 住建局”。", ["今日"]);
    const issue = await issueSeen(no, person, context);
    if (isRefusal(issue)) return issue;
    return pressStep(handDown, issue, { units, due }, person, context);
  },
});

/** The number of an issue, a deadline, and what is left: the units. 把7号转办给城东镇 has the number first, 转办城东镇 7 last. */
function read(said: string, { office, today }: { office: Office; today: Temporal.PlainDate }) {
  const words = said.trim().split(/\s+/).filter(Boolean);
  const numbers = words.map((word) => numberIn(word, office, today));
  const at = numbers[0] != null ? 0 : numbers.findLastIndex((one) => one !== null);
  const no = numbers[at] ?? null;
  const rest = words.filter((word, i) => i !== at && word !== "给");
  const atOnce = office.pack.settings.rectifyDays.立行立改 ?? 3;
  const deadlines = rest.map((word) => readDeadline(word, { today, calendar: office.calendar, atOnce }));
  const due = deadlines.find((one) => one !== null && "date" in one);
  return {
    no,
    due: due && "date" in due ? due.date : undefined,
    units: rest.filter((_, i) => deadlines[i] !== due || due === undefined).join("、"),
  };
}
