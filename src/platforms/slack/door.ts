import { drawCard, undrawn } from "../../bot/draw.ts";
import type { DrawnCard } from "../../chat/card.ts";
import { cardToSend } from "../../delivery/card-to-send.ts";
import type { Door, Outcome, Recipient } from "../../delivery/door.ts";
import type { Delivery, OutboxRow } from "../../store/outbox.ts";
import { HELD_BY } from "../../store/outbox-moves.ts";
import { followingFiles } from "../kit/following-files.ts";
import { bundled, missingCard, openForSlack } from "./attach.ts";
import { drawMessages } from "./blocks.ts";
import { type Called, called, tokenErrors } from "./calls.ts";
import { EDITS } from "./pace.ts";
import { filesReadBack, markOf, readBack } from "./read-back.ts";
import { NO_ACCOUNT, reasonOf } from "./reasons.ts";
import { upload } from "./upload.ts";
import { type Workspace, whyOf } from "./workspace.ts";

/** How long nothing is sent after Slack has refused the bot itself. */
const REFUSED_MS = 60_000;

const { bringsFiles, filesAfter } = followingFiles("slack", bundled);

const lackingRights = new Set(["missing_scope", "no_permission"]);
const deadChats = new Set([
  "channel_not_found",
  "is_archived",
  "not_in_channel",
  "restricted_action",
  "restricted_action_read_only_channel",
  "restricted_action_thread_only_channel",
]);
const uneditable = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);

/**
 * Slack's door: one delivery is one message, marked with its row, so that nobody needs to guess whether it arrived.
 * Channels keep their pace; a message that can't be edited any more is sent again.
 */
