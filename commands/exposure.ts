import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { withReason } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { withoutPersonalData } from "../src/domain/personal-data.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { countyOf } from "../src/issues/facts.ts";
import { issueSeen } from "../src/issues/sees.ts";
import { chooseExposure, notExposable } from "../src/papers/exposure/actions.ts";
import { itemCard } from "../src/papers/exposure/item-card.ts";
import { exposureOfIssue, isExposable } from "../src/papers/exposure/items.ts";
import { exposureList, ownExposureList } from "../src/papers/exposure/list-card.ts";

export {
  agreeToExposure,
  amendExposure,
  chooseExposure,
  informCounty,
  leavePicture,
  objectToExposure,
  strikeExposure,
  takePicture,
  upholdExposure,
} from "../src/papers/exposure/actions.ts";
export { maskedPhoto } from "../src/papers/exposure/pictures.ts";

/** 曝光：problems that are to be made public: chosen, without personal data, their counties told, signed, followed until closed. */
export default command({
  name: "exposure",
  words: ["曝光", "曝光台", "撤下曝光", "撤销曝光", "曝光异议"],
  hints: ["典型问题", "典型问题曝光", "公开曝光", "问题"],
  help: { does: "整理要公开曝光的典型问题：选问题、遮照片、告知属地", example: "曝光 {issue}" },
  mechanism: "exposure",
  who: only("曝光", "office", "supervision", "city-lead", "county-lead", "county-liaison"),
  audience: "person",
  args: z.object({
    no: arg.maybe.issue(),
    reason: arg.maybe.text("原因", { behind: "no", maxLength: 300 }),
  }),

  async answer({ args: { no, reason }, person }, context) {
    const isOffice = holdsRole(person, "office");
    const isForCity = holdsRole(person, "office", "supervision", "city-lead");
    if (no === undefined) return isForCity ? exposureList(context) : ownExposureList(person, context);
    const issue = await issueSeen(no, person, context);
    if (isRefusal(issue)) return issue;
    const item = await exposureOfIssue(issue.id, context);
    // A county hears of it when it is told; whoever is of the office as well prepares it.
    if (item !== null && (item.exposure.state === "informed" || isForCity))
      return withReason(await itemCard(item, person, context), reason);
    if (!isOffice) return refuse("no-data", `${no}没有选作曝光。`, [`问题 ${no}`]);
    if (!isExposable(issue)) return notExposable(issue);
    const names = (await context.store.people.ever()).map(({ name }) => name);
    const proposed = withoutPersonalData(issue.title, names);
    return {
      title: `选作曝光？ ${no}`,
      blocks: [
        {
          kind: "text",
          text: `${countyOf(issue, context.office, context.today)}：${issue.title}。公开内容不写姓名、电话和车牌；选定后再选照片并遮挡，告知属地。`,
        },
      ],
      buttons: [chooseExposure.button({ issue: issue.id }, { style: "primary", values: { text: proposed } })],
      facts: { no, proposed },
    };
  },
});
