import { createHash } from "node:crypto";
import { settleCause } from "../alerts/photo.ts";
import { drawAnswer } from "../bot/draw.ts";
import { contextOf, type Lantian, type Speaker, stranger } from "../bot/lantian.ts";
import { memberNow } from "../bot/member-now.ts";
import { transact } from "../bot/transaction.ts";
import type { DrawnCard } from "../chat/card.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { PersonId } from "../domain/ids.ts";
import { holdsRole } from "../domain/posts.ts";
import { decodeText } from "../intake/csv.ts";
import { cleanName, evidenceTooLarge, formatOf, LARGEST_EVIDENCE } from "../intake/evidence-file.ts";
import { positionOf, redrawPicture } from "../intake/picture.ts";
import { isTableName, refusalOfSpreadsheet } from "../intake/spreadsheet-name.ts";
import { textOfWord, WORD_TYPE } from "../intake/word-text.ts";
import { locateIssue } from "../issues/attach.ts";
import { type Caption, readCaption } from "../issues/caption.ts";
import { settleEvidence } from "../issues/evidence.ts";
import { initialsOf } from "../office/names.ts";
import { patrolCard } from "../patrols/card.ts";
import { patrolCaption, takePatrol } from "../patrols/record.ts";
import { mayBeOrder, orderIn, settleAlertOrder } from "../responses/order-file.ts";
import { settleExecution } from "../responses/photo.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Person } from "../store/people.ts";
import { refuseSender } from "./file-sender.ts";
import { importingRoles } from "./importers.ts";
import { receiveTable } from "./received-table.ts";

/** A file as a platform announces it; `size` in bytes where it says one. */
export type Announced = { name: string; size?: number | undefined };
/** Signs of a document that are looked at. */
const MOST_READ = 5000;
/** An order as text. No other evidence comes so: a script or a page would be text, too. */
const PLAIN_TEXT = { kind: "document", type: "text/plain", extension: "txt" } as const;
/** What comes with it: the text below it, and the album that it is part of. */
export type Accompanied = { caption?: string | undefined; album?: string | undefined };

/**
 * Takes a file that somebody has sent: a table is imported, anything else is evidence, kept by what its caption says or asks.
 * Nothing is fetched for whoever has nothing to send ({@link refuseSender}), of a spreadsheet that isn't read, or when the
 * announced size is too large. One inbound message brings a file once, and
 * may bring several.
 * @throws what `download` throws when the platform could not be reached.
 */
export async function receiveFile(
  bot: Lantian,
  speaker: Speaker,
  announced: Announced,
  download: () => Promise<Uint8Array | Refusal>,
  { caption, album }: Accompanied = {},
): Promise<DrawnCard | Refusal> {
  const person = speaker.person;
  if (person === null) return stranger(bot, speaker);
  const refused = await refuseSender(bot, speaker);
  if (refused !== null) return refused;
  const read = (text: string | undefined): Caption => readCaption(text, initialsOf(bot.office.city.short));
  const unread = refusalOfSpreadsheet(announced.name);
  if (unread !== null) return refuse("import-rejected", unread);
  // A table with an issue's number in its caption is evidence like any other document, and so is that of whoever imports none.
  const isTable =
    isTableName(announced.name) &&
    read(caption).no === null &&
    holdsRole(person, ...importingRoles(bot.registry));
  const mayOrder = isTable && mayBeOrder(announced.name, person);
  const receivedAsTable = (bring: typeof download) =>
    receiveTable(
      bot,
      person,
      {
        ...{ name: announced.name, size: announced.size, inGroup: speaker.chat?.kind === "group" },
        ...{ inbound: speaker.inbound, meanwhile: speaker.meanwhile },
      },
      bring,
    );
  if (isTable && !mayOrder) return receivedAsTable(download);
  if ((announced.size ?? 0) > LARGEST_EVIDENCE)
    return refuse("usage", evidenceTooLarge(announced.size ?? 0).refusal);
  const sent = await download();
  if (!(sent instanceof Uint8Array)) return sent;
  // What is no text in any encoding is no order, whatever it is called and said to be.
  const written = mayOrder ? decodeText(sent)?.slice(0, MOST_READ) : "";
  if (written === undefined || (mayOrder && orderIn(read(caption), written) === null))
    return receivedAsTable(async () => sent);
  // Asked before anything lies on the disk: it reads the database, which may fail.
  const moment = await contextOf(bot, speaker);
  const laid = await lay(bot, sent, announced.name, mayOrder ? PLAIN_TEXT : await formatOf(sent));
  if (isRefusal(laid)) return laid;
  const { draft, look, ...known } = laid;
  const text = known.type === WORD_TYPE ? await textOfWord(sent, MOST_READ) : written;

  const at = moment.now.epochMilliseconds;
  // The message's one effect isn't claimed: it may bring several files, and each of them is known by its hash.
  const result = await transact(bot, { act: "evidence.add", at, person }, async (store) => {
    const still = await memberNow(store, person.id, moment);
    if (isRefusal(still)) return still;
    const said = caption?.trim() ? caption : await captionOfAlbum(store, person, album);
    const evidence = await store.evidence.add({
      ...known,
      sha256: draft.sha256,
      bytes: draft.bytes,
      kind: known.type.startsWith("image/") ? "other" : "document",
      personId: person.id,
      at,
      caption: said ?? null,
      album: album ?? null,
      inboxId: speaker.inbound ?? null,
    });
    if (evidence === null) return refuse("already-done", "这个文件已经收到，不用重复发送。");
    if (look !== undefined) await store.evidence.see(evidence.sha256, look);
    const around = { ...moment, store };
    const words = read(said);
    const patrol = patrolCaption(evidence, words, still);
    const card =
      patrol === null
        ? ((await settleAlertOrder(evidence, words, text, still, around)) ??
          (await settleExecution(evidence, words, still, around)) ??
          (await settleCause(evidence, words, still, around)) ??
          (await settleEvidence(evidence, words, still, around)))
        : await takePatrol(evidence, patrol, still, around);
    if (!isRefusal(card)) draft.keep();
    return card;
  }).finally(draft.drop);
  if (isRefusal(result)) return result;
  return drawAnswer(bot.store, result.card, person.id, { demo: bot.demo, at });
}

