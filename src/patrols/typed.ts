import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Place } from "../office/office.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { patrolAtButton, patrolFoundButton } from "./card.ts";
import { HOW } from "./own.ts";
import { photoJustSent } from "./photo-sent.ts";
import { ownOf } from "./stations.ts";

const toFound = says("发现");
const ofCounty = (county: Place | undefined, said: string) => `${county?.short ?? ""}${said}`;

/**
 * 巡查 人民路工地裸土 without a photo below which it stands: what was found goes with the photo that was sent just before, by one
 * tap, and where there is none with 发现, by words alone. Nothing is written down by itself.
 */
export async function patrolTyped(
  said: string,
  county: Place | undefined,
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const { store, today } = context;
  if (!holdsRole(person, "station-chief"))
    return refuse("usage", `“${said.slice(0, 20)}”没看懂。查巡查记录请发送“巡查 上月”。`, ["巡查 上月"]);
  const words = ofCounty(county, said);
  const open = await store.patrols.unsaid(person.id, today.toString());
  const photo = open === null ? await photoJustSent(person, context) : null;
  const stations = photo === null ? [] : await ownOf(person, context);
  const buttons =
    open !== null
      ? [
          patrolFoundButton(
            "记入刚才的巡查",
            { patrol: open.id },
            { style: "primary", values: { text: words } },
          ),
        ]
      : stations.map(({ station }) =>
          patrolAtButton(
            `用刚才的照片记入${station.name}`,
            { evidence: photo?.id ?? 0, station: station.id, words },
            { style: "primary" },
          ),
        );
  return {
    title: "巡查发现的情况",
    blocks: [
      { kind: "text", text: `您说的是：${words}` },
      {
        kind: "text",
        text:
          buttons.length > 0
            ? "还没有记录，请按下面的按钮。"
            : `还没有记录：巡查要有点位的现场照片。${HOW}。没有照片的，可以只登记问题。`,
      },
    ],
    buttons: [...buttons, toFound("只登记问题", words)],
    facts: { said: words, patrol: open?.id ?? null, photo: photo?.id ?? null },
  };
}
