import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Lantian } from "../../../src/bot/lantian.ts";
import { roundsOf } from "../../../src/delivery/rounds.ts";
import { newCode } from "../../../src/office/invitation.ts";
import type { ConsoleMessage } from "../../../src/platforms/web/console.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import { officeConsole } from "../../../src/platforms/web/office-console.ts";
import { walk } from "../../../src/scheduler/walk.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";
import { until } from "../../support/until.ts";

const OFFICE = "市办";
const LIAISON = "海安联络员";

let office: AnOffice;
let closing: AbortController;
beforeEach(async () => {
  office = await anOffice();
  closing = new AbortController();
});
afterEach(() => {
  closing.abort();
  office.close();
});

/** The console of the office, and how often it asks the store. */
function aConsole() {
  let asked = 0;
  const { store } = office.bot;
  const counting: Lantian = {
    ...office.bot,
    store: {
      ...store,
      read(ask) {
        asked += 1;
        return store.read(ask);
      },
    },
  };
  const service = officeConsole(counting, {
    rounds: roundsOf(office.bot, [webDoor(office.bot)], () => {}),
    walk,
  });
  let pages = 0;
  return {
    service,
    asked: () => asked,
    /** Somebody's page stands open; what it is sent. */
    async opens(name: string | null, closed = closing.signal) {
      pages += 1;
      const persona = name === null ? null : (await office.speakerOf(name)).person?.id;
      const visitor = { key: `browser ${pages}`, ...(name === null ? {} : { persona }) };
      const titles: string[] = [];
      service.subscribe(
        visitor,
        (messages: ConsoleMessage[]) =>
          void titles.push(...messages.map(({ card, text }) => card?.title ?? text ?? "")),
        closed,
      );
      return { visitor, titles };
    },
  };
}

const pushes = async (to: string, title: string) => {
  const personId = (await office.speakerOf(to)).person?.id ?? 0;
  await office.bot.store.write((w) =>
    w.messages.add({
      ...{ platform: "web", conversation: { personId }, direction: "out", at: 0 },
      card: { title },
    }),
  );
};

describe("pages that stand open", () => {
  test("are shown what is new in their own conversation, all of somebody's, and nothing of anybody else's", async () => {
    const { opens } = aConsole();
    const [mine, mineToo, other] = [await opens(LIAISON), await opens(LIAISON), await opens(OFFICE)];
    await pushes(LIAISON, "给海安");
    await until(() => mine.titles.length > 0 && mineToo.titles.length > 0);
    await pushes(OFFICE, "给市办");
    await until(() => other.titles.length > 0);
    expect([mine.titles, mineToo.titles, other.titles]).toEqual([["给海安"], ["给海安"], ["给市办"]]);
  });

  test("cost a change one query in all: two hundred of them as many as one", async () => {
    const queriesWith = async (crowd: number) => {
      const pages = new AbortController();
      const { asked, opens } = aConsole();
      const mine = await opens(LIAISON, pages.signal);
      for (let i = 0; i < crowd; i++) await opens(OFFICE, pages.signal);
      // The first news tells each page whose it is.
      await pushes(LIAISON, "第一件");
      await until(() => mine.titles.length === 1);
      const before = asked();
      await pushes(LIAISON, "第二件");
      await until(() => mine.titles.length === 2);
      pages.abort();
      return asked() - before;
    };
    const alone = await queriesWith(0);
    expect(alone).toBeLessThanOrEqual(2);
    expect(await queriesWith(200)).toBe(alone);
  });

  test("follow their person when somebody is linked in the browser, and show nothing more to whoever has left", async () => {
    const { opens, service } = aConsole();
    const page = await opens(null);
    const watcher = await opens(OFFICE);
    await pushes(OFFICE, "先有一件");
    await until(() => watcher.titles.length === 1);
    const { code, hash } = newCode();
    await office.bot.store.write((w) =>
      w.people.invite({ codeHash: hash, name: "王芳", role: "office", createdAt: 0, expiresAt: 1e15 }),
    );
    await service.say(page.visitor, { id: "a1", text: `绑定 ${code}` });
    await pushes("王芳", "给王芳");
    await until(() => page.titles.includes("给王芳"));
    const id = (await office.speakerOf("王芳")).person?.id ?? 0;
    await office.bot.store.write((w) => w.people.leave(id, 1));
    await pushes("王芳", "离任以后");
    await pushes(OFFICE, "又一件");
    await until(() => watcher.titles.includes("又一件"));
    expect(page.titles).not.toContain("离任以后");
  });
});
