import { officialPaper } from "../official-paper.ts";
import { unitPeople } from "../units.ts";
import {
  type WarningAbout,
  type WarningLetter,
  warningCard,
  warningFigures,
  warningLetter,
  warningModel,
} from "../warning/letter.ts";

/** 预警提醒函：to a county behind pace or a unit whose tasks are slow; drafted when the office has decided on it. */
export default officialPaper<WarningAbout, WarningLetter>({
  id: "warning-letter",
  title: "预警提醒函",
  words: ["提醒函", "预警提醒函"],
  begunBy: "提醒函",
  mechanism: "warning-letter",
  usually: { signing: "sign", by: "city-lead", number: "提醒〔{year}〕{n}号" },
  facts: warningLetter,
  printed: warningFigures,
  restsOn: ({ from, to }) => [[from, to], yearBefore(from)],
  alsoRestsOn: ["progress", "provincial-rank", "county-targets"],
  card: (letter, { stamp }) => warningCard(letter, stamp),
  document: (letter, { stamp }) => warningModel(letter, stamp),
  async to({ regionId = null, departmentId = null }, _letter, context) {
    const people = await unitPeople({ regionId, departmentId }, context);
    return people.map((person) => ({ to: { person }, class: "must-arrive" as const }));
  },
  answer: ({ regionId, departmentId }, { answerWorkingDays }) => ({
    units: regionId ? [{ regionId }] : departmentId ? [{ departmentId }] : [],
    within: answerWorkingDays,
    asks: ["cause", "measures", "date"],
  }),
});

/** The whole year before: what a target asks for is measured against it. */
const yearBefore = (from: string): [string, string] => {
  const year = Number(from.slice(0, 4)) - 1;
  return [`${year}-01-01`, `${year}-12-31`];
};
