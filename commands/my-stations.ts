import { z } from "zod";
import { allOf, chooseStations, ownStationsCard, placesOf } from "../src/air/own-stations.ts";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { ownPatrols } from "../src/patrols/own.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const who = only("看自己的点位", "station-chief");

/** 我的点位：the figures of the stations that a chief looks after, beside those of their county. */
export default command({
  name: "mystations",
  words: ["我的点位", "我的站点", "增减点位"],
  help: { does: "看自己负责点位的最新数据、本月巡查和发现的问题", example: "我的点位" },
  who,
  audience: "person",
  args: z.object({}),
  answer: ({ person }, context): Promise<Card> => shown(person, context),
});

const noFields = z.object({});
const ofStation = z.object({ station: z.string() });

/** 增减点位: the stations of the chief's places, to take one on or to leave one. */
export const changeStations = action({
  name: "mystations.change",
  label: "增减点位",
  params: noFields,
  fields: noFields,
  press: async ({ person }, context) => forbidden(person, context) ?? chooseStations(person, context),
});

/** A chief says which station is theirs; only one of their own places can be. */
export const takeStation = action({
  name: "mystations.take",
  label: "设为我的点位",
  params: ofStation,
  fields: noFields,
  async press({ params: { station }, person }, context) {
    const refusal = await notTheirs(station, person, context);
    if (refusal !== null) return refusal;
    await context.store.ownStations.take(person.id, station, context.now.epochMilliseconds);
    return settled("已设为我的点位", person, context);
  },
});

export const leaveStation = action({
  name: "mystations.leave",
  label: "不再负责",
  params: ofStation,
  fields: noFields,
  async press({ params: { station }, person }, context) {
    const refusal = await notTheirs(station, person, context);
    if (refusal !== null) return refusal;
    await context.store.ownStations.leave(person.id, station);
    return settled("已去掉点位", person, context);
  },
});

const settled = (title: string, person: Person, context: Context<Reader>) => shown(person, context, title);

/** A chief's stations: their newest figures, this month's patrols and what was found; asked for where they have taken on none. */
async function shown(person: Person, context: Context<Reader>, title?: string): Promise<Card> {
  const card = await ownStationsCard(person, context, title);
  if (card === null) return chooseStations(person, context);
  const patrols = await ownPatrols(person, context);
  if (patrols === null) return card;
  return {
    ...card,
    blocks: [...card.blocks, ...patrols.blocks],
    buttons: [...(card.buttons ?? []), ...patrols.buttons],
    facts: { ...card.facts, ...patrols.facts },
  };
}

const forbidden = (person: Person, { office, today }: Context<Reader>): Refusal | null =>
  who.check({ person, args: {}, office, today });

async function notTheirs(id: string, person: Person, context: Context<Reader>): Promise<Refusal | null> {
  const places = await placesOf(person, context);
  const theirs = places.some((place) => allOf(place).some(({ station }) => station.id === id));
  if (theirs) return forbidden(person, context);
  return refuse("forbidden", "这个站点不在您的地区，请重新选择。", ["我的点位"]);
}
