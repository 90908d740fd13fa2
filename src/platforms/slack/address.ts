import type { Speaker } from "../../bot/lantian.ts";

/** Where an answer belongs: in a direct message everybody concerned reads all of it, elsewhere only who asked. */
export type Address = {
  user: string;
  /** Unset where there is none, as in the Home tab: then the direct messages are it. */
  channel?: string | undefined;
  thread?: string | undefined;
  responseUrl?: string | undefined;
  /** The response_url came with a slash command: what was said through it can be replaced through it. */
  ofCommand?: boolean;
  /** The message that is answered: its answer's files go out once. */
  inbound?: number | undefined;
};

/** Where a placeholder stands whose place the answer takes: a message of ours, or the last one said through the response_url. */
export type PlaceholderPlace = { kind: "message"; channel: string; ts: string } | { kind: "url" };

/** Whose answer nobody else reads, although others are there. */
export const quietly = (speaker: Speaker | null): Speaker | null =>
  speaker?.chat === undefined ? speaker : { ...speaker, chat: { ...speaker.chat, quiet: true } };
