import { undrawn } from "../../bot/draw.ts";
import { ifSaved } from "../../bot/unsaved.ts";
import type { Card, DrawnCard, DrawnFile } from "../../chat/card.ts";
import { isRefusal, type Refusal } from "../../chat/refusal.ts";
import { onlyInPrivate, sentInPrivate } from "../../chat/wording.ts";
import type { Person } from "../../store/people.ts";
import { goOutFirst, lostOf } from "../kit/answer-files.ts";
import type { StandingAnswer } from "../kit/heard.ts";
import type { Address, PlaceholderPlace } from "./address.ts";
import { bundled, missingCard, openForSlack } from "./attach.ts";
import { drawMessages, type SlackMessage } from "./blocks.ts";
import { type Called, called, tokenErrors } from "./calls.ts";
import { posted, threadPlace } from "./posted.ts";
import { retrying } from "./retry.ts";
import { uploadAnswer } from "./upload.ts";
import { type Workspace, whyOf } from "./workspace.ts";

/** Slack takes five answers through one response_url; one is left for a second thought. */
const THROUGH_URL = 4;
const IN_CHANNEL = 10;

/**
 * Answers a person with a card and, after it, its files; in the place of a placeholder or an earlier answer where there is
 * one. @returns where the answer stands, if in the direct messages: nothing else can be replaced later.
 * @throws Error when Slack could not be reached at all: the message is then handled once more.
 */
export async function answer(
  ws: Workspace,
  address: Address,
  person: Person | null,
  said: DrawnCard | Refusal,
  place: PlaceholderPlace | null = null,
): Promise<StandingAnswer | null> {
  const card = isRefusal(said) ? refusalCard(said) : said;
  const { channel, user } = address;
  const hasFiles = (card.files ?? []).length > 0;
  const isApart = hasFiles && channel !== undefined && !(await ws.isDirect(channel, user));
  const standing = await answerWords(ws, address, person, isApart ? withHint(card) : card, place);
  if (hasFiles) await answerFiles(ws, address, person, card);
  return standing;
}

/**
 * Answers in the direct messages what only whoever asked may read; elsewhere a word says that it is there. Not quietly in
 * a channel either: what is one person's own stands in one place on every platform. Where an earlier answer is mended
 * there, the word has been said.
 */
export async function answerInPrivate(
  ws: Workspace,
  address: Address,
  person: Person | null,
  { card: told, what, words = false }: { card: DrawnCard | Refusal; what: string; words?: boolean },
  place: PlaceholderPlace | null,
): Promise<StandingAnswer | null> {
  const { channel, user } = address;
  const card = isRefusal(told) ? refusalCard(told) : told;
  if (channel === undefined || (await ws.isDirect(channel, user)))
    return words ? answerWords(ws, address, person, card, place) : answer(ws, address, person, card, place);
  const standing = await answerDirectly(ws, address, person, card, place);
  if (!words && (card.files ?? []).length > 0) await answerFiles(ws, address, person, card);
  if (place?.kind === "message") return standing;
  const word: Card = { title: standing === null ? onlyInPrivate(what) : sentInPrivate(what), blocks: [] };
  await answerWords(ws, address, person, undrawn(word, { demo: false, at: 0 }), place);
  return standing;
}

/** Answers without a card's files: for whoever has just sent them. @returns as {@link answer} does. */
export async function answerWords(
  ws: Workspace,
  address: Address,
  person: Person | null,
  said: DrawnCard | Refusal,
  place: PlaceholderPlace | null = null,
): Promise<StandingAnswer | null> {
  const card = isRefusal(said) ? refusalCard(said) : said;
  const { channel, responseUrl, user, thread } = address;
  if (channel === undefined || (await ws.isDirect(channel, user)))
    return answerDirectly(ws, address, person, card, place, thread);
  if (responseUrl !== undefined) {
    const left = await throughUrl(
      ws,
      { ...address, responseUrl },
      drawMessages(card, THROUGH_URL),
      place?.kind === "url",
    );
    if (left.length === 0) return null;
  } else if (await quietly(ws, address, channel, drawMessages(card, IN_CHANNEL))) return null;
  // The URL has expired or the bot isn't in that channel: the answer still reaches who asked.
  return answerDirectly(ws, address, person, card);
}

const drawn = (card: DrawnCard): SlackMessage => drawMessages(card, 1)[0] ?? { blocks: [], text: card.title };

const withHint = (card: DrawnCard): DrawnCard => ({
  ...card,
  blocks: [...card.blocks, { kind: "note", text: "附件只发到私信，请看与我的私信" }],
});

/**
 * Files are one person's: wherever they were asked for, they go to that person's direct messages, in the thread where they
 * were asked for there. Which of them may be lost is told with a button; the answer itself stands already, so failing now would
 * only say it twice.
 */
