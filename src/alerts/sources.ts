import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { shortTime } from "../chat/wording.ts";
import { hashOfSecret, newSecret } from "../office/secret.ts";
import type { IngestSource } from "../store/ingest-sources.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

const toSources = says("数据接入");

/** Where machines send hours to. */
export const INGEST_PATH = "/ingest/hourly";

/** 新增数据接入: a secret for a machine that sends hours, shown once. */
export async function addSource(
  name: string,
  person: Person,
  { store, now, consoleAt }: Context<Writer>,
): Promise<Card | Refusal> {
  if (consoleAt === undefined) return refuse("no-data", "控制台没有运行，不能接入，请联系系统管理员。");
  const known = await store.ingestSources.standing();
  if (known.some((one) => one.name === name))
    return refuse("conflict", `已有名为“${name}”的数据接入，请换个名称，或先停用原来的。`, ["数据接入"]);
  const secret = newSecret();
  const id = await store.ingestSources.add({
    name,
    tokenHash: hashOfSecret(secret),
    createdAt: now.epochMilliseconds,
    createdBy: person.id,
  });
  return {
    title: `已新增数据接入：${name}`,
    tone: "good",
    receipt: `已新增数据接入：${name}`,
    subject: `ingest:${id}`,
    audit: { name },
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "地址", value: `POST ${consoleAt.url}${INGEST_PATH}` },
          { label: "令牌", value: secret },
        ],
      },
      {
        kind: "text",
        text: "令牌只显示这一次，放在请求头 Authorization: Bearer 后面；它只能报送小时数据，看不到任何内容。泄露了请停用后重新新增。",
      },
      ...(consoleAt.onNetwork
        ? []
        : [{ kind: "note" as const, text: "控制台没有公布网址，只能从运行本系统的机器上报送" }]),
    ],
    buttons: [toSources("数据接入")],
    facts: { source: name, path: INGEST_PATH },
  };
}

/** What is said of a source in the list of them. */
export function sourceWords(
  { name, createdAt, lastAt }: IngestSource,
  { office }: Pick<Context<Writer>, "office">,
): string[] {
  const time = (at: number) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));
  return [name, time(createdAt), lastAt === null ? "还没有" : time(lastAt)];
}
