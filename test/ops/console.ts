import { type Running, start, startHere } from "../support/scripts.ts";

const QUIETLY = { PORT: "0", LOG_LEVEL: "silent" };

/** The whole bot as `npm start` starts it, on a free port. */
export function startBot(database: string, env: Readonly<Record<string, string>> = {}): Running {
  return start("start", [], database, { ...QUIETLY, ...env });
}

/** The whole bot in this process, where it needn't be killed and nothing rests on its being another one. */
export function startBotHere(database: string, env: Readonly<Record<string, string>> = {}) {
  return startHere([], database, { ...QUIETLY, ...env });
}

/** The console's address, once it serves. */
export async function addressOf(running: Pick<Running, "said">): Promise<string> {
  return (await running.said(/http:\/\/[\w.:]+/))[0];
}

/** A browser before the console of a demonstration, as one of its people. */
export async function aVisitor(url: string, personId: number) {
  const first = await fetch(`${url}/api/session`);
  await first.body?.cancel();
  const cookie = (first.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const post = (path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url, cookie },
      body: JSON.stringify(body),
    });
  await (await post("/api/persona", { id: personId })).body?.cancel();
  return {
    /** Says something under an id of the browser's; whether it was answered. */
    async says(id: string, text: string): Promise<boolean> {
      try {
        const response = await post("/api/say", { id, text });
        const answer = (await response.json()) as { card?: { title: string } }[];
        return response.ok && answer.some((message) => message.card !== undefined);
      } catch {
        return false;
      }
    },
    /** Sends a file under an id of the browser's; null when the answer never came. */
    async sends(id: string, name: string, bytes: Uint8Array): Promise<Response | null> {
      const body = new FormData();
      body.set("id", id);
      body.set("file", new File([new Uint8Array(bytes)], name));
      const headers = { origin: url, cookie };
      return fetch(`${url}/api/file`, { method: "POST", headers, body }).catch(() => null);
    },
    /** The conversation as it stands: what was said, and the cards' titles and words. */
    async reads(): Promise<string[]> {
      const answer = await fetch(`${url}/api/messages`, { headers: { cookie } });
      const messages = (await answer.json()) as {
        text?: string;
        card?: { title: string; blocks: object[] };
      }[];
      return messages.map(({ text, card }) => text ?? `${card?.title} ${JSON.stringify(card?.blocks)}`);
    },
  };
}
