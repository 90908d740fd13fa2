import type { AnomalyStory } from "./anomaly-story.ts";
import type { DemoIssue } from "./demo-issue.ts";
import type { DutyStory } from "./duty-story.ts";
import { type Habit, never, red, silentFrom, yellow } from "./habits.ts";
import { responseActs } from "./response-acts.ts";
import type { RegionAir, TownNetwork } from "./stations.ts";

// The stories of the shipped demonstration, with a fixed place each, so that one can point at them. Listed in README.md.

/** Inland north-west is dirtier, the coast is cleaner in particles and a little higher in ozone. */
const airs: readonly RegionAir[] = [
  {
    region: "haian",
    label: "海安",
    longitude: 120.46,
    latitude: 32.54,
    stations: 4,
    national: 0,
    particles: 112,
    gases: 98,
    ozone: 101,
    inland: 1,
  },
  {
    region: "rugao",
    label: "如皋",
    longitude: 120.57,
    latitude: 32.38,
    stations: 4,
    national: 0,
    particles: 109,
    gases: 97,
    ozone: 102,
    inland: 0.9,
  },
  {
    region: "rudong",
    label: "如东",
    longitude: 121.18,
    latitude: 32.33,
    stations: 4,
    national: 0,
    particles: 90,
    gases: 78,
    ozone: 102,
    inland: -0.6,
  },
  {
    region: "qidong",
    label: "启东",
    longitude: 121.65,
    latitude: 31.81,
    stations: 3,
    national: 0,
    particles: 87,
    gases: 74,
    ozone: 101,
    inland: -1,
  },
  {
    region: "chongchuan-old",
    label: "崇川",
    longitude: 120.86,
    latitude: 31.99,
    stations: 4,
    national: 3,
    particles: 100,
    gases: 102,
    ozone: 99,
    inland: 0,
  },
  {
    region: "gangzha",
    label: "港闸",
    longitude: 120.82,
    latitude: 32.05,
    stations: 3,
    national: 1,
    particles: 104,
    gases: 106,
    ozone: 98,
    inland: 0.2,
  },
  {
    region: "tongzhou",
    label: "通州",
    longitude: 121.07,
    latitude: 32.07,
    stations: 4,
    national: 0,
    particles: 105,
    gases: 96,
    ozone: 100,
    inland: 0.3,
  },
  {
    region: "haimen-city",
    label: "海门",
    longitude: 121.17,
    latitude: 31.89,
    stations: 4,
    national: 0,
    particles: 98,
    gases: 91,
    ozone: 101,
    inland: -0.3,
  },
  {
    region: "kaifaqu",
    label: "市开发区",
    longitude: 120.93,
    latitude: 31.92,
    stations: 2,
    national: 1,
    particles: 97,
    gases: 104,
    ozone: 99,
    inland: 0,
  },
  {
    region: "suxitong",
    label: "苏锡通园区",
    longitude: 120.98,
    latitude: 31.83,
    stations: 2,
    national: 0,
    particles: 95,
    gases: 90,
    ozone: 100,
    inland: -0.2,
    from: "2020-01-01",
  },
  {
    region: "tongzhouwan",
    label: "通州湾",
    longitude: 121.42,
    latitude: 32.18,
    stations: 2,
    national: 0,
    particles: 92,
    gases: 76,
    ozone: 102,
    inland: -0.7,
  },
];

/** The heavy-pollution episode: build-up, four bad days, and the cold front that clears it. City PM2.5, µg/m³. */
const episode = {
  "2020-01-11": 88,
  "2020-01-12": 138,
  "2020-01-13": 171,
  "2020-01-14": 184,
  "2020-01-15": 149,
  "2020-01-16": 46,
};

const outages = [
  // Rudong's stations are moved: six days without data leave April 2020 with 24 valid days of the 27 needed.
  { who: "rudong", from: "2020-04-11", to: "2020-04-16" },
  // One station of four is struck by lightning for three days: its county still has three quarters of its stations.
  { who: "demo-rugao-2", from: "2020-07-18", to: "2020-07-20" },
];

const untouched = { rudong: ["2020-04", "2020-05"], qidong: ["2020-05"] };

const ties = [{ month: "2020-05", names: "如东、启东", regions: ["rudong", "qidong"] as const }];

// Qidong looks at too few machines in November, and nobody hears from Rugao about October.
const duties: readonly DutyStory[] = [
  { indicator: "m21-winter-inspection", region: "qidong", month: "2020-11", value: "41.5" },
  { indicator: "m21-winter-inspection", region: "rugao", month: "2020-10", value: null },
];

const habits: Readonly<Record<string, Habit>> = {
  "m14-abatement-upgrades": yellow,
  "m9-old-diesel-trucks": yellow,
  "m18-boiler-projects": red,
  "m16-oil-gas-recovery": red,
  "m13-fume-projects": silentFrom(2020),
  // Everything is checked by the end of July.
  "m23-fuel-batches": {
    ...never,
    pacePct: () => 175,
    note: (date) => (date < "2020-08" ? null : "演示：提前完成。"),
  },
  // Due on 30 June, mended five weeks later: a missed milestone.
  "m16-fugitive-fixed": { ...never, behind: true, doneOn: "2020-08-04" },
  "m25-piles-covered": {
    ...never,
    brokenIn: "2020-04",
    note: (date) => (date.startsWith("2020-04") ? "演示：抽查发现两处堆场未覆盖，已督促整改。" : null),
  },
  // The last of the events falls on 13 December.
  "m28-major-events": { ...never, doneOn: "2020-12-14" },
  // Never reported done: nothing to show until a new legal basis is found.
  "s3-vehicle-agency": { ...never, behind: true },
};

