import type { OfficialSetting } from "../../src/domain/plan/pack-papers.ts";
import type { About, AnyOfficialPaper, OfficialPaper } from "../../src/papers/official-paper.ts";
import { officialPaper } from "../../src/papers/official-paper.ts";
import { withOfficialPapers } from "../../src/papers/with-official-papers.ts";
import type { AnOffice } from "./office.ts";

type Bulletin = { county: string; pm25: number | null };

/** A small kind of paper of one county's day: everything that a story doesn't mention is usual. */
export function bulletin(
  usually: OfficialSetting = {},
  more: Partial<OfficialPaper<About, Bulletin>> = {},
): OfficialPaper<About, Bulletin> {
  return officialPaper<About, Bulletin>({
    id: "bulletin",
    title: "每日快讯",
    words: ["快讯"],
    usually: { signing: "sign", number: "快讯〔{year}〕{n}号", ...usually },
    clock: {
      when: { cron: "0 9 * * *", dayRule: "as-is" },
      catchUp: "latest-within-3-days",
      readers: ["county-lead"],
      about: ({ at }) => {
        const day = at.toPlainDate().subtract({ days: 1 }).toString();
        return [{ key: day, label: day, from: day, to: day }];
      },
    },
    async facts({ from }, { store, names }) {
      const region = names.place("海安")?.regions[0]?.id ?? "";
      const [day] = await store.air.days(region, from, from);
      return { county: "海安", pm25: day?.["PM2.5"] === undefined ? null : Number(day["PM2.5"]) };
    },
    printed: ({ county, pm25 }) => [{ of: county, figure: "PM2.5", value: String(pm25 ?? "—") }],
    restsOn: ({ from, to }) => [[from, to]],
    card: ({ county, pm25 }, { about }) => ({
      title: `每日快讯（${about.label}）`,
      blocks: [{ kind: "text", text: `${county}PM2.5 ${pm25 ?? "—"}` }],
    }),
    async to(_about, _facts, { store }) {
      return (await store.people.withRoles(["county-lead"])).map((person) => ({ to: { person } }));
    },
    ...more,
  });
}

/** Has an office issue these papers and no others; its other jobs are silent. */
export function issues(office: AnOffice, ...papers: AnyOfficialPaper[]): void {
  const { registry, office: plan } = office.bot;
  const { settings } = plan.pack;
  // What the pack says of its own papers is nothing to these.
  const pack = { ...plan.pack, settings: { ...settings, papers: { ...settings.papers, official: {} } } };
  office.bot.registry = { ...registry, ...withOfficialPapers(pack, [], papers) };
}
