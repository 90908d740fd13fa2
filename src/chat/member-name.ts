import type { Role } from "../domain/roles.ts";
import { roleNames } from "./access.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** Signs that readers take for one another in any font: each stands for the one behind it. */
const ALIKE: Readonly<Record<string, string>> = {
  巿: "市",
  曰: "日",
  末: "未",
  士: "土",
  已: "己",
  巳: "己",
  "0": "o",
  "1": "l",
  i: "l",
};

/**
 * What readers take a name for. Two names of one likeness can't be told apart, so no two members may bear them: width,
 * case, accents, blanks, punctuation and invisible signs don't count.
 */
export function likenessOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{Unified_Ideograph}a-z0-9]/gu, "");
  return [...plain].map((sign) => ALIKE[sign] ?? sign).join("");
}

/** Why somebody can't be called so, or null: signs that look like others, a mere number, the title of another role. */
export function nameFault(name: string, role: Role): Refusal | null {
  if (!/^[\p{Unified_Ideograph}A-Za-z0-9·-]+$/u.test(name) || !/[\p{Unified_Ideograph}A-Za-z]/u.test(name))
    return refuse("usage", "姓名只能用汉字、字母、数字和“·”，中间不空格，也不能全是数字。请改写后重发。");
  const title = Object.entries(roleNames).find(
    ([other, words]) => other !== role && likenessOf(name).includes(likenessOf(words)),
  );
  if (title === undefined) return null;
  return refuse("conflict", `“${title[1]}”是角色名称，叫这个名字会被当作${title[1]}，请换一个名字。`);
}
