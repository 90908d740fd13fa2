import { interviewButtons } from "../interview/forms.ts";
import {
  type InterviewAbout,
  type InterviewNotice,
  interviewFigures,
  interviewModel,
  interviewNotice,
  interviewNoticeCard,
} from "../interview/notice.ts";
import { countyPeople } from "../interview/people.ts";
import { officialPaper } from "../official-paper.ts";

/** 约谈通知：calls a county in that was among the province's last for so many months; drafted when the office confirms it. */
export default officialPaper<InterviewAbout, InterviewNotice>({
  id: "interview",
  title: "约谈通知",
  words: ["约谈通知"],
  begunBy: "约谈",
  mechanism: "interview",
  usually: { signing: "sign", by: "city-lead", number: "约谈〔{year}〕{n}号" },
  facts: interviewNotice,
  printed: interviewFigures,
  restsOn: () => [],
  alsoRestsOn: ["provincial-rank"],
  card: (notice, { about, stamp, reader }) =>
    interviewNoticeCard(
      notice,
      stamp,
      reader.isOffice || reader.regionId === null
        ? []
        : [interviewButtons.attend("回复参会", { candidate: about.candidate }, { style: "primary" })],
    ),
  document: (notice, { stamp }) => interviewModel(notice, stamp),
  async to(about, _notice, context) {
    return (await countyPeople(about, context)).map((person) => ({
      to: { person },
      class: "must-arrive" as const,
    }));
  },
});
