import fc from "fast-check";
import { expect, test } from "vitest";
import { officeCalendar } from "../../../src/domain/calendar.ts";
import { decisionLine, readDecision, type UnitNamed } from "../../../src/domain/meetings/decision-words.ts";
import { itemsOf, readMinutes } from "../../../src/domain/meetings/minutes-words.ts";

const today = Temporal.PlainDate.from("2020-06-09");
const UNITS: readonly UnitNamed[] = [
  { word: "甲县", regionId: "a", departmentId: null },
  { word: "乙县", regionId: "b", departmentId: null },
  { word: "住建局", regionId: null, departmentId: "housing" },
  { word: "城管局", regionId: null, departmentId: "urban" },
];
const unitsIn = (text: string) => UNITS.filter(({ word }) => text.includes(word));
const decided = (line: string) => readDecision(line, { today, calendar: officeCalendar([]), unitsIn });

test("pasted minutes are read by their heads, numbered or not", () => {
  const pasted = `5月会商会纪要
时间：6月8日上午9时30分
参会：各县（市、区）分管领导
一、5月形势：PM2.5 30微克/立方米，要求很高。
二、后期研判：6月臭氧上升。
（三）重点问题清单：
1. 城南路裸土，由甲县负责，6月20日前
2、渣土车，住建局牵头，月底前
四、会议要求：压实责任。`;
  const { decisions, ...rest } = readMinutes(pasted);
  expect(rest).toEqual({
    time: "6月8日上午9时30分",
    participants: "各县（市、区）分管领导",
    situation: "PM2.5 30微克/立方米，要求很高。",
    outlook: "6月臭氧上升。",
    requirements: "压实责任。",
    unread: [],
  });
  expect(decisions).toEqual(["城南路裸土，由甲县负责，6月20日前", "渣土车，住建局牵头，月底前"]);
  // A chat sends the same as one line.
  expect(readMinutes(pasted.replaceAll("\n", " ").replace("5月会商会纪要 ", ""))).toEqual(
    readMinutes(pasted),
  );
});

test("dictated minutes are read by what was said, and what stands before is kept", () => {
  const said = readMinutes(
    "大家好。会议指出，5月形势严峻。会议认为，臭氧将上升。会议议定：一是甲县6月20日前整改；二是住建局月底前检查。会议要求，压实责任，情况及时上报",
  );
  expect(said).toEqual({
    time: null,
    participants: null,
    situation: "5月形势严峻。",
    outlook: "臭氧将上升。",
    requirements: "压实责任，情况及时上报",
    decisions: ["甲县6月20日前整改", "住建局月底前检查"],
    unread: ["大家好。"],
  });
});

test("nothing of minutes is left out but heads, numbers and signs", () => {
  const head = fc.constantFrom(
    "时间：",
    "参会：",
    "形势：",
    "后期研判：",
    "重点问题清单：",
    "会议要求：",
    "",
  );
  const word = fc.stringMatching(/^[甲乙丙丁戊己庚辛]{2,12}$/);
  const part = fc.tuple(head, fc.array(word, { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const text = parts.map(([name, words]) => `${name}${words.join("；")}。`).join("\n");
      const { decisions, unread, ...sections } = readMinutes(text);
      const kept = [...Object.values(sections), ...decisions, ...unread].join("；");
      for (const one of parts.flatMap(([, words]) => words)) expect(kept).toContain(one);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ["1. 甲；乙\n2. 丙", ["甲；乙", "丙"]],
  ["甲\n乙", ["甲", "乙"]],
  ["甲；乙。", ["甲", "乙"]],
  ["一是甲二楼；二是乙", ["甲二楼", "乙"]],
  ["（一）甲 （二）乙", ["甲", "乙"]],
  ["PM2.5超标30.5", ["PM2.5超标30.5"]],
  ["", []],
])("the items of %s", (list, items) => {
  expect(itemsOf(list)).toEqual(items);
});

test.each([
  ["城南路裸土，由甲县负责，6月20日前完成", "a", null, "2020-06-20", []],
  ["住建局牵头、城管局配合，月底前完成检查", null, "housing", "2020-06-30", []],
  ["甲县、住建局6月底前检查工地", "a", "housing", "2020-06-30", []],
  ["甲县三日内完成", "a", null, "2020-06-12", []],
  ["甲县5个工作日内完成", "a", null, "2020-06-16", []],
  ["港口码头", null, null, null, ["没有写明责任单位", "没有写明完成期限"]],
  ["甲县、乙县6月底前检查", null, null, "2020-06-30", ["写了几家单位（甲县、乙县），没有写明由哪家负责"]],
  ["甲县6月20日前或者6月25日前", "a", null, null, ["写了几个日期，没有写明完成期限"]],
  ["甲县5月1日前完成", "a", null, null, ["完成期限5月1日已过"]],
])("a decision: %s", (line, regionId, departmentId, due, lacks) => {
  const read = decided(line);
  expect({ ...read, due: read.due?.toString() ?? null }).toEqual({
    text: line,
    regionId,
    departmentId,
    due,
    lacks,
  });
});

test("a decision that is written back into a form is read as the same one", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[路段裸土覆盖工地检查]{2,20}$/),
      fc.constantFrom("甲县", "住建局", "甲县、住建局", null),
      fc.integer({ min: 0, max: 300 }),
      (text, owner, days) => {
        const due = today.add({ days });
        const read = decided(decisionLine(text, owner, due));
        expect(read.text).toBe(text);
        expect(read.due?.toString()).toBe(due.toString());
        expect(read.regionId).toBe(owner?.includes("甲县") ? "a" : null);
        expect(read.departmentId).toBe(owner?.includes("住建局") ? "housing" : null);
      },
    ),
    { numRuns: 100 },
  );
  expect(decided("城南路（甲县段，6月20日前）")).toMatchObject({
    text: "城南路（甲县段，6月20日前）",
    regionId: "a",
  });
});
