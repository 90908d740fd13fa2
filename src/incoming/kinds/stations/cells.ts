import type { Cell } from "../../../chat/import.ts";
import type { PersonId } from "../../../domain/ids.ts";
import { quoted } from "../../../intake/refusal.ts";

/** As networks number their stations: 1001A, 320600051. */
export const code: Cell<string> = () => (text) => {
  const found = text.normalize("NFKC").trim();
  return /^[A-Za-z0-9_-]{1,20}$/.test(found)
    ? { value: found.toUpperCase() }
    : { reason: "编码应由字母和数字组成，例如 1001A" };
};

export const national: Cell<boolean> = () => (text) => {
  const word = text.normalize("NFKC").trim();
  if (/^(是|国控|国控站点?|√|1|y|yes)$/i.test(word)) return { value: true };
  if (/^(否|省控|市控|县控|省控站点?|×|0|n|no)$/i.test(word)) return { value: false };
  return { reason: "请填“是”（国控）或“否”" };
};

/** The chiefs of a station, by their names: 张三、李四. */
export const chiefs: Cell<readonly PersonId[]> = async ({ store, names }) => {
  const known = new Map(
    (await store.people.withRoles(["station-chief"]))
      .filter(({ behalf }) => behalf === undefined)
      .map(({ id, name }) => [name, id]),
  );
  return (text) => {
    const ids: PersonId[] = [];
    for (const name of text.split(/[、，,；;\s]+/).filter(Boolean)) {
      const id = known.get(name);
      if (id === undefined) {
        const [near] = names.nearest(name, known.keys());
        const mend = near === undefined ? "请先邀请（角色选点位长）" : `您要找的是“${near}”吗？`;
        return { reason: `没有名为“${quoted(name)}”的点位长，${mend}` };
      }
      if (!ids.includes(id)) ids.push(id);
    }
    return { value: ids };
  };
};
