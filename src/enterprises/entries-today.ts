import { scopeOf } from "../chat/access.ts";
import type { Block, Button } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { dateSeenOn } from "../chat/wording.ts";
import { whoMayLet } from "../domain/enterprises/night-permit.ts";
import { bothOf, holdsRole, inEachPost } from "../domain/posts.ts";
import type { Exemption } from "../store/exemptions.ts";
import type { NightPermit } from "../store/night-permits.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { notSecondFor } from "./exemption-rights.ts";
import { granters } from "./night-rights.ts";
import { nightStandings } from "./night-standing.ts";

const toNights = says("夜施");
const toExemptions = says("豁免");

/** Days before its end at which an exemption is shown to whoever may propose its going on. */
const ENDING_DAYS = 7;
/** Rows that leave room for what else there is to do. */
const SHOWN = 5;
const FAR = "9999-12-31";

type EntriesToday = {
  /** 批夜间施工许可2件; empty where nothing waits. */
  words: readonly string[];
  n: number;
  blocks: readonly Block[];
  buttons: readonly Button[];
  facts: Readonly<Record<string, readonly number[]>>;
};

/** What of permits to build at night and exemptions waits for somebody's signature today, and which exemptions end within days. */
export async function entriesToday(person: Person, context: Context<Reader>): Promise<EntriesToday> {
  const nights = await nightsFor(person, context);
  const { toSecond, ending } = await exemptionsFor(person, context);
  const rows = [
    ...nights.map(({ id, site, from }) => ({
      no: id,
      what: "批夜施许可",
      name: site,
      by: from,
      say: toNights("", id).say,
    })),
    ...toSecond.map(({ id, name, from }) => ({
      ...{ no: id, what: "同意豁免", name, by: from, say: toExemptions("", id).say },
    })),
    ...ending.map(({ id, name, to }) => ({
      no: id,
      what: "豁免到期",
      name,
      by: to,
      say: toExemptions("", id).say,
    })),
  ];
  const counts: [string, number][] = [
    ["批夜间施工许可", nights.length],
    ["同意豁免", toSecond.length],
  ];
  const shown = rows.slice(0, SHOWN);
  return {
    words: counts.flatMap(([word, n]) => (n === 0 ? [] : [`${word}${n}件`])),
    n: nights.length + toSecond.length,
    blocks:
      shown.length === 0
        ? []
        : [
            {
              kind: "table",
              columns: ["编号", "事项", "单位", "起或止"].map((title) => ({ title })),
              rows: shown.map(({ no, what, name, by }) => [
                String(no),
                what,
                name,
                dateSeenOn(context.today, by),
              ]),
              opens: shown.map(({ say }) => say),
            },
            ...(rows.length > SHOWN
              ? [{ kind: "note" as const, text: `另有${rows.length - SHOWN}件，见夜施、豁免清单` }]
              : []),
          ],
    buttons: [
      ...(nights.length > 0 ? [toNights("夜施")] : []),
      ...(toSecond.length + ending.length > 0 ? [toExemptions("豁免清单")] : []),
    ],
    facts: {
      nightsToGrant: nights.map(({ id }) => id),
      exemptionsToSecond: toSecond.map(({ id }) => id),
      exemptionsEnding: ending.map(({ id }) => id),
    },
  };
}

/** Applications for nights that have not passed, for whoever grants them: the office only those that nobody else may grant. */
async function nightsFor(person: Person, context: Context<Reader>): Promise<NightPermit[]> {
  const { store, office, today } = context;
  const open = (await store.nightPermits.within(today.toString(), FAR)).filter(
    ({ state }) => state === "applied",
  );
  if (open.length === 0) return [];
  const standings = await nightStandings(office.regionsOf({ to: today }, today), context);
  const own = bothOf(person);
  const asked: NightPermit[] = [];
  for (const permit of open) {
    if (permit.appliedBy !== null && own.includes(permit.appliedBy)) continue;
    const standing = standings.get(office.heirOn(permit.regionId, today).id) ?? null;
    const officeOnly = whoMayLet(standing, permit.basis, office.pack.settings.nightWork) === "office";
    const askedOf = await granters(officeOnly, context);
    if (askedOf.some(({ id }) => own.includes(id))) asked.push(permit);
  }
  return asked;
}

/** Entries that somebody may sign second, and those of their county, or for the office all, that end within days. */
async function exemptionsFor(person: Person, context: Context<Reader>) {
  const { store, office, today } = context;
  const toSecond: Exemption[] = [];
  const day = today.toString();
  if (holdsRole(person, "office", "city-lead"))
    for (const one of await store.exemptions.all())
      if (one.state === "proposed" && one.to >= day && (await notSecondFor(one, person, context)) === null)
        toSecond.push(one);
  const hears = inEachPost(person).filter(({ role }) => role === "office" || role === "county-liaison");
  if (hears.length === 0) return { toSecond, ending: [] };
  const scopes = hears.map((post) => scopeOf(post, office, today));
  const ending = (await store.exemptions.ending(day, today.add({ days: ENDING_DAYS }).toString())).filter(
    ({ state, regionId }) => state === "listed" && scopes.some((own) => own?.includes(regionId) ?? true),
  );
  return { toSecond, ending };
}
