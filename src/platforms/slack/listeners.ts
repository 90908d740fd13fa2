import { App, type Receiver } from "@slack/bolt";
import { noteActivity } from "../../bot/activity.ts";
import { earlier } from "../../bot/earlier.ts";
import { type Form, formOf } from "../../bot/form.ts";
import type { Reply, Speaker } from "../../bot/lantian.ts";
import type { Meanwhile } from "../../bot/long-action.ts";
import { ask, press } from "../../bot/router.ts";
import type { DrawnCard } from "../../chat/card.ts";
import { isRefusal, refuse } from "../../chat/refusal.ts";
import { albumAnswersOf } from "../kit/album-answers.ts";
import { lostAnswer } from "../kit/answer-lost.ts";
import { TOO_FAST } from "../kit/flood.ts";
import { formAtOnce } from "../kit/form-at-once.ts";
import { nameOf, noteHeard, type StandingAnswer } from "../kit/heard.ts";
import { takePushes } from "../kit/linked.ts";
import { isToldAgain } from "../kit/told-strangers.ts";
import { type Address, type PlaceholderPlace, quietly } from "./address.ts";
import { drawMessages } from "./blocks.ts";
import { called, clientOptions, silent } from "./calls.ts";
import { eachOnce } from "./each.ts";
import { EDITED, type EditedMessage, hearEdit } from "./edits.ts";
import { receiveShared, type Shared } from "./files.ts";
import { errorsOf, FORM_VIEW, filledIn, formView, inputsOf, openingOf, unmasked } from "./form.ts";
import { mayBeOurs } from "./members.ts";
import { offerMentioned, type Talk } from "./mentioned.ts";
import { patiently } from "./placeholder.ts";
import { answer, answerInPrivate, answerWords } from "./reply.ts";
import { isHeardAsMention } from "./subtypes.ts";
import { typed } from "./text.ts";
import { turnsOf } from "./turns.ts";
import { bare, isSayButton } from "./urgent.ts";
import { type Workspace, whyOf } from "./workspace.ts";

type Settings = { botToken: string; apiUrl: string | null; timeoutMs: number; patienceMs: number };
/** What of a message or a press tells whom to answer, and where. */
type Hasty = {
  user?: { id: string };
  channel?: { id: string };
  response_url?: string;
  event?: { user?: string; channel?: string; thread_ts?: string };
};
/** What of a message tells what it says, and whether Slack tells of it for the first time. */
type Heard = { text?: string; ts?: string; files?: Shared[]; edited?: unknown };
/** What of any event of a message tells who wrote it, and where. */
type Written = { user?: string; bot_id?: string; subtype?: string; channel: string; channel_type?: string };
/** Blocks of a Home tab. */
const HOME_BLOCKS = 100;

/**
 * The Bolt app that works off what the inbox holds. It receives nothing by itself: `processEvent` is given every stored
 * message, with the inbox row's id as `context.inbound`.
 */
