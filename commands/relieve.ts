import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { memberCalled } from "../src/members/find.ts";
import { mandateWords } from "../src/members/handover.ts";

/** 免兼：ends what somebody holds beside their main post, and takes back what is planned. */
export default change({
  name: "relieve",
  words: ["免兼", "取消变动"],
  help: { does: "免去兼任，或取消还没生效的调岗、兼任", example: "免兼 {county}联络员" },
  who: only("免去兼任", "office"),
  audience: "person",
  form: "免去兼任",
  args: z.object({
    said: arg.text("姓名", { rest: true, maxLength: 60, hint: "姓名；只免其中一项的再写职务" }),
  }),

  async answer({ args: { said } }, context) {
    const { store, today, now } = context;
    const [who = "", ...rest] = said.trim().split(/[\s，,]+/);
    const person = await memberCalled(who, (name) => `免兼 ${[name, ...rest].join(" ")}`, context);
    if (isRefusal(person)) return person;
    const open = (await store.posts.of(person.id)).filter(({ state }) => state !== "ended");
    const meant = open.filter((row) => rest.every((word) => mandateWords(row, context).includes(word)));
    if (meant.length === 0)
      return refuse(
        "no-data",
        open.length === 0
          ? `${person.name}没有兼任职务，也没有安排好的变动。`
          : `${person.name}没有这项职务，现有：${open.map((row) => mandateWords(row, context)).join("、")}。`,
      );
    await store.posts.end(
      meant.map(({ id }) => id),
      today.toString(),
    );
    const words = meant.map((row) => mandateWords(row, context)).join("、");
    const title = `${person.name}不再${meant.some(({ main }) => main) ? "调任" : "兼任"}${words}`;
    const card = { title, blocks: [{ kind: "text", text: "发送“今日”看等您办的事。" }] };
    await store.outbox.queue(
      {
        key: `post/${meant[0]?.id}/ended/${person.id}`,
        to: { personId: person.id },
        class: "must-arrive",
        card,
      },
      now.epochMilliseconds,
    );
    return {
      title,
      tone: "good",
      subject: `person:${person.id}`,
      audit: {
        person: { id: person.id, name: person.name },
        ended: meant.map(({ role, regionId, departmentId, main, from }) => ({
          role,
          regionId,
          departmentId,
          main,
          from,
        })),
      },
      blocks: [{ kind: "text", text: "这项职务的权限和通知即时停止。" }],
      facts: { person: person.name, ended: words },
    };
  },
});