const issues: readonly DemoIssue[] = [
  // To be mended at once, acknowledged, then nothing: overdue from 5 June.
  {
    title: "渣土车未密闭，沿路抛洒积尘",
    source: "部门督查",
    region: "rugao",
    department: "city-management",
    place: "演示路与示范路路口",
    level: "一般",
    assignedAt: "2020-06-01T14:30",
    due: "2020-06-04",
    steps: [{ kind: "acknowledge", at: "2020-06-01T16:05", by: "如皋联络员" }],
  },
  // Mended and handed in: waits for review.
  {
    title: "餐饮集中街区油烟净化设施未正常运行",
    source: "第三方协查",
    region: "tongzhou",
    department: null,
    place: "演示美食街",
    level: "一般",
    assignedAt: "2020-06-02T09:10",
    due: "2020-06-17",
    steps: [
      { kind: "acknowledge", at: "2020-06-02T10:40", by: "通州联络员" },
      {
        kind: "submit",
        at: "2020-06-10T15:20",
        by: "通州联络员",
        text: "街区12家餐饮单位净化设施已清洗维修并恢复运行，建立每月清洗台账；同步排查其他街区，未发现同类问题。",
      },
    ],
  },
  {
    title: "干散货码头堆场苫盖不全，装卸未喷淋",
    source: "上级交办",
    region: "qidong",
    department: "transport",
    place: "演示码头三号堆场",
    level: "较大",
    assignedAt: "2020-06-05T10:20",
    due: "2020-07-06",
    steps: [{ kind: "acknowledge", at: "2020-06-05T11:35", by: "启东联络员" }],
    intake: {
      sender: "superior",
      reference: "演示转〔2020〕5号",
      cells: [
        ["转办单号", "演示转〔2020〕5号"],
        ["转办时间", "2020-06-05"],
        ["属地", "启东"],
        ["反映内容", "干散货码头堆场苫盖不全，装卸未喷淋"],
        ["办理结果", ""],
      ],
    },
  },
  // Still open when the district is merged on 28 July unless someone closes it first.
  {
    title: "涂装车间废气收集不完全，车间门窗敞开作业",
    source: "部门督查",
    region: "gangzha",
    department: "environment",
    place: "演示工业园二号厂区",
    level: "较大",
    assignedAt: "2020-06-08T09:00",
    due: "2020-07-08",
    steps: [{ kind: "acknowledge", at: "2020-06-08T10:15", by: "港闸联络员" }],
  },
  {
    title: "走航监测发现挥发性有机物高值，疑似异常排放",
    source: "第三方协查",
    region: "kaifaqu",
    department: null,
    place: "演示化工片区东侧",
    level: "重大",
    assignedAt: "2020-06-11T08:40",
    due: "2020-07-13",
    steps: [{ kind: "acknowledge", at: "2020-06-11T09:15", by: "市开发区联络员" }],
  },
  // Nobody has acknowledged it: the time to do so runs out on 13 June at 9:30.
  {
    title: "工地裸土未覆盖，出入口未冲洗",
    source: "部门督查",
    region: "haian",
    department: "housing",
    place: "演示大道地块",
    level: "一般",
    assignedAt: "2020-06-12T09:30",
    due: "2020-06-28",
    steps: [],
  },
];

/** Some towns of the counties that are ranked first; one station comes in the middle of July, the other towns have none yet. */
const towns: readonly TownNetwork[] = [
  {
    county: "haian",
    towns: {
      "haian-chengdong": "2020-06-01",
      "haian-qutang": "2020-06-01",
      "haian-libao": "2020-06-01",
      "haian-dagong": "2020-07-15",
    },
    longitude: 120.46,
    latitude: 32.55,
  },
  {
    county: "haimen-city",
    towns: { "haimen-haimen": "2020-06-01", "haimen-sanxing": "2020-06-01", "haimen-changle": "2020-06-01" },
    longitude: 121.17,
    latitude: 31.9,
  },
  {
    county: "tongzhou",
    towns: {
      "tongzhou-jinsha": "2020-06-01",
      "tongzhou-xiting": "2020-06-01",
      "tongzhou-erjia": "2020-06-01",
    },
    longitude: 121.07,
    latitude: 32.06,
  },
];

/** Counties that start town rankings first, and so have a chief of a town's station (support system 4). */
const chiefs = ["海安", "海门", "通州"];

/** Dust from a site beside one station: on a Wednesday morning in July, on the rehearsal's afternoon, and before the alert. */
const anomalies: readonly AnomalyStory[] = [
  {
    ...{ region: "haian", station: 2, date: "2020-07-22", from: 9 },
    pm10: [165, 236, 288, 214, 172],
    finePct: 30,
  },
  { ...{ region: "haimen-city", station: 1, date: "2020-11-05", from: 13 }, pm10: [170, 175], finePct: 20 },
  { ...{ region: "qidong", station: 1, date: "2020-12-17", from: 8 }, pm10: [290, 370], finePct: 16 },
];

export const nantong2020 = {
  ...{
    airs,
    episode,
    outages,
    untouched,
    ties,
    habits,
    duties,
    issues,
    towns,
    chiefs,
    anomalies,
    acts: responseActs,
  },
};
