import { undrawn } from "../../bot/draw.ts";
import type { Address, PlaceholderPlace } from "./address.ts";
import { drawMessages } from "./blocks.ts";
import { called } from "./calls.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Waits for what somebody is to be answered. When it takes longer than `patienceMs` they are told so meanwhile, where the
 * answer will stand; `place` is null where nothing was said or Slack gives no way to replace it.
 */
export async function patiently<T>(
  ws: Workspace,
  address: Address,
  patienceMs: number,
  work: () => Promise<T>,
): Promise<{ result: T; place: PlaceholderPlace | null }> {
  let told: Promise<PlaceholderPlace | null> = Promise.resolve(null);
  // A courtesy: when it fails the answer simply comes without it.
  const timer = setTimeout(() => {
    told = sayWait(ws, address).catch(() => null);
  }, patienceMs);
  try {
    const result = await work();
    clearTimeout(timer);
    return { result, place: await told };
  } finally {
    clearTimeout(timer);
  }
}

async function sayWait(ws: Workspace, address: Address): Promise<PlaceholderPlace | null> {
  const { user, channel, thread, responseUrl } = address;
  const message = { ...waiting, link_names: false };
  if (channel === undefined || (await ws.isDirect(channel, user))) {
    const opened = await ws.directChannel(user);
    if (opened.kind !== "done") return null;
    await ws.pace.turn(opened.value);
    const sent = await called(ws.client.chat.postMessage({ channel: opened.value, ...message }));
    if (sent.kind !== "done" || !sent.value.ts) return null;
    return { kind: "message", channel: opened.value, ts: sent.value.ts };
  }
  if (responseUrl !== undefined) {
    const body = { response_type: "ephemeral", replace_original: false, ...waiting };
    const said = await ws.respond(responseUrl, body);
    // Through a button's URL the card that bears the button would be replaced.
    return said.kind === "done" && address.ofCommand ? { kind: "url" } : null;
  }
  await ws.pace.turn(channel);
  const where = thread ? { thread_ts: thread } : {};
  await called(ws.client.chat.postEphemeral({ channel, user, ...message, ...where }));
  return null;
}

const card = undrawn(
  { title: "正在准备", blocks: [{ kind: "text", text: "内容较多，正在准备，请稍候。" }] },
  { demo: false, at: 0 },
);
const waiting = drawMessages(card, 1)[0] ?? { blocks: [], text: card.title };
