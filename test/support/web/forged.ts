import { request } from "node:http";

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
export type Sent = { method?: string; headers?: Readonly<Record<string, string>>; body?: string };

/** One request with exactly these headers, Host among them, which `fetch` keeps to itself. */
export function forged(url: string, path: string, { method = "GET", headers = {}, body }: Sent = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(new URL(path, url), { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A browser that keeps the cookies of one host, behind a proxy that ends TLS. */
export function aBrowser(url: string, origin: string, address = "203.0.113.7") {
  const cookies = new Map<string, string>();
  const go = async (path: string, { method = "GET", headers = {}, body }: Sent = {}) => {
    const answer = await forged(url, path, {
      method,
      headers: {
        host: new URL(origin).host,
        "x-forwarded-proto": "https",
        "x-forwarded-for": address,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(method === "POST" ? { origin } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const set of [answer.headers["set-cookie"] ?? []].flat()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    go(path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  return {
    cookies,
    go,
    form,
    says: (text: string, id = Math.random().toString(36).slice(2)) =>
      go("/api/say", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ id, text }),
      }),
  };
}
