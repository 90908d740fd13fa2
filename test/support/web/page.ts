import { isDeepStrictEqual } from "node:util";
import type { ConsoleMessage } from "../../../src/platforms/web/console.ts";

export type Page = Awaited<ReturnType<typeof openPage>>;

/** The console as a page has it: a cookie, requests, and the stream of what is new or redrawn. */
export async function openPage(address: string) {
  let url = address;
  let Cookie = "";
  let serial = 0;
  let listening = new AbortController();
  const known = new Map<number, ConsoleMessage>();

  const call = async (path: string, init: { body?: string | FormData; headers?: object } = {}) => {
    const headers = { Cookie, Origin: url, ...init.headers };
    const response = await fetch(`${url}${path}`, {
      method: init.body ? "POST" : "GET",
      headers,
      ...(init.body ? { body: init.body } : {}),
    });
    Cookie ||= response.headers.get("set-cookie")?.split(";")[0] ?? "";
    return response;
  };
  const messages = async (answer: Promise<Response>): Promise<ConsoleMessage[]> => {
    const response = await answer;
    const body = await response.json();
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
    note(body as ConsoleMessage[]);
    return body as ConsoleMessage[];
  };
  const note = (those: readonly ConsoleMessage[]) => {
    for (const message of those) known.set(message.id, message);
  };
  const nextId = () => {
    serial += 1;
    return `request-${serial}`;
  };
  const history = async () => (await (await call("/api/messages")).json()) as ConsoleMessage[];

  /** Begins to listen; what stood there before is asked for, as a page does when it is opened. */
  const connect = async (to: string) => {
    url = to;
    listening = new AbortController();
    const { signal } = listening;
    const stream = await fetch(`${url}/api/events`, { headers: { Cookie, Origin: url }, signal });
    void heard(stream, note).catch(() => undefined);
    note(await history());
  };

  await call("/api/session");
  await connect(url);
  return {
    connect,
    disconnect: () => listening.abort(),
    /** The secret of the cookie. */
    key: () => Cookie.split("=")[1] ?? "",
    history,
    asks: (path: "say" | "press", what: object) =>
      messages(
        call(`/api/${path}`, {
          body: JSON.stringify({ id: nextId(), ...what }),
          headers: { "Content-Type": "application/json" },
        }),
      ),
    sends({ name, bytes }: { name: string; bytes: Uint8Array }, caption: string) {
      const body = new FormData();
      body.set("id", nextId());
      body.set("caption", caption);
      body.set("file", new File([new Uint8Array(bytes)], name));
      return messages(call("/api/file", { body }));
    },
    opens: async (token: string) => Buffer.from(await (await call(`/files/${token}`)).arrayBuffer()),
    /** What the page shows, once the stream has brought everything that the conversation holds. */
    async shows(): Promise<ConsoleMessage[]> {
      const end = performance.now() + 20_000;
      for (;;) {
        const all = await history();
        if (all.every((message) => isDeepStrictEqual(known.get(message.id), message))) return all;
        if (performance.now() > end)
          throw new Error("the page wasn't told of what stands in its conversation");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

async function heard(stream: Response, note: (messages: ConsoleMessage[]) => void): Promise<void> {
  let buffer = "";
  for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (buffer + chunk).split("\n\n");
    buffer = events.pop() ?? "";
    for (const event of events) {
      const data = event.match(/^data: ?(.*)$/m)?.[1];
      if (/^event: ?messages$/m.test(event) && data) note(JSON.parse(data) as ConsoleMessage[]);
    }
  }
}
