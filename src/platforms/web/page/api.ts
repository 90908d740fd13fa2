import type { Hint } from "../../../chat/hint.ts";
import type { ClockMove, ConsoleMessage, Session } from "../console.ts";
import { tab } from "./tab.ts";

/** The server's answer when it refuses, or `offline` when there was none. The message is fit to be shown. */
export class ApiError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A file with its caption; those of one sending share an `album`. */
export type FileToSend = { file: File; caption: string; album: string };

export const api = {
  /** On a network: ends this browser's sign-in. */
  async signOut() {
    await fetch("/sign-out", { method: "POST" });
    location.assign("/sign-in");
  },
  session: () => call<Session>("GET", "/api/session"),
  choosePersona: (id: number | null) => call<Session>("POST", "/api/persona", { id }),
  history: (before?: number) =>
    call<ConsoleMessage[]>("GET", before === undefined ? "/api/messages" : `/api/messages?before=${before}`),
  say: (id: string, text: string) => call<ConsoleMessage[]>("POST", "/api/say", { id, text }),
  hint: (text: string) => call<Hint>("POST", "/api/hint", { text }),
  file: (id: string, { file, caption, album }: FileToSend) => {
    const parts = new FormData();
    parts.set("id", id);
    parts.set("caption", caption);
    parts.set("album", album);
    parts.set("file", file);
    return call<ConsoleMessage[]>("POST", "/api/file", parts);
  },
  /** `form` names this one time that the button's form was opened. */
  press: (id: string, token: string, fill: Record<string, string>, form?: string) =>
    call<ConsoleMessage[]>("POST", "/api/press", { id, token, fill, ...(form ? { form } : {}) }),
  clock: (move: ClockMove) =>
    call<{ now: string; slots: number; deliveries: number }>("POST", "/api/clock", move),
};

/** Names a request, so that sending it again after a lost answer does nothing twice. */
export function newRequestId(): string {
  // Not crypto.randomUUID: browsers withhold it from plain-HTTP pages of an office network.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** What went wrong, in words for the person. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  console.error(error);
  return "页面出了点问题，请刷新后再试。";
}

async function call<Answer>(method: "GET" | "POST", path: string, body?: unknown): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      ...(body === undefined ? {} : contentOf(body)),
      headers: { ...headersOf(body), ...speaker() },
    });
  } catch {
    throw new ApiError("offline", "连不上服务器，请稍后再试。");
  }
  // Signed out, here or elsewhere: the page shows nothing more of what was theirs.
  if (response.status === 401) location.assign("/sign-in");
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as Answer;
  const { code = "internal", message = "服务器没有正常回答，请稍后再试。" } = answer?.error ?? {};
  throw new ApiError(code, message);
}

const contentOf = (body: unknown) => ({ body: body instanceof FormData ? body : JSON.stringify(body) });

/** The browser writes the header of a form's parts itself: it names their boundary. */
const headersOf = (body: unknown) =>
  body === undefined || body instanceof FormData ? {} : { "Content-Type": "application/json" };

function speaker(): Record<string, string> {
  const persona = tab.persona();
  return persona === null ? {} : { "Lantian-Persona": persona };
}
