import type { Context } from "../chat/command.ts";
import type { EpochMs } from "../domain/ids.ts";
import { nameOfBoth } from "../domain/posts.ts";
import { seenBy } from "../office/seen.ts";
import type { OfficialPaperRow, PaperActRow } from "../store/official-papers.ts";
import type { Reader } from "../store/store.ts";
import { lastOf } from "./draw.ts";
import { noOf, subjectOfPaper } from "./kind-of.ts";

/** A paper for scripts, as the interfaces document has it, with those of its files that `lists` says. */
export async function paperFacts(
  row: OfficialPaperRow,
  context: Pick<Context<Reader>, "store" | "office">,
  lists: (look: string) => boolean = () => true,
) {
  const { store } = context;
  const acts = await store.officialPapers.acts(row.id);
  const print = await store.officialPapers.version(row.id, row.version);
  const files = await store.officialPapers.files(row.id);
  const sent = await store.outbox.about({ subject: subjectOfPaper(row.id) });
  let read = 0;
  for (const notice of sent) if ((await seenBy(notice, store)) === "seen") read += 1;
  const answers = await store.paperAnswers.of(row.id);
  const drafted = acts.find(({ act }) => act === "draft");
  return {
    ...paperLine(row),
    version: row.version,
    drafted: whenAndWho(drafted, context),
    checked: whenAndWho(lastOf("check", row, acts), context),
    signed: whenAndWho(lastOf("sign", row, acts), context),
    issued: whenAndWho(
      acts.find(({ act }) => act === "issue"),
      context,
    ),
    recipients: sent.length,
    read,
    received: answers.filter(({ receivedAt }) => receivedAt !== null).length,
    answered: answers.filter(({ answeredAt }) => answeredAt !== null).length,
    figures: print?.facts ?? print?.figures ?? {},
    batches: print?.batches ?? [],
    files: files.filter(({ look }) => lists(look)).map(({ name, sha256 }) => ({ name, sha256 })),
  };
}

/** A paper in a list. `number` is what is printed on it, `no` what it is asked for by. */
export function paperLine(row: OfficialPaperRow) {
  return {
    no: noOf(row),
    number: row.number,
    kind: row.kind,
    title: row.title,
    period: `${row.firstDay}..${row.lastDay}`,
    state: row.state,
    quick: row.quick,
    corrects: row.corrects === null ? null : `${row.corrects}号`,
  };
}

function whenAndWho(act: PaperActRow | undefined, { office }: Pick<Context<Reader>, "office">) {
  if (act === undefined) return null;
  const at = (ms: EpochMs) =>
    office.local(Temporal.Instant.fromEpochMilliseconds(ms)).toString({
      smallestUnit: "second",
      timeZoneName: "never",
    });
  const by = act.by === null ? null : nameOfBoth(act.by, act.behalf === null ? null : { name: act.behalf });
  return { at: at(act.at), by };
}