export function listenersOf(ws: Workspace, settings: Settings): App {
  const { bot } = ws;
  const eachFile = eachOnce();
  const inTurn = turnsOf();
  const app = new App({
    receiver: elsewhere,
    token: settings.botToken,
    botId: ws.botId,
    botUserId: ws.botUser,
    tokenVerificationEnabled: false,
    convoStore: false,
    logger: silent,
    clientOptions: clientOptions(settings),
  });
  // Swallowed here, a message that failed would count as handled.
  app.error(async (error) => {
    throw error.original ?? error;
  });
  app.use(async ({ body, ack, next }) => {
    if (mayBeOurs(body, ws)) return next();
    // A form of somebody else's is closed, not answered.
    await ack?.();
  });

  app.use(async ({ body, context, next }) => (context.tooFast ? tellToSlowDown(body as Hasty) : next()));

  app.command(/.*/, async ({ command, context }) => {
    const { user_id: user, channel_id: channel, response_url: responseUrl, trigger_id: trigger } = command;
    const speaker = quietly(await ws.speaker(user, channel, context.inbound));
    if (speaker === null) return;
    const address = { user, channel, responseUrl, ofCommand: true };
    await say(speaker, `/${bare(command.command)} ${command.text}`, address, trigger);
  });

  app.action({ type: "block_actions" }, async ({ body, action, context }) => {
    if (action.type !== "button") return;
    // Signed by Slack, but made by whoever made the message.
    if (typeof action.value !== "string" || typeof action.action_id !== "string") return;
    const user = body.user.id;
    const heard = await ws.speaker(user, body.channel?.id, context.inbound);
    // What only its reader sees is answered to its reader only; what all see, as if it had been said there.
    const speaker = body.container?.is_ephemeral === true ? quietly(heard) : heard;
    if (speaker === null) return;
    const address = { user, channel: body.channel?.id, responseUrl: body.response_url };
    if (isSayButton(action)) return say(speaker, action.value, address, body.trigger_id);
    const token = action.value;
    const before = await earlier(bot, speaker, { token });
    if (before !== null) return void (await answerReply(address, speaker, before));
    const form = speaker.person && (await formOf(bot, speaker.person, token));
    if (form && form.fields.length > 0) {
      if (await open(token, form, body.trigger_id)) return;
      const missed = refuse("stale-action", "表单没能及时打开，请再按一次按钮。");
      return void (await inTurn(user, () => answer(ws, address, speaker.person, missed)));
    }
    const { result, place } = await slowly(address, (meanwhile) =>
      press(bot, { ...speaker, meanwhile }, token),
    );
    await answerReply(address, speaker, result, place);
  });

  app.view(FORM_VIEW, async ({ body, view, ack, context }) => {
    const user = body.user.id;
    const speaker = await ws.speaker(user, undefined, context.inbound);
    if (speaker === null) return ack();
    const token = view.private_metadata;
    const opening = openingOf(ws.team, view);
    if (context.late) {
      // Slack has told the person long ago that this failed; only what it really did is said now.
      const reply = await lostAnswer(bot, speaker, { token, opening });
      if (context.late === "done" || !isRefusal(reply.answer))
        return void (await answerReply({ user }, speaker, reply));
      const undone = refuse("conflict", "您刚才提交的表单没有办成，请重新提交。");
      return void (await inTurn(user, () => answer(ws, { user }, speaker.person, undone)));
    }
    const typedIn = filledIn(view.state.values);
    const isUntouched = Object.values(typedIn).some((value) => value.includes("*"));
    const opened = isUntouched && speaker.person ? await formOf(bot, speaker.person, token) : null;
    const fill = unmasked(typedIn, opened?.fields ?? []);
    const reply = await press(bot, speaker, token, fill, opening);
    if (isRefusal(reply.answer)) {
      const form = speaker.person && (await formOf(bot, speaker.person, token));
      const errors = errorsOf(reply.answer, form?.fields ?? [], fill, inputsOf(view));
      return ack({ response_action: "errors", errors });
    }
    await ack({ response_action: "clear" });
    await answerReply({ user }, speaker, reply);
  });

  app.event("app_mention", async ({ event, context }) => {
    if (event.user === undefined || event.bot_id !== undefined) return;
    const speaker = await ws.speaker(event.user, event.channel, context.inbound);
    if (speaker === null) return;
    const address = { user: event.user, channel: event.channel, thread: event.thread_ts };
    await hear(speaker, address, event);
  });

  app.event("message", async ({ event, context }) => {
    const { user, bot_id, subtype, channel, channel_type } = event as Written;
    if (user === undefined || bot_id !== undefined) return;
    const speaker = await ws.speaker(user, channel, context.inbound);
    if (speaker === null) return;
    const isDirect = channel_type === "im";
    if (isDirect) ws.noteDirect(channel, user);
    if (subtype === EDITED) {
      const { message } = event as { message?: EditedMessage };
      // Of no edit that Slack tells of is the message missing; whatever else is called so is nothing to read.
      if (message === undefined) return;
      return hear(speaker, { user, channel, thread: message.thread_ts }, { ...message, edited: true });
    }
    const { thread_ts: thread, text = "" } = event as Talk;
    if (!isDirect && !(isHeardAsMention(subtype) && mentions(text))) {
      await letTalkPass(speaker);
      return offerMentioned(ws, speaker, event as Talk);
    }
    if (subtype === undefined || isHeardAsMention(subtype))
      await hear(speaker, { user, channel, thread }, event);
  });

  app.event("app_home_opened", async ({ event, context }) => {
    const speaker = await ws.speaker(event.user, undefined, context.inbound);
    if (speaker === null) return;
    // Whoever opens the direct messages has what stands there before them.
    if (event.tab === "messages") return noteActivity(bot, speaker, "read", "");
    if (event.tab !== "home") return;
    const { answer: today } = await ask(bot, speaker, "今日");
    const card: DrawnCard = isRefusal(today)
      ? { title: "蓝天", blocks: [{ kind: "text", text: today.message }], buttons: [] }
      : today.card;
    const blocks = drawMessages(card, 1, HOME_BLOCKS)[0]?.blocks ?? [];
    const shown = await called(
      ws.client.views.publish({ user_id: event.user, view: { type: "home", blocks } }),
    );
    // The next visit draws it anew; nothing is lost but a look.
    if (shown.kind !== "done")
      bot.report(new Error(`the Home tab isn't drawn: ${whyOf(shown)}`), "slack-home");
  });

  /** Somebody sends faster than anybody can: said once, whatever it was that they sent. */
  const tellToSlowDown = async ({ user, channel, event, response_url: responseUrl }: Hasty) => {
    const who = user?.id ?? event?.user ?? "";
    const where = channel?.id ?? event?.channel;
    const heard = await ws.speaker(who, where, 0);
    const speaker = responseUrl === undefined ? heard : quietly(heard);
    const answer = refuse("too-many", TOO_FAST);
    if (speaker === null || isToldAgain(bot, speaker, { command: null, answer })) return;
    const address = { user: who, channel: where, thread: event?.thread_ts, responseUrl };
    await inTurn(who, () => answerWords(ws, address, null, answer));
  };

  /** A message: it is answered by what it says; with files, its words are theirs, and they are answered together. */
  const hear = async (speaker: Speaker, address: Address, message: object): Promise<void> => {
    const { text = "", ts, files = [], edited } = message as Heard;
    const words = typed(text, ws.botUser);
    const said = ts === undefined ? undefined : nameOf("slack", ws.team, address.channel ?? "", ts);
    if (edited !== undefined) {
      if (!(await isToBot(address, text))) return letTalkPass(speaker);
      if (said === undefined || files.length > 0) return;
      return hearEdit(ws, { ...speaker, said }, words || "帮助", (reply, instead) =>
        answerReply(address, speaker, reply, placeOf(instead)),
      );
    }
    if (files.length === 0)
      return say(said === undefined ? speaker : { ...speaker, said }, words || "帮助", address);
    const album = files.length > 1 && ts ? `${address.channel}/${ts}` : undefined;
    const albums = albumAnswersOf<StandingAnswer>(bot, "slack");
    /** What is said of the whole message once all of its files were looked at. */
    let last: ReturnType<typeof albums> | null = null;
    // Whoever has just sent a file needn't be sent it back.
    const tell = async (
      { said, instead, stood }: ReturnType<typeof albums>,
      place: PlaceholderPlace | null,
    ) => {
      const answer = isRefusal(said) ? said : ({ kind: "card", card: said } as const);
      if (isToldAgain(bot, speaker, { command: null, answer })) return;
      await inTurn(address.user, async () => {
        const there = place ?? placeOf(instead);
        const told = { card: said, what: "文件的办理结果", words: true };
        stood(
          speaker.person === null
            ? await answerWords(ws, address, null, said, there)
            : await answerInPrivate(ws, address, speaker.person, told, there),
        );
      });
    };
    await eachFile(speaker.inbound ?? 0, files.length, async (i) => {
      const { result, place } = await slowly(address, (meanwhile) =>
        receiveShared(
          ws,
          { ...speaker, meanwhile },
          files[i] ?? {},
          { caption: words, album },
          { ...settings, token: settings.botToken },
        ),
      );
      const answered = albums(album ? `${address.user}/${album}` : null, files[i]?.name ?? "文件", result);
      if (place !== null || !answered.isTogether) await tell(answered, place);
      else last = answered;
    }).finally(() => (last === null ? undefined : tell(last, null)));
  };

  /** What a channel's people say to each other is read for numbers of issues, and isn't kept. */
  const letTalkPass = async ({ inbound = 0 }: Speaker) => bot.store.write((w) => w.inbox.letPass(inbound));

  const mentions = (text: string) => text.includes(`<@${ws.botUser}>`);
  /** In a channel a message is the bot's to hear only when it mentions it. */
  const isToBot = async ({ channel, user }: Address, text: string) =>
    mentions(text) || (channel !== undefined && (await ws.isDirect(channel, user)));

  const say = async (speaker: Speaker, text: string, address: Address, trigger?: string) => {
    const { result: reply, place } = await slowly(address, () => ask(bot, speaker, text));
    const asked = trigger === undefined ? null : formAtOnce(reply, bot.registry.commands);
    // A form without anything else to read opens at once: a trigger is good for three seconds only.
    if (asked !== null && place === null && trigger !== undefined)
      if (await open(asked.token, asked.form, trigger)) return;
    await takePushes(bot, speaker, reply);
    const standing = await answerReply(address, speaker, reply, place);
    const { said } = speaker;
    if (said !== undefined) await noteHeard(bot, { ...speaker, said }, text, { reply, standing });
  };

  const slowly = <T>(address: Address, work: (meanwhile: Meanwhile) => Promise<T>) =>
    patiently(ws, address, settings.patienceMs, work);

  const answerReply = async (
    where: Address,
    speaker: Speaker,
    reply: Reply,
    place: PlaceholderPlace | null = null,
  ): Promise<StandingAnswer | null> => {
    if (isToldAgain(bot, speaker, reply)) return null;
    const { answer: told, privately } = reply;
    return inTurn(where.user, () => {
      const { person, inbound } = speaker;
      const address = { ...where, inbound };
      const card = isRefusal(told) ? told : told.card;
      if (privately === undefined) return answer(ws, address, person, card, place);
      return answerInPrivate(ws, address, person, { card, what: privately }, place);
    });
  };

  const open = async (token: string, form: Pick<Form, "title" | "fields">, trigger: string) =>
    (await called(ws.client.views.open({ trigger_id: trigger, view: formView(token, form) }))).kind ===
    "done";
  return app;
}

const placeOf = (standing: StandingAnswer | null): PlaceholderPlace | null =>
  standing && { kind: "message", channel: standing.chat, ts: standing.externalId };

/** What comes in passes the inbox first (`receivers.ts`): the app itself listens nowhere. */
const elsewhere: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};
