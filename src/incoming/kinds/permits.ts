import { type Faults, fault, filled, type Importing, importKind } from "../../chat/import.ts";
import { isLive } from "../../domain/enterprises/night-permit.ts";
import type { RegionId } from "../../domain/ids.ts";
import { holdsRole } from "../../domain/posts.ts";
import { grantsNights } from "../../enterprises/night-rights.ts";
import { nightStandings, notLet } from "../../enterprises/night-standing.ts";
import type { NightPermit } from "../../store/night-permits.ts";
import type { Reader } from "../../store/store.ts";
import { COUNTY, county, dayAhead, plainText } from "../cells.ts";
import { enterEach } from "../enter-each.ts";
import { takeBackEach } from "../take-back-each.ts";

const FIRST_YEAR = 2013;

type Row = { regionId: RegionId; site: string; basis: string; from: string; to: string; approvedBy: string };
type Column = "county" | "site" | "from" | "to" | "approved";

/**
 * The register of night permits, as whoever grants them keeps it: each row is a permit in force. A county whose dustfall is
 * over gets no new one from the day on which it was told.
 */
export default importKind({
  id: "permits",
  title: "夜间施工许可",
  who: ["office", "department-liaison"],
  columns: {
    site: filled("工地/企业 site 工地 工地名称 施工工地 项目 项目名称 施工项目 工程名称", plainText(50)),
    from: filled(
      "起 from 起始日期 许可起始日期 开始日期 许可开始日期 有效期起 施工起始日期",
      dayAhead(FIRST_YEAR),
      { date: "serial" },
    ),
    to: filled(
      "止 to 终止日期 许可终止日期 结束日期 许可截止日期 截止日期 有效期止 施工终止日期",
      dayAhead(FIRST_YEAR),
      { date: "serial" },
    ),
    county: filled(COUNTY, county({ on: "from" })),
    basis: filled("依据 basis 许可依据 许可事由 夜间施工原因 施工原因", plainText(100)),
    approved: filled("批准单位 approvedby 许可单位 审批单位 发证单位", plainText(50)),
  },
  needs: ["site", "county", "from", "to", "basis", "approved"],
  mostRows: 5000,
  row({ site, from, to, county, basis, approved }): Row | Faults<"to"> {
    if (to < from) return fault("to", "早于起始日期，请核对");
    return { regionId: county, site, basis, from, to, approvedBy: approved };
  },
  once: {
    key: ({ regionId, site, from }) => [regionId, site, from],
    differs: (a, b) => (JSON.stringify(said(a)) === JSON.stringify(said(b)) ? null : "site"),
    reason: "是同一工地同一起始日期但内容不同",
  },
  judge: judgePermit,
  enter: enterEach<Row>({
    subject: ({ regionId, site, from }) => `night-permit/${regionId}/${encodeURIComponent(site)}/${from}`,
    value: said,
    async known(row, store) {
      const before = await permitOf(row, store);
      return before && said(before as Said);
    },
    async put(row, { store, now, by }) {
      const stamp = { decidedAt: now.epochMilliseconds, decidedBy: by?.id ?? null };
      const before = await permitOf(row, store);
      if (before === undefined)
        await store.nightPermits.add({
          ...row,
          ...stamp,
          ...{ state: "granted", appliedAt: now.epochMilliseconds, appliedBy: by?.id ?? null },
        });
      else await store.nightPermits.correct(before.id, { ...said(row), ...stamp });
    },
    logsAdded: true,
  }),
  takeBack: takeBackEach({
    async known(subject, store) {
      const before = await permitOf(keyOf(subject), store);
      return before === undefined ? null : said(before as Said);
    },
    async restore(subject, before, { store }) {
      const permit = await permitOf(keyOf(subject), store);
      if (permit === undefined) throw new Error(`${subject} is gone`);
      const stamp = { decidedAt: permit.decidedAt ?? permit.appliedAt, decidedBy: permit.decidedBy };
      if (before === null) await store.nightPermits.remove(permit.id);
      else await store.nightPermits.correct(permit.id, { ...(before as Said), ...stamp });
      return null;
    },
  }),
});

type Said = Pick<Row, "basis" | "to" | "approvedBy">;
/** What a row says under its key. */
function said({ basis, to, approvedBy }: Said): Said {
  return { basis, to, approvedBy };
}

/** The permit that a row is of: one that a table brought, or that was granted here. */
async function permitOf(
  { regionId, site, from }: Pick<Row, "regionId" | "site" | "from">,
  store: Reader,
): Promise<NightPermit | undefined> {
  const found = await store.nightPermits.ofSite([regionId], site);
  return found.find((one) => one.from === from && (one.state === "granted" || one.state === "suspended"));
}

function keyOf(subject: string): Pick<Row, "regionId" | "site" | "from"> {
  const [, regionId = "", site = "", from = ""] = subject.split("/");
  return { regionId, site: decodeURIComponent(site), from };
}

async function judgePermit(row: Row, file: Importing): Promise<Row | Faults<Column>> {
  const { store, office, today, by } = file;
  const region = office.heirOn(row.regionId, today);
  if (by !== null && !grantsNights(by, file))
    return fault("approved", "夜间施工许可由批准的部门或市办登记，请交由他们导入");
  const own = await permitOf(row, store);
  const others = await store.nightPermits.ofSite(office.lineage(region.id), row.site);
  const other = others.find(
    (one) => one.id !== own?.id && isLive(one, row.from) && one.from <= row.to && row.from <= one.to,
  );
  if (other !== undefined)
    return fault("from", `该工地已有夜间施工许可${other.id}号（${other.from}至${other.to}），请核对`);
  if (own !== undefined) return row;
  const standing = (await nightStandings([region], file)).get(region.id) ?? null;
  const told = (await store.nightPermits.tightened()).findLast(
    ({ regionId }) => office.heirOn(regionId, today).id === region.id,
  );
  // What began before is looked at again, not undone.
  if (row.from < (told?.since ?? today.toString())) return row;
  const isOffice = by === null || holdsRole(by, "office");
  const refusal = notLet(region, standing, { basis: row.basis, isOffice }, office);
  return refusal === null ? row : fault("county", refusal.message.replace(/。$/, ""));
}
