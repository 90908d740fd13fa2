import { BOT, type Memory, refuse, type Uploaded } from "./memory.ts";

// biome-ignore lint/suspicious/noExplicitAny: a server is given whatever a client sends
type Any = any;

const MOST_TOGETHER = 10;
const LARGEST = 1024 ** 3;

/** The two methods that send files, and what Slack tells of a file that somebody else has sent. */
export function fileMethodsOf(memory: Memory): Record<string, (args: Any) => object> {
  const { uploads, shared, granted, nextSerial, nextTs, channelFor, checkComment, pace } = memory;
  const demand = (scope: string) => granted.has(scope) || refuse("missing_scope", scope);
  const origin = () => memory.origin;
  return {
    "files.info": ({ file: id }) => {
      demand("files:read");
      const { file, url } = shared.get(id) ?? refuse("file_not_found");
      return { file: { id, name: file.name, size: file.bytes.length, mode: "hosted", url_private: url } };
    },
    "files.getUploadURLExternal": ({ filename, length }) => {
      demand("files:write");
      if (typeof filename !== "string" || filename === "") refuse("invalid_arguments", "filename");
      const bytes = Number(length);
      if (!Number.isInteger(bytes) || bytes < 1 || bytes > LARGEST) refuse("invalid_arguments", "length");
      const id = `FUP${nextSerial()}`;
      const key = `key-${id}-${nextSerial()}`;
      uploads.set(id, { id, key, name: filename, title: "", length: bytes, bytes: null, shown: false });
      return { upload_url: `${origin()}/upload/${key}`, file_id: id };
    },
    "files.completeUploadExternal": ({ files, channel_id, thread_ts, initial_comment = "" }) => {
      demand("files:write");
      if (!Array.isArray(files) || files.length === 0) refuse("invalid_arguments", "files");
      if (files.length > MOST_TOGETHER) refuse("invalid_arguments", `${files.length} files`);
      const channel = channelFor(channel_id);
      checkComment(initial_comment);
      const those = files.map(({ id, title }: Any): Uploaded => {
        const upload = uploads.get(id) ?? refuse("file_not_found", id);
        if (upload.bytes === null) refuse("file_not_found", `${id} was never brought`);
        if (upload.shown) refuse("file_not_found", `${id} is shown already`);
        return Object.assign(upload, { title: title ?? upload.name });
      });
      if (new Set(those).size < those.length) refuse("invalid_arguments", "a file twice");
      pace(channel.id);
      for (const upload of those) upload.shown = true;
      channel.messages.push({
        ts: nextTs(),
        user: BOT.user,
        bot_id: BOT.id,
        text: initial_comment,
        blocks: [],
        files: those,
        ...(thread_ts ? { thread_ts } : {}),
      });
      return { files: those.map(({ id, title }: Uploaded) => ({ id, title })) };
    },
  };
}

/** Takes the bytes of a file that was announced. @returns Slack's word for it. */
export function bringUpload(memory: Memory, key: string, bytes: Uint8Array): string {
  const upload = [...memory.uploads.values()].find((u) => u.key === key) ?? refuse("unknown place");
  if (upload.shown) refuse("brought after it was shown");
  if (bytes.length !== upload.length) refuse("wrong length", `${bytes.length}, not ${upload.length}`);
  upload.bytes = bytes;
  return `OK - ${bytes.length}`;
}