async function answerFiles(
  ws: Workspace,
  { user, inbound, channel: asked, thread: below }: Address,
  person: Person | null,
  card: DrawnCard,
): Promise<void> {
  const opened = await retrying(ws, () => ws.directChannel(user));
  if (opened.kind !== "done") return reportLost(ws, opened);
  const channel = opened.value;
  const thread = asked === channel ? below : undefined;
  const speaker = { identity: { platform: "slack" as const, workspace: ws.team, userKey: user }, person };
  const tell = async (files: readonly DrawnFile[], perhaps: boolean) => {
    if (person !== null)
      await posted(ws, channel, drawn(await lostOf(ws.bot, person, card, { files, perhaps })), thread);
  };
  const { files: all = [] } = card;
  if (!(await goOutFirst(ws.bot, { inbound, person }, card))) return tell(all, true);
  const bundles = bundled(all);
  for (const [i, files] of bundles.entries()) {
    const bundle = await openForSlack(ws.bot, speaker, files);
    const sent =
      bundle.files.length > 0
        ? await retrying(ws, () => uploadAnswer(ws, { channel, thread }, bundle))
        : await posted(ws, channel, drawn(missingCard(bundle)), thread);
    if (sent.kind === "done") continue;
    if (sent.kind !== "unknown") reportLost(ws, sent);
    return tell(bundles.slice(i).flat(), sent.kind === "unknown");
  }
}

async function answerDirectly(
  ws: Workspace,
  address: Address,
  person: Person | null,
  card: DrawnCard,
  place: PlaceholderPlace | null = null,
  thread?: string,
): Promise<StandingAnswer | null> {
  const opened = await retrying(ws, () => ws.directChannel(address.user));
  if (opened.kind !== "done") return undeliverable(ws, address, opened);
  const channel = opened.value;
  const messages = drawMessages(card, IN_CHANNEL);
  let standing: StandingAnswer | null = null;
  for (const [i, message] of messages.entries()) {
    const inPlace = i === 0 && place?.kind === "message" ? await replaced(ws, place, message) : null;
    const sent = inPlace ?? (await posted(ws, channel, message, thread));
    if (sent.kind !== "done") return undeliverable(ws, address, sent);
    // What shows something that changes is found again when it does. Only a card of one message can be redrawn whole.
    const externalId = sent.value.ts;
    if (i === 0 && externalId) standing = { chat: channel, externalId };
    if (i > 0 || messages.length > 1 || person === null || card.subject === undefined || !externalId)
      continue;
    const at = (await ws.bot.clock.now()).epochMilliseconds;
    const { store } = ws.bot;
    await ifSaved(store, () =>
      store.write((w) =>
        w.messages.shown({ platform: "slack", personId: person.id, chat: channel, externalId, card, at }),
      ),
    );
  }
  return standing;
}

/** Null when the placeholder is gone. */
async function replaced(
  ws: Workspace,
  { channel, ts }: Extract<PlaceholderPlace, { kind: "message" }>,
  message: SlackMessage,
) {
  const edited = await retrying(ws, () =>
    called(ws.client.chat.update({ channel, ts, ...message, link_names: false })),
  );
  return edited.kind === "refused" ? null : edited;
}

async function quietly(
  ws: Workspace,
  address: Address,
  channel: string,
  messages: readonly SlackMessage[],
): Promise<boolean> {
  const { user, thread } = address;
  for (const message of messages) {
    await ws.pace.turn(channel);
    const sent = await retrying(ws, () =>
      called(
        ws.client.chat.postEphemeral({
          channel,
          user,
          ...message,
          link_names: false,
          ...threadPlace(thread),
        }),
      ),
    );
    if (sent.kind === "refused") return false;
    if (sent.kind !== "done") await undeliverable(ws, address, sent);
  }
  return true;
}

/** @returns what could not be said this way. */
async function throughUrl(
  ws: Workspace,
  address: Address & { responseUrl: string },
  messages: readonly SlackMessage[],
  replaces: boolean,
): Promise<readonly SlackMessage[]> {
  for (const [i, message] of messages.entries()) {
    const body = { response_type: "ephemeral", replace_original: replaces && i === 0, ...message };
    const sent = await retrying(ws, () => ws.respond(address.responseUrl, body));
    if (sent.kind === "refused") return messages.slice(i);
    if (sent.kind !== "done") await undeliverable(ws, address, sent);
  }
  return [];
}

function reportLost(ws: Workspace, result: Exclude<Called<unknown>, { kind: "done" }>): void {
  ws.bot.report(
    new Error(`files of an answer may not have reached their reader: ${whyOf(result)}`),
    "slack-files",
  );
}

async function undeliverable(
  ws: Workspace,
  { inbound }: Address,
  result: Exclude<Called<unknown>, { kind: "done" }>,
): Promise<null> {
  const error = new Error(`an answer may not have reached its reader: ${whyOf(result)}`);
  const isPassing = result.kind === "refused" ? tokenErrors.has(result.error) : result.kind !== "unknown";
  if (isPassing) throw error;
  // Refused for good or perhaps received: saying it again would be no use or once too often.
  ws.bot.report(error, "slack-answer");
  if (result.kind === "unknown" && inbound !== undefined) await ws.lost(inbound);
  return null;
}

/** A refusal shows no figures, so it needs no mark of demonstration data. */
function refusalCard(refusal: Refusal): DrawnCard {
  return undrawn(
    {
      title: "未能办理",
      tone: "notice",
      blocks: [{ kind: "text", text: refusal.message }],
      buttons: (refusal.instead ?? []).map((say) => ({ kind: "say", label: say, say })),
    },
    { demo: false, at: 0 },
  );
}
