import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { longDate } from "../chat/wording.ts";
import type { Period } from "../domain/period.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { kindOfPaper, noOf, subjectOfPaper } from "./kind-of.ts";
import { MOST_OF_KIND, paperSeen, papersRead, readsDrafts, WENT_OUT } from "./sees.ts";
import { paperStateWords } from "./state-words.ts";

const toPaper = says("文件");

/** What is said of a paper beside its kind: its number or which one of its kind it is, the days that it is about. */
export type SaidOfPaper = {
  kind: string;
  no?: string | undefined;
  nth?: string | undefined;
  period?: Period | undefined;
};

/**
 * The papers of a kind that somebody may read and means, the newest first: 周通报 上周, 月排名 5月, 周通报 第3期, 周通报 12号. A number is
 * the paper's own, or the one that is printed on it where no paper of the kind has it. Refuses where there is none.
 */
export async function papersCalled(
  { kind, no, nth, period }: SaidOfPaper,
  person: Person,
  context: Context<Reader>,
): Promise<readonly OfficialPaperRow[] | Refusal> {
  const { store, today } = context;
  const ids = await papersRead(kind, person, context);
  const states = readsDrafts(kind, person, context) ? undefined : WENT_OUT;
  const filter = { kinds: [kind], ...(states && { states }), ...(ids && { ids }) };
  const { rows } = await store.officialPapers.list(filter, MOST_OF_KIND);
  const { title } = kindOfPaper({ kind }, context);
  const none = (said: string) =>
    refuse("no-data", `没有${said}${title}，或不在您的范围内。发送“文件 ${title}”看清单。`, [
      `文件 ${title}`,
    ]);
  const number = no ?? nth;
  if (number !== undefined) {
    const own = nth === undefined ? rows.filter(({ id }) => id === Number(number)) : [];
    const printed = own.length > 0 ? own : await ofOrdinal(Number(number), period?.to.year ?? today.year);
    if (printed.length > 0) return printed;
    const other = nth === undefined ? await paperSeen(Number(number), person, context) : null;
    return other === null || isRefusal(other)
      ? none(nth === undefined ? `${number}号` : `第${number}期`)
      : refuse("no-data", `${noOf(other)}文件是“${other.title}”，不是${title}。`, [`文件 ${title}`]);
  }
  const found = period === undefined ? rows : aboutDays(rows, period, context);
  return found.length > 0 ? found : none(period === undefined ? "" : `${period.label}的`);

  async function ofOrdinal(ordinal: number, year: number): Promise<OfficialPaperRow[]> {
    const register = await store.numbers.list({ kind }, MOST_OF_KIND);
    const subjects = register.rows
      .filter((row) => row.ordinal === ordinal && row.year === year)
      .map(({ subject }) => subject);
    return rows.filter(({ id }) => subjects.includes(subjectOfPaper(id)));
  }
}

/** Papers that end within a period, or are about the days around it; failing both, those that were issued within it. */
function aboutDays(
  rows: readonly OfficialPaperRow[],
  { from, to }: Period,
  { office }: Context<Reader>,
): OfficialPaperRow[] {
  const [first, last] = [from.toString(), to.toString()];
  const within = (day: string) => first <= day && day <= last;
  const issuedOn = ({ slot, issuedAt }: OfficialPaperRow) => {
    const at = slot ?? issuedAt;
    return at === null ? "" : office.today(Temporal.Instant.fromEpochMilliseconds(at)).toString();
  };
  const about = rows.filter(
    ({ firstDay, lastDay }) => within(lastDay) || (firstDay <= first && last <= lastDay),
  );
  return about.length > 0 ? about : rows.filter((row) => within(issuedOn(row)));
}

/** The one paper that is meant where something is done with it: of those with which this person can (`can`); asks where there are several. */
export async function paperCalled(
  said: SaidOfPaper,
  { word, can }: { word: string; can: (row: OfficialPaperRow) => boolean },
  person: Person,
  context: Context<Reader>,
): Promise<OfficialPaperRow | Card | Refusal> {
  const found = await papersCalled(said, person, context);
  if (isRefusal(found)) return found;
  const able = found.filter(can);
  // Why none of them allows it, the newest says itself.
  const [one, another] = able.length > 0 ? able : found.slice(0, 1);
  return another === undefined ? (one as OfficialPaperRow) : whichOf(able, word, context);
}

/** Rows that still read well on a phone. */
const SHOWN = 10;
const BUTTONS = 5;

function whichOf(rows: readonly OfficialPaperRow[], word: string, context: Context<Reader>): Card {
  const { office } = context;
  const day = (at: number) => longDate(office.today(Temporal.Instant.fromEpochMilliseconds(at)));
  const shown = rows.slice(0, SHOWN);
  const said = (row: OfficialPaperRow) => `${word} ${noOf(row)}`;
  return {
    title: `${word}哪一件？`,
    tone: "notice",
    blocks: [
      {
        kind: "table",
        columns: ["编号", "文件", "日期", "状态"].map((title) => ({ title })),
        rows: shown.map((row) => [
          noOf(row),
          row.title,
          day(row.issuedAt ?? row.draftedAt),
          paperStateWords(row, context),
        ]),
        opens: shown.map((row) => toPaper("", noOf(row)).say),
      },
      { kind: "note", text: `请写明编号，例如“${said(rows[0] as OfficialPaperRow)}”；现在还没有办理` },
    ],
    buttons: shown
      .slice(0, BUTTONS)
      .map((row) => ({ kind: "say" as const, label: said(row), say: said(row) })),
    facts: { asks: rows.map(noOf) },
  };
}
