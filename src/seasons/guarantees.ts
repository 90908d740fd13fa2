import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { periodOf } from "../domain/period.ts";
import { type Guarantee, guaranteesOf } from "../domain/seasons/guarantee.ts";
import type { Reader } from "../store/store.ts";

/** The events and seasons that there are, by their first day. */
export const guaranteesIn = async ({
  store,
  office,
}: Pick<Context<Reader>, "store" | "office">): Promise<Guarantee[]> =>
  guaranteesOf(office.pack, await store.guarantees.all());

/** The one that somebody names, by its name or a part of it that no other has. */
export function guaranteeNamed(all: readonly Guarantee[], word: string): Guarantee | Refusal {
  const said = word.trim();
  const found = all.filter(({ name }) => name.includes(said));
  const one = all.find(({ name }) => name === said) ?? (found.length === 1 ? found[0] : undefined);
  if (one !== undefined) return one;
  const names = all.map(({ name }) => name).join("、");
  return refuse(
    "no-data",
    `没有名为“${said.slice(0, 20)}”的保障。${names === "" ? "用“设定保障”新增。" : `现有：${names}。`}`,
    ["保障"],
  );
}

/** 10月31日至11月10日, as a period. */
export const guaranteePeriod = ({ from, to }: Pick<Guarantee, "from" | "to">) =>
  periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to));
