import { createHash } from "node:crypto";
import type { SlackOffice } from "./office.ts";

/** A file that a person sends; `size` is what is said of it, true or not. */
export type Sharing = { name: string; bytes: Uint8Array; size?: number; withheld?: boolean };

let serial = 0;

/** Files as Slack announces them in one message; one that is `withheld` has to be asked for by its id. */
export function announce({ slack }: Pick<SlackOffice, "slack">, files: readonly Sharing[]) {
  return files.map(({ name, bytes, size = bytes.length, withheld }) => {
    serial += 1;
    const id = `FIN${serial}`;
    const url = slack.addFile(id, { bytes, type: "application/octet-stream", name });
    if (withheld) return { id, mode: "file_access", file_access: "check_file_info" };
    return { id, name, size, mode: "hosted", url_private: url };
  });
}

/** Somebody sends files in one direct message. @returns the texts of the answers to it. */
export async function shares(here: SlackOffice, user: string, text: string, files: readonly Sharing[]) {
  const before = here.slack.directTo(user).length;
  await here.sends.message(user, text, { subtype: "file_share", files: announce(here, files) });
  await here.settled();
  return here.slack.directTo(user).slice(before);
}

export const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The files that stand in messages, message by message: name and hash of each. */
export const filesIn = (messages: ReturnType<SlackOffice["slack"]["directTo"]>) =>
  messages.flatMap(({ files }) =>
    files
      ? [files.map(({ title, bytes }) => ({ name: title, hash: hashOf(bytes ?? new Uint8Array()) }))]
      : [],
  );
