import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { counted, dateSeenOn, listTitle } from "../chat/wording.ts";
import { isLive, NIGHT_STATES, type NightState } from "../domain/enterprises/night-permit.ts";
import type { Period } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import { inEachPost } from "../domain/posts.ts";
import type { NightPermit } from "../store/night-permits.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { nightFacts, nightStateWords } from "./night-card.ts";
import { nightStandings, standingWords } from "./night-standing.ts";

const toNights = says("夜施");
const toApply = says("申请夜施");
const toExport = says("导出");

const FAR = "9999-12-31";

/** The permits of some counties: those that still concern somebody, or all whose nights fall into a period. */
export async function nightList(
  asked: {
    regions: readonly Region[];
    label: string;
    period?: Period | undefined;
    state?: NightState | undefined;
  },
  person: Person,
  context: Context<Reader>,
): Promise<Card> {
  const { store, office, today } = context;
  const { regions, label, period, state } = asked;
  const ids = regions.flatMap(({ id }) => office.lineage(id));
  const [from, to] = period ? [period.from.toString(), period.to.toString()] : [today.toString(), FAR];
  const found = await store.nightPermits.within(from, to, ids);
  const rows = found.filter(
    (permit) => (period || state || isLive(permit, today.toString())) && (!state || permit.state === state),
  );
  const standings = await nightStandings(regions, context);
  const tightened = regions.flatMap((region) => {
    const standing = standings.get(region.id);
    return standing?.over ? [`${region.short}${standingWords(standing, office)}`] : [];
  });
  const waiting = state ? 0 : rows.filter((permit) => permit.state === "applied").length;
  const about = [label, period?.label, state && NIGHT_STATES[state]].filter(Boolean).join("");
  const applies = inEachPost(person).some(({ role }) => role === "county-liaison" || role === "office");
  return {
    title: listTitle(`${about}夜间施工许可`, counted(rows.length, "件"), counted(waiting, "件", "待批准")),
    blocks: [
      ...(tightened.length === 0
        ? []
        : [{ kind: "text" as const, text: `从严管控：${tightened.join("；")}。`, tone: "bad" as const }]),
      rows.length === 0 ? { kind: "text" as const, text: "没有夜间施工许可。" } : nightTable(rows, context),
    ],
    buttons: [
      ...(applies ? [toApply("申请")] : []),
      ...(rows.length === 0 ? [] : [toExport("导出Excel")]),
      ...(label === "" ? [] : [toNights("各县（市、区）")]),
    ],
    facts: {
      rows: rows.map((permit) => nightFacts(permit, context)),
      tightened: regions.flatMap((region) => {
        const standing = standings.get(region.id);
        return standing?.over ? [{ county: region.short, month: standing.month, value: standing.value }] : [];
      }),
    },
  };
}

/** Permits as rows, each of which opens. */
export function nightTable(
  rows: readonly NightPermit[],
  { office, today }: Pick<Context<Reader>, "office" | "today">,
) {
  return {
    kind: "table" as const,
    columns: ["编号", "地区", "工地", "依据", "起", "止", "状态", "批准单位"].map((title) => ({ title })),
    rows: rows.map((permit) => [
      `${permit.id}`,
      office.heirOn(permit.regionId, today).short,
      permit.site,
      permit.basis,
      dateSeenOn(today, permit.from),
      dateSeenOn(today, permit.to),
      nightStateWords(permit, today),
      permit.approvedBy ?? "",
    ]),
    opens: rows.map(({ id }) => toNights("", id).say),
  };
}
