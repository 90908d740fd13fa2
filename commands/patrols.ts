import { z } from "zod";
import { anyone, only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { command } from "../src/chat/command.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { patrolWords } from "../src/domain/patrols/words.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { isUnused } from "../src/issues/attach.ts";
import { FOUND_FORM } from "../src/patrols/card.ts";
import { HOW } from "../src/patrols/own.ts";
import { patrolPhotos } from "../src/patrols/photo-paper.ts";
import { begin, found, nothingFound } from "../src/patrols/record.ts";
import { patrolsOver } from "../src/patrols/sheet.ts";
import {
  patrolSheet,
  SHEET_NOTE,
  SUM_HEADS,
  sheetTitle,
  stationsOf,
  sumRow,
} from "../src/patrols/sheet-paper.ts";
import { ownOf, stationsSeen } from "../src/patrols/stations.ts";
import { patrolTyped } from "../src/patrols/typed.ts";

const toMine = says("我的点位");
const chief = only("巡查点位", "station-chief");

export { patrolPhotoPaper } from "../src/patrols/photo-paper.ts";
export { patrolSheet } from "../src/patrols/sheet-paper.ts";

/** 巡查：how the stations that somebody sees were patrolled over a month, and what was found; with the sheet as Excel. */
export default command({
  name: "patrols",
  words: ["巡查", "点位巡查", "巡查月表"],
  hints: ["点位长巡查", "巡查记录", "巡查情况", "漏巡", "谁没巡查", "谁没有巡查", "没巡查", "点位长"],
  help: { does: "看点位长巡查情况和月表；到点位拍照发给我即为一次巡查", example: "巡查 {county} 本月" },
  mechanism: "point-chiefs",
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    county: arg.maybe.county(),
    period: arg.period("本月"),
    said: arg.maybe.text("发现的情况", { maxLength: 500 }),
  }),

  async answer({ args: { county, period, said = "" }, person }, context): Promise<Card | Refusal> {
    const { office, today } = context;
    if (said.trim() !== "") return patrolTyped(said.trim(), county, person, context);
    if (Temporal.PlainDate.compare(period.from, today) > 0)
      return refuse("bad-period", `${period.label}还没有到，请改用较早的时段，例如“巡查 上月”。`);
    const short = county === undefined ? "" : office.heirOf(county, today).short;
    const stations = stationsOf(await stationsSeen(person, context), short);
    if (stations.length === 0)
      return refuse(
        "no-data",
        holdsRole(person, "station-chief")
          ? "您还没有负责的点位，请先发送“我的点位”选择。"
          : `${short}还没有设点位长的点位。市办可在站点表“点位长”一列写明，点位长也可发送“我的点位”自选。`,
        holdsRole(person, "station-chief") ? ["我的点位"] : [],
      );
    const rows = await patrolsOver(stations, period, context);
    const asked = { county: short, from: period.from.toString(), to: period.to.toString() };
    return {
      title: sheetTitle(short, period),
      blocks: [
        {
          kind: "table",
          columns: SUM_HEADS.map((title, i) => ({ title, ...(i > 2 ? { align: "end" as const } : {}) })),
          rows: rows.map((row) => sumRow(row).map(String)),
        },
        { kind: "note", text: SHEET_NOTE },
        ...(holdsRole(person, "station-chief") ? [{ kind: "note" as const, text: HOW }] : []),
      ],
      buttons: holdsRole(person, "station-chief") ? [toMine("我的点位")] : [],
      files: [...patrolPhotos(rows), patrolSheet.file(asked, { name: `${sheetTitle(short, period)}.xlsx` })],
      facts: {
        period: { ...asked, label: period.label },
        rows: rows.map(({ of, days, owed, missed, finds, closed }) => ({
          ...{ county: of.county.short, station: of.station.name },
          chiefs: of.chiefs.map(({ name }) => name),
          ...{ days, owed, missed, finds, closed },
        })),
      },
    };
  },
});

const noFields = z.object({});
const ofPatrol = z.object({ patrol: z.int() });

/** A chief says which of their stations a photo is of. */
export const patrolAt = action({
  name: "patrols.at",
  label: "巡查的点位",
  params: z.object({ evidence: z.int(), station: z.string(), words: z.string().optional() }),
  fields: noFields,
  async press({ params, person }, context) {
    const { store, office, today } = context;
    const refusal = chief.check({ person, args: {}, office, today });
    if (refusal !== null) return refusal;
    const evidence = await store.evidence.byId(params.evidence);
    const own = (await ownOf(person, context)).find(({ station }) => station.id === params.station);
    if (evidence === null || evidence.personId !== person.id || own === undefined)
      return refuse("forbidden", "只能为自己的点位登记自己发的照片。", ["巡查"]);
    if (!(await isUnused(evidence, store)))
      return refuse("already-done", "这张照片已经登记，不用重复操作。", ["巡查"]);
    const words = params.words ?? patrolWords(evidence.caption ?? "") ?? "";
    return begin(evidence, own, words, person, context);
  },
});

/** 无问题: nothing was found on a patrol, by one tap. */
export const patrolClear = action({
  name: "patrols.clear",
  label: "无问题",
  params: ofPatrol,
  fields: noFields,
  press: ({ params, person }, context) => nothingFound(params.patrol, person, context),
});

/** 发现问题: what was found on a patrol, in words. */
export const patrolFound = action({
  name: "patrols.found",
  label: "发现问题",
  params: ofPatrol,
  fields: FOUND_FORM,
  press: ({ params, fields, person }, context) => found(params.patrol, fields.text, person, context),
});