export function slackDoor(ws: Workspace): Door {
  let refusedUntil = 0;
  let lacking = "";

  const outcomeOf = (
    failure: Exclude<Called<unknown>, { kind: "done" }>,
    channel: string,
    row: OutboxRow,
  ): Exclude<Outcome, { kind: "accepted" | "settled" | "taken" }> => {
    switch (failure.kind) {
      case "limited":
        ws.pace.rest(channel, failure.afterMs, row.id);
        return { kind: "later", afterMs: failure.afterMs, why: whyOf(failure) };
      case "refused":
        if (!tokenErrors.has(failure.error) && !lackingRights.has(failure.error))
          return { kind: "failed", why: reasonOf(failure.error) };
        // A wrong token is nobody's message's fault: all of them wait until it has been mended.
        refusedUntil = ws.timing.now() + REFUSED_MS;
        // That the token is refused is heard wherever it happens; what it lacks is said here.
        if (lackingRights.has(failure.error) && lacking !== failure.error)
          ws.bot.report(new Error(`Slack refuses the bot: ${failure.error}`), "slack-rights");
        lacking = failure.error;
        return { kind: "later", afterMs: REFUSED_MS, why: HELD_BY.refusal };
      case "unreachable":
      case "unknown":
        return failure;
      default:
        return failure satisfies never;
    }
  };

  /** Where a person's messages went last: good enough to ask how long a message waits, without a look into the store. */
  const lastChannel = new Map<number, string>();

  const channelOf = async (
    row: OutboxRow,
    to: Recipient,
  ): Promise<{ channel: string; user: string } | Outcome> => {
    if (to.kind === "chat") return { channel: to.chat.chatKey, user: "" };
    const account = await ws.bot.store.read((r) => r.people.accountOn(to.person.id, "slack", row.accountId));
    if (account === null || account.workspace !== ws.team) return { kind: "failed", why: NO_ACCOUNT };
    const opened = await ws.directChannel(account.userKey);
    if (opened.kind === "done") {
      if (row.accountId === null) lastChannel.set(to.person.id, opened.value);
      return { channel: opened.value, user: account.userKey };
    }
    // Opening a channel shows nothing to anybody: without an answer it may simply be asked again.
    const outcome = outcomeOf(opened, account.userKey, row);
    return outcome.kind === "unknown" ? { kind: "unreachable", why: outcome.why } : outcome;
  };

  const post = async (row: OutboxRow, to: Recipient, channel: string, card: DrawnCard): Promise<Outcome> => {
    const [message] = drawMessages(card, 1);
    if (message === undefined) return { kind: "failed", why: "an empty card" };
    const sent = await called(
      ws.client.chat.postMessage({
        channel,
        ...message,
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
        metadata: markOf(row),
      }),
    );
    if (sent.kind === "done") {
      if (!sent.value.ts) return { kind: "unknown", why: "Slack named no message" };
      return { kind: "accepted", chat: sent.value.channel ?? channel, externalId: sent.value.ts };
    }
    if (sent.kind === "refused" && deadChats.has(sent.error) && to.kind === "chat")
      return { kind: "failed", why: reasonOf(sent.error), gone: true };
    return outcomeOf(sent, channel, row);
  };

  /** Slack's ids of files that may stand in a chat, by the delivery that brought them. */
  const inDoubt = new Map<number, string>();
  /** Files that follow a card. What can't be opened any more is told instead. */
  const sendFiles = async (
    row: OutboxRow,
    { person }: Extract<Recipient, { kind: "person" }>,
    { channel, user }: { channel: string; user: string },
    card: DrawnCard,
  ): Promise<Outcome> => {
    const identity = { platform: "slack", workspace: ws.team, userKey: user } as const;
    const bundle = await openForSlack(ws.bot, { identity, person }, card.files ?? []);
    if (bundle.files.length === 0) {
      const missing = missingCard(bundle);
      return ws.pace.inTurn(
        channel,
        () => post(row, { kind: "person", person }, channel, missing),
        "delivery",
      );
    }
    const sent = await upload(ws, channel, bundle, { what: "delivery" });
    if (sent.kind === "done") return { kind: "accepted", chat: channel, externalId: sent.value };
    // A right that the app lacks for files alone holds up nothing else.
    const outcome: Outcome =
      sent.kind === "refused" && sent.error === "missing_scope"
        ? { kind: "failed", why: "Slack应用没有发送文件的权限，请按说明更新应用权限" }
        : outcomeOf(sent, channel, row);
    if (sent.kind === "unknown") inDoubt.set(row.id, sent.ids);
    return outcome.kind === "failed" ? { ...outcome, unfit: true } : outcome;
  };

  const edit = async (row: OutboxRow, to: Recipient, card: DrawnCard): Promise<Outcome> => {
    const standing = await ws.bot.store.read((r) => r.messages.byId(row.messageId ?? 0));
    if (standing === null || standing.platform !== "slack" || !standing.externalId || !standing.chat)
      return { kind: "failed", why: "the message to edit isn't known" };
    const { chat: channel, externalId: ts } = standing;
    await ws.pace.turn(EDITS, "delivery");
    const [message] = drawMessages(card, 1);
    if (message === undefined) return { kind: "failed", why: "an empty card" };
    const edited = await called(ws.client.chat.update({ channel, ts, ...message, link_names: false }));
    if (edited.kind === "done") return { kind: "accepted", chat: channel, externalId: ts };
    if (edited.kind !== "refused" || !uneditable.has(edited.error)) return outcomeOf(edited, EDITS, row);
    if (card.onlyInPlace) return { kind: "failed", why: edited.error };
    // An earlier attempt may have sent it anew already; an edit is repeated without being read back by the worker.
    const earlier = row.attempts > 0 ? await readBack(ws, row, channel) : "absent";
    const again = () => ws.pace.inTurn(channel, () => post(row, to, channel, card), "delivery");
    const posted: Outcome =
      earlier === "absent" || earlier === "unsure"
        ? await again()
        : { kind: "accepted", chat: channel, externalId: earlier };
    if (posted.kind === "accepted")
      await ws.bot.store.write((w) => w.messages.moved(standing.id, posted.chat, posted.externalId));
    return posted;
  };

  return {
    platform: "slack",
    remote: true,
    async wait(row, to) {
      const refused = refusedUntil - ws.timing.now();
      if (refused > 0) return refused;
      if (row.kind === "edit") return ws.pace.waitFor(EDITS, row.id);
      const channel = to.kind === "chat" ? to.chat.chatKey : lastChannel.get(to.person.id);
      return channel === undefined ? ws.patience() : ws.pace.waitFor(channel, row.id);
    },
    async deliver(row, to) {
      const card = cardToSend(row);
      const drawing = { demo: ws.bot.demo, at: (await ws.bot.clock.now()).epochMilliseconds };
      // Whoever is in a group reads it, and a token is one person's: only what says something is drawn there.
      const drawn =
        to.kind === "chat"
          ? undrawn(card, drawing)
          : await drawCard(ws.bot.store, card, to.person.id, drawing);
      if (row.kind === "edit") return edit(row, to, drawn);
      const where = await channelOf(row, to);
      if ("kind" in where) return where;
      if (to.kind === "person" && bringsFiles(row)) return sendFiles(row, to, where, drawn);
      const sent = await ws.pace.inTurn(where.channel, () => post(row, to, where.channel, drawn), "delivery");
      return withFiles(row, sent);
    },
    goOn() {
      refusedUntil = 0;
    },
    async find(row, to) {
      const ids = inDoubt.get(row.id);
      // Whoever was sending files when the bot stopped took their ids along.
      if (bringsFiles(row) && ids === undefined) return "unsure";
      const where = await channelOf(row, to);
      // Whoever has no chat with the bot any more has none that could be looked into, now or later.
      if ("kind" in where && where.kind === "failed") return "unsure";
      if ("kind" in where) throw new Error("the channel isn't known");
      const { channel } = where;
      if (ids !== undefined) {
        const found = await filesReadBack(ws, { ids, since: row.createdAt }, { channel });
        inDoubt.delete(row.id);
        return found === "absent" || found === "unsure" ? found : { chat: channel, externalId: ids };
      }
      const found = await readBack(ws, row, channel);
      if (found === "absent" || found === "unsure") return found;
      return withFiles(row, { chat: channel, externalId: found });
    },
  };
}

/** What was accepted, with the deliveries of its files. */
function withFiles<T extends object>(row: OutboxRow, accepted: T): T & { follow?: Delivery[] } {
  const follow = "externalId" in accepted ? filesAfter(row) : [];
  return follow.length > 0 ? { ...accepted, follow } : accepted;
}
