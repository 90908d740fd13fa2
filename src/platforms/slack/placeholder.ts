import { undrawn } from "../../bot/draw.ts";
import type { Meanwhile } from "../../bot/long-action.ts";
import type { DrawnCard } from "../../chat/card.ts";
import type { Address, PlaceholderPlace } from "./address.ts";
import { drawMessages, type SlackMessage } from "./blocks.ts";
import { called } from "./calls.ts";
import { threadPlace } from "./posted.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Waits for what somebody is to be answered. When it takes longer than `patienceMs` they are told so meanwhile, where the
 * answer will stand, and what it shows of itself stands there, too: in a channel, where others read, they are only told to
 * wait. `place` is null where nothing was said or Slack gives no way to replace it.
 */
export async function patiently<T>(
  ws: Workspace,
  address: Address,
  patienceMs: number,
  work: (meanwhile: Meanwhile) => Promise<T>,
): Promise<{ result: T; place: PlaceholderPlace | null }> {
  let told: Promise<PlaceholderPlace | null> = Promise.resolve(null);
  // A courtesy: when it fails the answer simply comes without it.
  const timer = setTimeout(() => {
    told = sayWait(ws, address).catch(() => null);
  }, patienceMs);
  const meanwhile = async (shown: DrawnCard) => {
    clearTimeout(timer);
    const { user, channel } = address;
    const isDirect = channel === undefined || (await ws.isDirect(channel, user));
    told = told.then((place) => (isDirect ? show(ws, user, place, shown) : place)).catch(() => null);
    await told;
  };
  try {
    const result = await work(meanwhile);
    clearTimeout(timer);
    return { result, place: await told };
  } finally {
    clearTimeout(timer);
  }
}

async function show(
  ws: Workspace,
  user: string,
  place: PlaceholderPlace | null,
  shown: DrawnCard,
): Promise<PlaceholderPlace | null> {
  const message = { ...(drawMessages(shown, 1)[0] ?? waiting), link_names: false };
  if (place?.kind === "message") {
    const { channel, ts } = place;
    await called(ws.client.chat.update({ channel, ts, ...message }));
    return place;
  }
  const opened = await ws.directChannel(user);
  return opened.kind === "done" ? post(ws, opened.value, message) : null;
}

async function post(ws: Workspace, channel: string, message: SlackMessage): Promise<PlaceholderPlace | null> {
  await ws.pace.turn(channel);
  const sent = await called(ws.client.chat.postMessage({ channel, ...message }));
  return sent.kind === "done" && sent.value.ts ? { kind: "message", channel, ts: sent.value.ts } : null;
}

async function sayWait(ws: Workspace, address: Address): Promise<PlaceholderPlace | null> {
  const { user, channel, thread, responseUrl } = address;
  const message = { ...waiting, link_names: false };
  if (channel === undefined || (await ws.isDirect(channel, user))) {
    const opened = await ws.directChannel(user);
    return opened.kind === "done" ? post(ws, opened.value, { ...message, ...threadPlace(thread) }) : null;
  }
  if (responseUrl !== undefined) {
    const body = { response_type: "ephemeral", replace_original: false, ...waiting };
    const said = await ws.respond(responseUrl, body);
    // Through a button's URL the card that bears the button would be replaced.
    return said.kind === "done" && address.ofCommand ? { kind: "url" } : null;
  }
  await ws.pace.turn(channel);
  await called(ws.client.chat.postEphemeral({ channel, user, ...message, ...threadPlace(thread) }));
  return null;
}

const card = undrawn(
  { title: "正在准备", blocks: [{ kind: "text", text: "内容较多，正在准备，请稍候。" }] },
  { demo: false, at: 0 },
);
const waiting = drawMessages(card, 1)[0] ?? { blocks: [], text: card.title };