/** Has a file's bytes on disk before anything is written about them, not kept yet; a picture is drawn anew. */
async function lay(
  bot: Lantian,
  sent: Uint8Array,
  name: string,
  format: Awaited<ReturnType<typeof formatOf>>,
) {
  if ("refusal" in format) return refuse("usage", format.refusal);
  const sentSha256 = createHash("sha256").update(sent).digest("hex");
  if (format.kind === "document") {
    const { type, extension } = format;
    return {
      draft: await bot.vault.lay(sent),
      sentSha256,
      type,
      name: cleanName(name, extension),
      look: undefined,
    };
  }
  const picture = await redrawPicture(sent);
  if ("refusal" in picture) return refuse("usage", picture.refusal);
  const { bytes, width, height, takenAt, position, look } = picture;
  return {
    draft: await bot.vault.lay(bytes),
    sentSha256,
    type: "image/jpeg",
    name: cleanName(name, "jpg"),
    width,
    height,
    look,
    takenAt,
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
  };
}

/** Platforms put an album's text below one of its pictures only. */
async function captionOfAlbum(
  store: { evidence: { ofAlbum(personId: PersonId, album: string): Promise<Evidence[]> } },
  person: Person,
  album: string | undefined,
): Promise<string | undefined> {
  if (album === undefined) return undefined;
  return (
    (await store.evidence.ofAlbum(person.id, album)).find((e) => e.caption !== null)?.caption ?? undefined
  );
}

/** A position is put down for a picture that came within this time before it. */
const POSITION_WITHIN_MS = 10 * 60_000;

/**
 * 位置: says where the newest files of this person were taken, those of one album together. A camera's own word stands: a
 * position sent afterwards doesn't replace it.
 */
export async function takePosition(
  bot: Lantian,
  speaker: Speaker,
  sent: { latitude: number; longitude: number },
): Promise<DrawnCard | Refusal> {
  const person = speaker.person;
  if (person === null) return stranger(bot, speaker);
  const position = positionOf(sent.latitude, sent.longitude);
  if (position === null) return refuse("usage", "收到的位置无效，请重新发送。");
  const moment = await contextOf(bot, speaker);
  const at = moment.now.epochMilliseconds;
  const { inbound } = speaker;
  const result = await transact(bot, { act: "evidence.locate", at, person, inbound }, async (store) => {
    const newest = await store.evidence.newestOf(person.id);
    if (newest === null || at - newest.at > POSITION_WITHIN_MS)
      return refuse("usage", "请先发照片，再发位置（10分钟以内）。");
    const together = newest.album === null ? [newest] : await store.evidence.ofAlbum(person.id, newest.album);
    const unlocated = together.filter(({ latitude }) => latitude === null);
    if (unlocated.length === 0) return refuse("already-done", `${newest.name}已有位置，没有改动。`);
    for (const one of unlocated) {
      await store.evidence.locate(one.id, position);
      await locateIssue({ ...one, ...position }, store);
    }
    const patrol = await store.patrols.ofPhoto(newest.id);
    if (patrol !== null)
      return patrolCard(patrol.id, person, { ...moment, store }, { title: `已记下位置：${newest.name}` });
    const more = unlocated.length > 1 ? `等${unlocated.length}张` : "";
    return {
      title: `已记下位置：${newest.name}${more}`,
      blocks: [],
      facts: { evidence: newest.id, ...position },
    };
  });
  if (isRefusal(result)) return result;
  return drawAnswer(bot.store, result.card, person.id, { demo: bot.demo, at });
}
