import { randomUUID } from "node:crypto";
import type { DrawnCard } from "../../chat/card.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { ask, type Lantian, press, type Reply, type Speaker } from "../../chat/router.ts";
import { fixedClock } from "../../clock.ts";
import { environment, readConfig } from "../../config.ts";
import { deliverDue } from "../../delivery/worker.ts";
import { boot } from "../../ops/boot.ts";
import { webDoor } from "../web/door.ts";
import { print, readOptions, script, UsageFault } from "./options.ts";
import { textOf } from "./text.ts";

const how =
  'usage: npm run -s say -- [--as PERSON] [--now ISO] [--json] [--fill NAME=VALUE]... "TEXT" | --press ACTION';

await script(async () => {
  const { values, positionals } = readOptions(
    {
      options: {
        as: { type: "string" },
        now: { type: "string" },
        json: { type: "boolean", default: false },
        fill: { type: "string", multiple: true, default: [] },
        press: { type: "string" },
      },
    },
    how,
  );
  if (values.press === undefined ? positionals.length === 0 : positionals.length > 0)
    throw new UsageFault(how);
  const fill = Object.fromEntries(
    values.fill.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new UsageFault(`--fill takes NAME=VALUE, not "${pair}"\n${how}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const { bot: running } = await boot(readConfig(environment()));
  try {
    const bot =
      values.now === undefined ? running : { ...running, clock: fixedClock(momentOf(values.now, running)) };
    const speaker = await speakerOf(bot, values.as);
    const reply =
      values.press === undefined
        ? await ask(bot, speaker, positionals.join(" "), fill)
        : await press(bot, speaker, values.press, fill);
    await deliverDue(bot, [webDoor(bot)]);
    return show(reply, values.json);
  } finally {
    running.store.close();
  }
});

function show(reply: Reply, json: boolean): number {
  const { answer, command, deliveries } = reply;
  if (isRefusal(answer)) {
    print(json, { ok: false, error: { code: answer.code, message: answer.message } }, answer.message);
    return 1;
  }
  const told = deliveries.map((d) => `→ ${d.audience}：${d.title}`);
  const document = {
    ok: true,
    command,
    card: { title: answer.card.title, text: textOf(answer.card), actions: actionsOf(answer.card) },
    facts: answer.card.facts ?? {},
    deliveries,
  };
  const buttons = document.card.actions.map((a) => `[${a.label}] ${a.action}`);
  print(json, document, [document.card.text, ...buttons, ...told].join("\n"));
  return 0;
}

function actionsOf(card: DrawnCard) {
  return card.buttons.flatMap((b) =>
    b.kind === "say"
      ? []
      : [
          {
            label: b.label,
            action: b.token,
            fields: b.fields.map(({ name, label, kind, required, options, hint }) => ({
              name,
              label,
              kind,
              required,
              ...(options ? { options: options.map((o) => o.value) } : {}),
              ...(hint ? { hint } : {}),
            })),
          },
        ],
  );
}

/** The person of a name, id or terminal handle; without one the speaker is a stranger, and a new one each time. */
async function speakerOf(bot: Lantian, as: string | undefined): Promise<Speaker> {
  if (as === undefined)
    return {
      identity: { platform: "terminal", workspace: "", userKey: `stranger-${randomUUID()}` },
      person: null,
    };
  const identity = { platform: "terminal" as const, workspace: "", userKey: as };
  const person = await bot.store.read(
    async ({ people }) =>
      (await people.byName(as)) ??
      (await people.byIdentity(identity)) ??
      (/^\d+$/.test(as) ? await people.byId(Number(as)) : null),
  );
  if (person === null || !person.active)
    throw new UsageFault(`--as: nobody is called "${as}"; see: npm run -s say -- --as 市办 人员`);
  return { identity, person };
}

function momentOf(text: string, bot: Lantian): Temporal.Instant {
  if (!bot.demo)
    throw new UsageFault("--now works on a demonstration database only; this one runs on the real clock");
  try {
    if (/Z$|[+-]\d{2}:\d{2}$/.test(text)) return Temporal.Instant.from(text);
    return Temporal.PlainDateTime.from(text).toZonedDateTime(bot.office.pack.timeZone).toInstant();
  } catch {
    throw new UsageFault(`--now takes a time such as 2020-06-15T09:00, not "${text}"`);
  }
}
