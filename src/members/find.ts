import { scopeName } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { inEachPost, isSamePost } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { bareName } from "./names-apart.ts";
import { readMandate } from "./said.ts";

/**
 * The member whom somebody calls by name. People of one name are told apart by what they stand for, 张三（海安）, and asked
 * apart where only the name was said; `again` makes the phrase that says which.
 */
export async function memberCalled(
  typed: string,
  again: (name: string) => string,
  { store, office, today, names }: Pick<Context<Reader>, "store" | "office" | "today" | "names">,
): Promise<Person | Refusal> {
  const name = typed
    .normalize("NFKC")
    .replace(/[\s]/g, "")
    .replace(/\((.*)\)$/, "（$1）");
  const people = await store.people.all();
  const exact = people.find((person) => person.name === name);
  if (exact !== undefined) return exact;
  const same = people.filter((person) => bareName(person.name) === name);
  if (same.length === 1) return same[0] as Person;
  if (same.length > 1)
    return refuse(
      "unknown-person",
      `有${same.length}位${name}：${same.map((one) => one.name).join("、")}。请写明是哪一位。`,
      same.map((one) => again(one.name)),
    );
  // 海安张三 says whose it is, too.
  const scoped = people.filter((p) => `${scopeName(p, office, today)}${bareName(p.name)}` === name);
  if (scoped.length === 1) return scoped[0] as Person;
  // So does the post, where one person holds it: 海安联络员.
  const mandate = readMandate(name, { office, names, today });
  const holders = isRefusal(mandate)
    ? []
    : people.filter((p) => inEachPost(p).some((post) => !post.behalf && isSamePost(post, mandate)));
  if (holders.length === 1) return holders[0] as Person;
  if (holders.length > 1)
    return refuse(
      "unknown-person",
      `${name}有${holders.length}位：${holders.map((one) => one.name).join("、")}。请写明是哪一位。`,
      holders.map((one) => again(one.name)),
    );
  const near = names.nearest(
    name,
    people.map((person) => person.name),
  );
  return refuse(
    "unknown-person",
    `成员里没有“${typed.trim().slice(0, 20)}”。${near.length > 0 ? `您要找的是${near.map((one) => `“${one}”`).join("或")}吗？` : ""}发送“人员”看名单。`,
    near.length > 0 ? near.map(again) : ["人员"],
  );
}
