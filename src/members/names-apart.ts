import { roleNames, scopeName } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { Mandate } from "../domain/posts.ts";
import type { Writer } from "../store/store.ts";

/** What somebody is called without what tells them from others of the name: 张三 of 张三（海安）. */
export const bareName = (name: string): string => name.replace(/（[^（）]*）$/, "");

/**
 * People of one name are called apart wherever a name is shown: by what they stand for, by their role as well where that is
 * the same, and by having left. In the caller's transaction; whoever is the only one of a name bears it alone.
 */
export async function callApart(
  bare: string,
  { store, office, today }: Pick<Context<Writer>, "store" | "office" | "today">,
): Promise<void> {
  const same = (await store.people.ever()).filter(({ name }) => bareName(name) === bare);
  if (same.length < 2) {
    const [only] = same;
    if (only !== undefined && only.name !== bare && only.active) await store.people.rename(only.id, bare);
    return;
  }
  const scope = (p: Mandate) => scopeName(p, office, today);
  const wanted = same.map((person) => {
    const alike = same.filter((other) => scope(other) === scope(person));
    const role = alike.length > 1 ? roleNames[person.role].replace(/^(县区|部门|市)/, "") : "";
    const place = person.regionId === null && person.departmentId === null ? "" : scope(person);
    return { person, name: `${bare}（${place}${role || (place === "" ? roleNames[person.role] : "")}）` };
  });
  const used = new Set<string>();
  const changed: { id: number; name: string }[] = [];
  for (const { person, name } of wanted.toSorted(
    (a, b) => Number(b.person.active) - Number(a.person.active),
  )) {
    let own = used.has(name) ? name.replace("）", "，原）") : name;
    for (let n = 2; used.has(own); n++) own = name.replace("）", `${n}）`);
    used.add(own);
    if (own !== person.name) changed.push({ id: person.id, name: own });
  }
  // One may get the name that another is about to give up.
  for (const { id } of changed) await store.people.rename(id, `${bare}#${id}`);
  for (const { id, name } of changed) await store.people.rename(id, name);
}
